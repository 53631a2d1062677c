/**
 * The shadow editor in a real browser: opening 8 KB with 400 keys, keystroke to paint, and 200 updates a second. Beside
 * it, in the same run, a bare textarea, which is the floor of browser and machine, and CodeMirror alone with the same
 * text, which is what the editor within the page is made of.
 *
 * Starts the product on ports of its own, or measures the one at `--url`, whose embedded server is at `--endpoint`.
 * `npm run bench shadow-editor -- --rounds 7 --seconds 5`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { type Browser, chromium, type Page } from '@playwright/test'
import { ShadowPage } from '../e2e/pages/shadow-page.ts'
import { ensureBrowser } from '../scripts/ensure-browser.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { startProduct } from '../scripts/run/product.ts'
import { processorShareSince, processorTimes } from './measure/processors.ts'
import { DeviceFlood } from './shadow-editor/device-flood.ts'
import { plainCodeMirrorPage } from './shadow-editor/plain-codemirror-page.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
    'updates-per-second': { type: 'string', default: '200' },
    url: { type: 'string' },
    endpoint: { type: 'string' },
  },
})
const KEYS = 400
const THING = 'bench-shadow-editor'
const SENTENCE = 'the quick brown fox jumps over the lazy dog again and again'
const SECONDS = Number(values.seconds)

const ports = { console: await freePort(), http: await freePort(), mqtt: await freePort(), https: await freePort() }
const folder = mkdtempSync(join(tmpdir(), 'thingdeck-bench-'))
const product = values.url === undefined ? await startProduct({ ports, data: folder, devices: 0 }) : undefined
const url = values.url ?? `http://localhost:${ports.console}`
const sdk = {
  endpoint: values.endpoint ?? `http://localhost:${ports.http}`,
  region: process.env.AWS_REGION ?? 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}
const data = new IoTDataPlaneClient({ ...sdk, maxAttempts: 1 })

try {
  await new IoTClient(sdk).send(new CreateThingCommand({ thingName: THING }))
  const sizeBytes = await fillShadow()
  const browser = await chromium.launch({
    executablePath: ensureBrowser({ needsWindows: true }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 1000 } })
  await context.addInitScript(watch)
  const page = await context.newPage()
  const shadow = new ShadowPage(page)
  await shadow.signIn('Ada', `/things/${THING}/shadow`)
  await shadow.editor.waitFor()

  console.log(`A shadow of ${KEYS} keys, ${sizeBytes} bytes`)
  const peers = await measurePeers(browser)
  await page.bringToFront()
  await measureOpening(page, shadow)
  await measureTyping(page, shadow, 'Keystroke to paint', peers)
  await measureFlood(page, shadow, peers)
  await browser.close()
} finally {
  await product?.stop()
  rmSync(folder, { recursive: true, force: true })
}

function section(from: number, to: number, pad: number): Record<string, string> {
  const key = (index: number) => `k${String(index).padStart(3, '0')}`
  return Object.fromEntries(
    Array.from({ length: to - from }, (_, index) => [key(from + index), String(index).padStart(pad, 'x')]),
  )
}

/** Half of the keys are desired as well as reported; together just under AWS's 8 KB. */
async function fillShadow(): Promise<number> {
  const state = { desired: section(0, KEYS, 4), reported: { ...section(0, 120, 4), ...section(120, 150, 5) } }
  await data.send(new UpdateThingShadowCommand({ thingName: THING, payload: encode({ state }) }))
  return JSON.stringify(state.desired).length + JSON.stringify(state.reported).length
}

function encode(document: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document))
}

/** Runs in the page before its own code: notes when rows are painted, and how long each key took until a paint. */
function watch(): void {
  const bench = { painted: 0, keys: [] as number[], longTasks: [] as number[], frames: 0 }
  Object.assign(globalThis, { bench })
  // The first task after the frame: what the page does next, with less haste, is not part of the painting.
  const afterPaint = (then: (atMs: number) => void) =>
    requestAnimationFrame(() => {
      void scheduler.postTask(() => then(performance.now()), { priority: 'user-blocking' })
    })
  const observer = new MutationObserver(() => {
    if (bench.painted > 0 || !document.querySelector('table.td-state tbody th')) return
    bench.painted = 1
    afterPaint((atMs) => {
      bench.painted = atMs
    })
  })
  observer.observe(document, { childList: true, subtree: true })
  addEventListener('keydown', ({ timeStamp }) => afterPaint((atMs) => bench.keys.push(atMs - timeStamp)), true)
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.longTasks.push(duration)
  }).observe({ type: 'longtask' })
  const frame = () => {
    bench.frames += 1
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** What the script above keeps in the page, as `globalThis.bench`; what is evaluated there finds it by this type. */
type Bench = { painted: number; keys: number[]; longTasks: number[]; frames: number }

async function take(page: Page): Promise<Bench> {
  return page.evaluate(() => {
    const { bench } = globalThis as unknown as { bench: Bench }
    const copy = structuredClone(bench)
    Object.assign(bench, { painted: 0, keys: [], longTasks: [], frames: 0 })
    return copy
  })
}

/** As an operator opens it: from the thing's list of shadows. */
async function measureOpening(page: Page, shadow: ShadowPage): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await page.getByRole('link', { name: THING, exact: true }).click()
    await page.getByRole('tab', { name: 'Shadows' }).click()
    await page.getByRole('link', { name: 'Classic shadow' }).waitFor()
    await take(page)
    const clickedMs = await page.evaluate(() => performance.now())
    await page.getByRole('link', { name: 'Classic shadow' }).click()
    await shadow.editor.waitFor()
    await page.waitForFunction(() => (globalThis as unknown as { bench: Bench }).bench.painted > 1)
    const { painted } = await take(page)
    const arrivedMs = await page.evaluate(
      ({ path, sinceMs }) =>
        performance
          .getEntriesByType('resource')
          .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
          .find(({ name, startTime }) => startTime >= sinceMs && new URL(name).pathname === path)?.responseEnd ??
        Number.NaN,
      { path: `/api/things/${THING}/shadow`, sinceMs: clickedMs },
    )
    times.push(painted - arrivedMs)
  }
  print('Opening, from the data to the first rows on screen', times, 100)
}

