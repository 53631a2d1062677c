import type { ChromiumPage } from './chromium.ts'
import { type Counters, countersOf, delay, type Figures, figuresOf, openUnderLoad, rendererMb } from './measure.ts'
import { figureHeadings, figures, NAME_WIDTH, times } from './report.ts'
import type { LoadRequest, Stage } from './stage.ts'
import { inspector } from './subjects.ts'

/** How long the beginning and the end are that are compared. */
export const EDGE_SECONDS = 15
const MINUTE_SECONDS = 60
/** How often memory and counters are looked at. */
const LOOK_EVERY_MS = 1_000

interface Look {
  readonly atMs: number
  readonly kept: number
  /** Messages began to age out. */
  readonly isFull: boolean
  readonly mb: number
}

interface Span {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/**
 * One page for minutes: prints the first seconds, each minute, the last seconds, and when the memory budget was full.
 * `maxMegabytes` is the budget, one of the choices that the console itself offers.
 */
export async function runSustained(
  stage: Stage,
  view: string,
  request: LoadRequest,
  maxMegabytes: number,
): Promise<void> {
  const { page, end } = await openUnderLoad(stage, inspector(stage, view, maxMegabytes), request)
  const looking = new Looking(stage, page)

  console.log(`${''.padEnd(NAME_WIDTH)}  received     kept  aged out | ${figureHeadings()}`)
  const printed: Figures[] = []
  for (const { name, fromMs, toMs } of spansOf(`${view} ${request.rate}/s`, request.seconds)) {
    await looking.until(toMs)
    const of = await figuresOf(page, fromMs, toMs)
    console.log(line(name, await countersOf(page), figures(of, looking.meanMb(fromMs, toMs))))
    printed.push(of)
  }
  const sent = await end()
  await page.until(`bench.counters().received >= ${sent}`, 5_000).catch(() => {})
  const { received, kept, agedOut } = await countersOf(page)
  await page.close()
  console.log(`\nsent ${sent}, received ${received} = kept ${kept} + aged out ${agedOut}`)
  console.log(budgetWords(looking.looks, maxMegabytes))
  const [first, last] = [printed[0], printed.at(-1)]
  if (first && last) console.log(comparison(first, last))
}

/** Looks at counters and memory once a second, beside what the probe in the page collects. */
class Looking {
  readonly looks: Look[] = []
  readonly #stage: Stage
  readonly #page: ChromiumPage
  readonly #beginMs = performance.now()

  constructor(stage: Stage, page: ChromiumPage) {
    this.#stage = stage
    this.#page = page
  }

  async until(endMs: number): Promise<void> {
    for (;;) {
      const leftMs = endMs - this.#nowMs()
      if (leftMs <= 0) return
      await delay(Math.min(LOOK_EVERY_MS, leftMs))
      const { agedOut, kept } = await countersOf(this.#page)
      this.looks.push({ atMs: this.#nowMs(), isFull: agedOut > 0, kept, mb: await rendererMb(this.#stage.browser) })
    }
  }

  meanMb(fromMs: number, toMs: number): number {
    return mean(this.looks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs + LOOK_EVERY_MS).map(({ mb }) => mb))
  }

  #nowMs(): number {
    return performance.now() - this.#beginMs
  }
}

/** The first seconds, each minute that is whole, the last seconds. */
function spansOf(what: string, seconds: number): readonly Span[] {
  const edgeMs = Math.min(EDGE_SECONDS, seconds / 2) * 1_000
  const endMs = seconds * 1_000
  const minutes = Array.from({ length: Math.floor(seconds / MINUTE_SECONDS) }, (_, index) => ({
    name: `  minute ${index + 1}`,
    fromMs: index * MINUTE_SECONDS * 1_000,
    toMs: (index + 1) * MINUTE_SECONDS * 1_000,
  }))
  return [
    { name: `${what}, first ${edgeMs / 1_000} s`, fromMs: 0, toMs: edgeMs },
    ...minutes,
    { name: `${what}, last ${edgeMs / 1_000} s`, fromMs: endMs - edgeMs, toMs: endMs },
  ]
}

function line(name: string, { received, kept, agedOut }: Counters, ofSpan: string): string {
  const counts = [received, kept, agedOut].map((value) => String(value).padStart(8)).join(' ')
  return `${name.padEnd(NAME_WIDTH)}  ${counts}  | ${ofSpan}`
}

function budgetWords(looks: readonly Look[], maxMegabytes: number): string {
  const full = looks.find(({ isFull }) => isFull)
  if (!full) return `The budget of ${maxMegabytes} MB was not full.`
  const after = looks.slice(looks.indexOf(full)).map(({ mb }) => mb)
  const quarter = Math.ceil(after.length / 4)
  return [
    `The budget of ${maxMegabytes} MB was full after ${(full.atMs / 1_000).toFixed(0)} s, with ${full.kept} messages.`,
    `From then on the renderer took ${Math.min(...after).toFixed(0)} to ${Math.max(...after).toFixed(0)} MB: in the mean`,
    `${mean(after.slice(0, quarter)).toFixed(0)} MB in the first quarter of that time, ${mean(after.slice(-quarter)).toFixed(0)} MB in the last.`,
  ].join('\n')
}

function comparison(first: Figures, last: Figures): string {
  return [
    `The last to the first: gap95 ×${times(last.p95GapMs, first.p95GapMs)}`,
    `by time ×${times(last.p95GapByTimeMs, first.p95GapByTimeMs)}`,
    `input95 ×${times(last.inputP95Ms, first.inputP95Ms)}`,
    `age95 ×${times(last.ageP95Ms, first.ageP95Ms)}`,
  ].join('   ')
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
