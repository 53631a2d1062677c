import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

interface Reply {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/**
 * Chromium by its own protocol, of which the Network domain stays off: with it on, as test runners have it, every
 * WebSocket frame is copied to the client, workers' frames too, and more than halves what a page can take.
 */
export class Chromium {
  readonly #process: ChildProcess
  readonly #profile: string
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  #lastId = 0

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      const { id, result, error }: Reply = JSON.parse(String(data))
      const waiting = this.#waiting.get(id ?? -1)
      this.#waiting.delete(id ?? -1)
      if (error) waiting?.reject(new Error(error.message))
      else waiting?.resolve(result as never) // whoever sent the method has said what it answers
    }
  }

  static async launch(program: string): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'thingdeck-bench-'))
    const child = spawn(
      program,
      [
        ...['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=1600,1000'],
        ...['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
        ...['--disable-sync', '--disable-extensions', '--disable-quic'],
        // A root user, as in most containers, has no sandbox to give to Chromium.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}`)))
      child.once('error', reject)
      createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
        const found = /DevTools listening on (\S+)/.exec(line)?.[1]
        if (found) resolve(found)
      })
    })
    const socket = new WebSocket(url)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = reject
    })
    return new Chromium(child, profile, socket)
  }

  send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    this.#lastId += 1
    const id = this.#lastId
    const answer = new Promise<never>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
    return answer
  }

  async page(): Promise<ChromiumPage> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    return new ChromiumPage(this, sessionId, targetId)
  }

  /** Proportional set size of all renderers, in bytes: heaps, workers and buffers. Linux only; else undefined. */
  async rendererBytes(): Promise<number | undefined> {
    const { processInfo } = await this.send<{ processInfo: readonly { type: string; id: number }[] }>(
      'SystemInfo.getProcessInfo',
    )
    try {
      return processInfo
        .filter(({ type }) => type === 'renderer')
        .map(({ id }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]) * 1_024)
        .reduce((sum, bytes) => sum + bytes, 0)
    } catch {
      return undefined
    }
  }

  async close(): Promise<void> {
    await this.#end(() => void this.send('Browser.close').catch(() => {}))
  }

  /** Without asking it: for when it does not answer. */
  async kill(): Promise<void> {
    await this.#end(() => this.#process.kill('SIGKILL'))
  }

  async #end(how: () => void): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    how()
    await ended
    this.#socket.close()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

export class ChromiumPage {
  readonly #browser: Chromium
  readonly #sessionId: string
  readonly #targetId: string

  constructor(browser: Chromium, sessionId: string, targetId: string) {
    this.#browser = browser
    this.#sessionId = sessionId
    this.#targetId = targetId
  }

  send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#browser.send(method, params, this.#sessionId)
  }

  async goTo(url: string): Promise<void> {
    await this.send('Page.navigate', { url })
  }

  async evaluate<Value>(expression: string): Promise<Value> {
    const options = { expression, returnByValue: true, awaitPromise: true, userGesture: true }
    const { result, exceptionDetails } = await this.send<{
      result: { value: Value }
      exceptionDetails?: { text: string; exception?: { description?: string } }
    }>('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** Asks until the expression is true; pages that are being left answer nothing. */
  async until(expression: string, timeoutMs = 20_000): Promise<void> {
    const giveUpAtMs = Date.now() + timeoutMs
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`).catch(() => false))) {
      if (Date.now() > giveUpAtMs) {
        const text = await this.evaluate<string>('document.body?.innerText.slice(0, 500)').catch(() => '')
        throw new Error(`Waited in vain for ${expression}. The page says:\n${text}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId })
  }
}
