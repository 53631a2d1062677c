/**
 * The live inspector in Chromium, at rates up to 20,000 messages a second, against a bare page on the same machine.
 *
 * Broker, load and browser share the machine. For each rate it measures the list and the tree of the inspector and a
 * control page that only parses the frames, keeps the payloads and redraws forty rows; the last lines are the ratios.
 *
 *     npm run bench inspector -- --rates 100,5000,20000 --views list --seconds 5
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { presignMqttUrl } from '../packages/sigv4/src/index.ts'
import { buildWebApp } from '../scripts/web-build.ts'
import { Chromium, type ChromiumPage } from './inspector/chromium.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '100,500,2000,5000,10000,20000,2000x50000' },
    views: { type: 'string', default: 'list,tree' },
    seconds: { type: 'string', default: '5' },
    /** A built console, if not the one of this folder. */
    'web-root': { type: 'string' },
    chromium: { type: 'string', default: process.env.THINGDECK_CHROMIUM ?? '/usr/bin/chromium' },
    json: { type: 'boolean', default: false },
  },
})
const SECONDS = Number(values.seconds)
const WARM_UP_MS = 1_000
const TOPICS = 100
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

interface ServerReady {
  readonly urls: { readonly http: string; readonly ws: string; readonly oidcIssuer: string }
  readonly identityPoolId: string
  readonly oidcClientId: string
}

interface Measures {
  readonly frames: number
  readonly p95GapMs: number
  readonly p95GapByTimeMs: number
  readonly maxGapMs: number
  readonly inputP95Ms: number
  readonly inputMaxMs: number
  readonly longTasks: number
  readonly longestTaskMs: number
  readonly ageP95Ms: number
  readonly ages: number
}

interface Result extends Measures {
  readonly sent: number
  readonly received: number
  readonly kept: number
  readonly rendererMb: number
}

const children: ChildProcess[] = []

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function message<Message>(child: ChildProcess): Promise<Message> {
  const [first] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`A helper ended with ${code}`))),
  ])
  return first
}

function forkHelper(file: string, args: readonly string[]): ChildProcess {
  const child = fork(here(file), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.push(child)
  return child
}

async function startConsole(server: ServerReady, port: number, webRoot: string): Promise<string> {
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [here('../apps/bff/src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: server.urls.http,
      AWS_REGION: 'us-east-1',
      AWS_ACCOUNT_ID: '123456789012',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PORT: String(port),
      PUBLIC_URL: url,
      OIDC_ISSUER: server.urls.oidcIssuer,
      OIDC_CLIENT_ID: server.oidcClientId,
      COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
      THINGDECK_ENVIRONMENT: 'bench',
      WEB_ROOT: webRoot,
      LOG_LEVEL: 'error',
    },
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) break
  return url
}

/** The control page has an origin of its own, without the console's security policy. */
async function serveControl(): Promise<string> {
  const files = new Map([
    ['/control.js', ['text/javascript', readFileSync(here('./inspector/control.js'))]],
    ['/', ['text/html', readFileSync(here('./inspector/control.html'))]],
  ] as const)
  const server = createServer((request, response) => {
    const file = files.get((request.url?.split('?', 1)[0] ?? '/') as '/')
    response.writeHead(file ? 200 : 404, { 'content-type': String(file?.[0] ?? 'text/plain') }).end(file?.[1])
  })
  server.listen(0, 'localhost').unref()
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

async function signIn(page: ChromiumPage, consoleUrl: string): Promise<void> {
  await page.goTo(`${consoleUrl}/auth/login`)
  await page.until(`document.querySelector('button[name=person][value=ada]')`)
  await page.evaluate(`document.querySelector('button[name=person][value=ada]').click()`)
  await page.until(`location.origin === '${consoleUrl}' && document.querySelector('nav, header')`)
}

const presigned = (server: ServerReady) =>
  presignMqttUrl({
    url: server.urls.ws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })

const probe = readFileSync(here('./inspector/probe.js'), 'utf8')

/** Moves the mouse and presses a key ten times a second, as an operator who reads the stream. */
async function useIt(page: ChromiumPage, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 300 + (n % 50) * 10, y: 500 + (n % 7) * 20 })
    await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Shift', code: 'ShiftLeft' })
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Shift', code: 'ShiftLeft' })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function measure(
  browser: Chromium,
  load: ChildProcess,
  url: string,
  { rate, topics, open }: { readonly rate: number; readonly topics: number; readonly open: string },
): Promise<Result> {
  const page = await browser.page()
  await page.goTo(url)
  await page.until(open)
  await new Promise((resolve) => setTimeout(resolve, 500))
  await page.evaluate(probe)
  const sending = message<{ sent: number }>(load)
  load.send({ rate, topics, seconds: SECONDS + WARM_UP_MS / 1_000 })
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
  await page.evaluate('bench.start()')
  let isOver = false
  const using = useIt(page, () => isOver)
  const { sent } = await sending
  isOver = true
  await using
  const measures = await page.evaluate<Measures>('bench.stop()')
  // What is still under way has five seconds to arrive.
  await page.until(`bench.counters().received >= ${sent}`, 5_000).catch(() => {})
  const { received, kept } = await page.evaluate<{ received: number; kept: number }>('bench.counters()')
  const rendererMb = ((await browser.rendererBytes()) ?? Number.NaN) / 1e6
  await page.close()
  return { ...measures, sent, received, kept, rendererMb }
}

