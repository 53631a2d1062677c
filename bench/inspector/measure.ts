import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cpuMicrosOfDescendants } from '../measure/processes.ts'
import { processorShareSince, processorTimes } from '../measure/processors.ts'
import type { Chromium, ChromiumPage } from './chromium.ts'
import type { LoadRequest, Stage } from './stage.ts'

/** Before anything is measured: the load begins, and the page settles. */
const WARM_UP_MS = 1_000

/** What the probe says of a span of time. Gaps between frames in ms, by frame and weighted by time. */
export interface Figures {
  readonly seconds: number
  readonly frames: number
  readonly p95GapMs: number
  readonly p95GapByTimeMs: number
  readonly maxGapMs: number
  readonly inputP95Ms: number
  readonly inputMaxMs: number
  readonly longTasks: number
  readonly longestTaskMs: number
  /** Age of the newest message on screen. */
  readonly ageP95Ms: number
  /** How often a message was found on screen, so that there was an age. */
  readonly ages: number
}

/** What the page says that it has. */
export interface Counters {
  readonly received: number
  readonly kept: number
  readonly agedOut: number
}

export interface Result extends Figures {
  readonly sent: number
  readonly received: number
  readonly kept: number
  /** Of all renderers: heap, workers and buffers. Not a number where the system does not tell. */
  readonly rendererMb: number
  /** How much of all processors was in use meanwhile, from 0 to 1. */
  readonly machineShare: number
  /** That of it which was neither broker, load, console nor browser: with much of it, the figures are those of a busy machine. */
  readonly othersShare: number
}

/** A page to be measured. */
export interface Subject {
  /** Opens the page and makes it ready to receive. */
  open(page: ChromiumPage): Promise<void>
  /** What was received and can be opened; the console's and the control page's own counters if left out. */
  counters?(page: ChromiumPage): Promise<Pick<Counters, 'received' | 'kept'>>
  /** Where the probe finds the messages on screen; the console's and the control page's if left out. */
  readonly selectors?: {
    readonly rows?: string
    readonly counters?: string
    /** Not every message comes on screen, only those of the topics there: an age is that of one when it is first seen. */
    readonly isOfFewTopics?: boolean
  }
  /** After the measurement: leaves nothing to the next page. */
  finish?(page: ChromiumPage): Promise<void>
  /** How long what is under way has to arrive. */
  readonly settleMs?: number
}

const probe = readFileSync(fileURLToPath(new URL('./probe.js', import.meta.url)), 'utf8')

/** Puts the probe into an open page. */
async function attachProbe(page: ChromiumPage, selectors?: Subject['selectors']): Promise<void> {
  await page.evaluate(`globalThis.benchSelectors = ${JSON.stringify(selectors ?? {})};\n${probe}`)
}

/** The figures between two moments, in ms since the probe was started. */
export const figuresOf = (page: ChromiumPage, fromMs: number, toMs: number) =>
  page.evaluate<Figures>(`bench.figures(${fromMs}, ${toMs})`)

export const countersOf = (page: ChromiumPage) => page.evaluate<Counters>('bench.counters()')

export const rendererMb = async (browser: Chromium) => ((await browser.rendererBytes()) ?? Number.NaN) / 1e6

export const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Moves the mouse and presses a key ten times a second, as an operator who reads the stream. */
async function useIt(page: ChromiumPage, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 300 + (n % 50) * 10, y: 500 + (n % 7) * 20 })
    await page.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Shift', code: 'ShiftLeft' })
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Shift', code: 'ShiftLeft' })
    await delay(100)
  }
}

export interface PageUnderLoad {
  readonly page: ChromiumPage
  /** Waits for the end of the load, and stops the probe; returns how many messages were sent. */
  end(): Promise<number>
  /** How busy the machine has been since the probe was started. */
  processors(): Pick<Result, 'machineShare' | 'othersShare'>
}

/** Opens a page with the load on it and somebody who uses it; the probe runs from the end of the warm-up. */
export async function openUnderLoad(stage: Stage, subject: Subject, request: LoadRequest): Promise<PageUnderLoad> {
  const page = await stage.browser.page()
  await subject.open(page)
  await delay(500)
  await attachProbe(page, subject.selectors)
  const sending = stage.publish({ ...request, seconds: request.seconds + WARM_UP_MS / 1_000 })
  await delay(WARM_UP_MS)
  await page.evaluate('bench.start()')
  const before = { times: processorTimes(), ownMicros: cpuMicrosOfDescendants() }
  let isOver = false
  const using = useIt(page, () => isOver)
  return {
    page,
    async end() {
      const sent = await sending
      isOver = true
      await using
      await page.evaluate('bench.stop()')
      return sent
    },
    processors() {
      const machineShare = processorShareSince(before.times)
      const allMs = processorTimes().allMs - before.times.allMs
      const ownShare = (cpuMicrosOfDescendants() - before.ownMicros) / 1_000 / allMs
      return { machineShare, othersShare: Math.max(0, machineShare - ownShare) }
    },
  }
}

/** One page under one load for `seconds`, after the warm-up. */
export async function measure(stage: Stage, subject: Subject, request: LoadRequest): Promise<Result> {
  const { page, end, processors } = await openUnderLoad(stage, subject, request)
  const sent = await end()
  const shares = processors()
  const figures = await page.evaluate<Figures>('bench.figures()')
  const { received, kept } = await settled(page, subject, sent)
  const mb = await rendererMb(stage.browser)
  await subject.finish?.(page)
  await page.close()
  return { ...figures, ...shares, sent, received, kept, rendererMb: mb }
}

/** The counters once all has arrived, or once the time for that is over. */
async function settled(
  page: ChromiumPage,
  subject: Subject,
  sent: number,
): Promise<Pick<Counters, 'received' | 'kept'>> {
  const giveUpAtMs = Date.now() + (subject.settleMs ?? 5_000)
  for (;;) {
    const counters = await (subject.counters?.(page) ?? countersOf(page))
    if (counters.received >= sent || Date.now() > giveUpAtMs) return counters
    await delay(100)
  }
}
