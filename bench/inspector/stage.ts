import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { presignMqttUrl } from '../../packages/sigv4/src/index.ts'
import { startConsole } from '../../scripts/run/console.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../scripts/run/embedded-server.ts'
import { forkProgram } from '../../scripts/run/fork-program.ts'
import { freePort } from '../../scripts/run/free-port.ts'
import { Chromium } from './chromium.ts'

/** The broker passes on as much as comes: it is the page that is measured. */
const LIMITS = [
  ...['inboundPublishesPerSecond', 'outboundPublishesPerSecond', 'inboundBytesPerSecond'].map((name) => `${name}=off`),
  ...['outboundBufferBytes', 'queuedMessages', 'queuedBytes'].map((name) => `${name}=off`),
  'pendingMessages=100000',
]

/** What the load was asked for: messages a second, over so many topics, for so long. */
export interface LoadRequest {
  readonly rate: number
  readonly topics: number
  readonly seconds: number
}

interface StageOptions {
  /** Path of the browser. */
  readonly chromium: string
  /** Folder of the built console. Left out: no console is started. */
  readonly webRoot?: string
  /** Of other pages that are measured: the server refuses pages that it was not told of. */
  readonly origins?: readonly string[]
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What stands on the machine while something is measured: broker, load, browser, control page and console. */
export class Stage {
  readonly consoleUrl: string
  #browser: Chromium
  readonly #chromium: string
  readonly #server: EmbeddedServer
  readonly #controlUrl: string
  readonly #load: ChildProcess
  readonly #started: AsyncDisposableStack

  private constructor(
    urls: { readonly console: string; readonly control: string },
    parts: {
      readonly chromium: string
      readonly browser: Chromium
      readonly server: EmbeddedServer
      readonly load: ChildProcess
      readonly started: AsyncDisposableStack
    },
  ) {
    this.consoleUrl = urls.console
    this.#controlUrl = urls.control
    this.#chromium = parts.chromium
    this.#browser = parts.browser
    this.#server = parts.server
    this.#load = parts.load
    this.#started = parts.started
  }

  /** @throws {Error} when one of the processes does not start; those that did are stopped */
  static async open({ chromium, webRoot, origins = [] }: StageOptions): Promise<Stage> {
    await using started = new AsyncDisposableStack()
    const url = `http://localhost:${await freePort()}`
    const control = await serveControl()
    const args = [control, ...origins].flatMap((origin) => ['--allow-origin', origin])
    const server = started.use(await startEmbeddedServer({ consoleUrl: url, limits: LIMITS, args }))
    if (webRoot !== undefined) {
      const environment = {
        THINGDECK_ENVIRONMENT: 'bench',
        THINGDECK_ENVIRONMENT_KIND: 'embedded',
        WEB_ROOT: resolve(webRoot),
      }
      started.use(await startConsole({ server, url, environment }))
    }
    const load = forkProgram(new URL('load.ts', import.meta.url), [await presigned(server)], { isQuiet: true })
    started.defer(() => void (load.connected && load.disconnect()))
    await message(load)
    const browser = await Chromium.launch(chromium)
    const console = webRoot === undefined ? '' : url
    return new Stage({ console, control }, { chromium, browser, server, load, started: started.move() })
  }

  get browser(): Chromium {
    return this.#browser
  }

  /** Another browser in the place of one in which a page does not answer any more. */
  async replaceBrowser(): Promise<void> {
    await this.#browser.kill()
    this.#browser = await Chromium.launch(this.#chromium)
  }

  /** A WebSocket URL of the broker that anything which speaks MQTT may connect to, for an hour. */
  brokerUrl(): Promise<string> {
    return presigned(this.#server)
  }

  async controlUrl(): Promise<string> {
    return `${this.#controlUrl}/?url=${encodeURIComponent(await this.brokerUrl())}`
  }

  /** Signs in to the console, for all pages to come. */
  async signIn(): Promise<void> {
    const page = await this.browser.page()
    await page.goTo(`${this.consoleUrl}/auth/login`)
    await page.until(`document.querySelector('button[name=person][value=ada]')`)
    await page.evaluate(`document.querySelector('button[name=person][value=ada]').click()`)
    await page.until(`location.origin === '${this.consoleUrl}' && document.querySelector('nav, header')`)
    await page.close()
  }

  /** Publishes; fulfilled with the number of messages once all are sent. */
  async publish(request: LoadRequest): Promise<number> {
    const sending = message<{ sent: number }>(this.#load)
    this.#load.send(request)
    return (await sending).sent
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#started.disposeAsync()
  }
}

async function message<Message>(child: ChildProcess): Promise<Message> {
  const waiting = new AbortController()
  try {
    const [first] = await Promise.race([
      once(child, 'message', waiting),
      once(child, 'exit', waiting).then(([code]) => Promise.reject(new Error(`A helper ended with ${code}`))),
    ])
    return first
  } finally {
    waiting.abort()
  }
}

/** The control page has an origin of its own, without the console's security policy. */
async function serveControl(): Promise<string> {
  const files = new Map([
    ['/control.js', ['text/javascript', readFileSync(here('./control.js'))]],
    ['/', ['text/html', readFileSync(here('./control.html'))]],
  ] as const)
  const server = createServer((request, response) => {
    const file = files.get((request.url?.split('?', 1)[0] ?? '/') as '/')
    response.writeHead(file ? 200 : 404, { 'content-type': String(file?.[0] ?? 'text/plain') }).end(file?.[1])
  })
  server.listen(0, 'localhost').unref()
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

const presigned = (server: EmbeddedServer) =>
  presignMqttUrl({
    url: server.ws,
    region: server.region,
    credentials: server.sdk.credentials,
    expiresSeconds: 3_600, // a page that lost its connection may come back
  })