const HEADINGS = 'sent received  kept | frames/s gap95 by time  max | input95  max | long  max | age95 | MB'

function row(name: string, result: Result): string {
  const ms = (value: number) => value.toFixed(0).padStart(5)
  return [
    name.padEnd(26),
    `${String(result.sent).padStart(7)} ${String(result.received).padStart(7)} ${String(result.kept).padStart(7)} |`,
    `${(result.frames / SECONDS).toFixed(0).padStart(6)} ${ms(result.p95GapMs)} ${ms(result.p95GapByTimeMs)} ${ms(result.maxGapMs)} |`,
    `${ms(result.inputP95Ms)} ${ms(result.inputMaxMs)} | ${String(result.longTasks).padStart(4)} ${ms(result.longestTaskMs)} |`,
    `${ms(result.ageP95Ms)} | ${result.rendererMb.toFixed(0).padStart(4)}`,
  ].join(' ')
}

function ratios(name: string, result: Result, control: Result): string {
  const times = (value: number, floor: number) => (value / floor).toFixed(2).padStart(6)
  return [
    name.padEnd(26),
    `gap95 × ${times(result.p95GapMs, control.p95GapMs)}`,
    `by time × ${times(result.p95GapByTimeMs, control.p95GapByTimeMs)}`,
    `memory × ${times(result.rendererMb, control.rendererMb)}`,
    `accounted ${((100 * result.received) / result.sent).toFixed(2)} %`,
  ].join('   ')
}

if (!existsSync(values.chromium)) {
  console.error(`There is no Chromium at ${values.chromium}: name it by --chromium or THINGDECK_CHROMIUM.`)
  process.exit(1)
}
const webRoot = values['web-root'] ?? (await buildWebApp())
const consolePort = await freePort()
const serverProcess = forkHelper('./inspector/server.ts', [`http://localhost:${consolePort}`])
let browser: Chromium | undefined
try {
  const server = await message<ServerReady>(serverProcess)
  const consoleUrl = await startConsole(server, consolePort, webRoot)
  const controlUrl = await serveControl()
  const load = forkHelper('./inspector/load.ts', [await presigned(server)])
  await message(load)
  browser = await Chromium.launch(values.chromium)
  const first = await browser.page()
  await signIn(first, consoleUrl)
  await first.close()

  const lines: string[] = []
  console.log(`${''.padEnd(26)} ${HEADINGS}`)
  for (const each of values.rates.split(',')) {
    const [rate = 0, topics = TOPICS] = each.split('x').map(Number)
    const control = await measure(browser, load, `${controlUrl}/?url=${encodeURIComponent(await presigned(server))}`, {
      rate,
      topics,
      open: 'typeof socket !== "undefined" && socket.readyState === 1',
    })
    const label = `${rate}/s, ${topics} topics`
    console.log(row(`control ${label}`, control))
    for (const view of values.views.split(',')) {
      const search = new URLSearchParams({ view })
      for (const level of ['bench', 'bench/hall-0', 'bench/hall-1', 'bench/hall-0/pump-0']) search.append('open', level)
      const url = `${consoleUrl}/live?s=0:bench/%23&${search}`
      const result = await measure(browser, load, url, {
        rate,
        topics,
        open: `[...document.querySelectorAll('.td-chip')].some((chip) => /[0-9]\\/s/.test(chip.textContent))`,
      })
      const name = `${view} ${label}`
      console.log(values.json ? JSON.stringify({ name, ...result }) : row(name, result))
      lines.push(ratios(name, result, control))
    }
  }
  console.log(`\nAgainst the control page:\n${lines.join('\n')}`)
} finally {
  await browser?.close()
  for (const child of children.toReversed()) {
    if (child.connected) child.disconnect()
    else child.kill('SIGTERM')
  }
}