interface Peers {
  readonly textareaMs: number
  readonly codeMirrorMs: number
}

async function measurePeers(browser: Browser): Promise<Peers> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
  await context.addInitScript(watch)
  const page = await context.newPage()
  await page.goto('data:text/html,<title>peer</title><textarea></textarea>')
  await page.getByRole('textbox').click()
  const textareaMs = print('Keystroke to paint in a bare textarea', await keysOfSentence(page), 16)

  const text = JSON.stringify(section(0, KEYS, 4), null, 2)
  const [address, body] = ['http://plain-codemirror.test/', await plainCodeMirrorPage(text)]
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(address)
  await beginTyping(page, page.getByRole('textbox'))
  const codeMirrorMs = print(
    'Keystroke to paint in CodeMirror alone, with the same text',
    await keysOfSentence(page),
    16,
  )
  await context.close()
  return { textareaMs, codeMirrorMs }
}

/** Begins a key of its own at the top of the object. */
async function beginTyping(page: Page, editor: ShadowPage['editor']): Promise<void> {
  await editor.click()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('"typed": "')
}

async function keysOfSentence(page: Page): Promise<readonly number[]> {
  // What was typed before, without a pause, has to be on screen: its keys waited for each other.
  await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 200))))
  await take(page)
  await page.keyboard.type(SENTENCE, { delay: 60 })
  const { keys } = await take(page)
  return keys
}

async function measureTyping(page: Page, shadow: ShadowPage, title: string, peers: Peers): Promise<void> {
  await beginTyping(page, shadow.editor)
  const medianMs = print(title, await keysOfSentence(page), 16)
  const times = (peerMs: number) => (medianMs / peerMs).toFixed(2)
  console.log(`  ${times(peers.textareaMs)} times a bare textarea, ${times(peers.codeMirrorMs)} times CodeMirror alone`)
  await page.keyboard.type('",')
}

/** Devices that report as often as asked; what was applied is read from the version, whoever says what of sending. */
async function measureFlood(page: Page, shadow: ShadowPage, peers: Peers): Promise<void> {
  const perSecond = Number(values['updates-per-second'])
  const flood = await DeviceFlood.connect({ ...sdk, thingName: THING })
  await take(page)
  const before = { version: await versionOf(), seen: await seenVersions(page), times: processorTimes() }
  const typing = measureTyping(page, shadow, `Keystroke to paint at ${perSecond} updates a second`, peers)
  const { sent, refused, seconds, acknowledgedMs } = await flood.run({ perSecond, seconds: SECONDS })
  const applied = (await versionOf()) - before.version
  const busy = processorShareSince(before.times)
  await typing
  const { longTasks } = await take(page)
  const seen = (await seenVersions(page)) - before.seen
  await flood.close()
  const longest = Math.max(0, ...longTasks)
  console.log(
    `${(applied / seconds).toFixed(0)} updates a second were applied, of ${(sent / seconds).toFixed(0)} sent (${refused} refused); each was ` +
      `acknowledged within ${acknowledgedMs.toFixed(1)} ms (median), with the processors ${(busy * 100).toFixed(0)} % busy`,
  )
  console.log(`The page saw ${seen} versions; ${longTasks.length} long tasks, the longest ${longest.toFixed(0)} ms`)
}

async function versionOf(): Promise<number> {
  const { payload } = await data.send(new GetThingShadowCommand({ thingName: THING }))
  const { version } = JSON.parse(new TextDecoder().decode(payload)) as { version: number }
  return version
}

async function seenVersions(page: Page): Promise<number> {
  const text = await page.getByRole('button', { name: /History of this session/ }).textContent()
  return Number(/\((\d+)\)/.exec(text ?? '')?.[1])
}

/** @returns the median */
function print(title: string, times: readonly number[], limitMs: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const ratio = at(0.5) / limitMs
  console.log(
    `${title}: median ${at(0.5).toFixed(1)} ms, 95 % below ${at(0.95).toFixed(1)} ms ` +
      `(${ratio.toFixed(2)} of the ${limitMs} ms allowed, ${sorted.length} times)`,
  )
  return at(0.5)
}
