/**
 * The live inspector in Chromium, at rates up to 20,000 messages a second, against a bare page on the same machine.
 *
 * Broker, load and browser share the machine. For each rate it measures the list and the tree of the inspector and a
 * control page that only parses the frames, keeps the payloads and redraws forty rows; the last lines are the ratios.
 *
 *     npm run bench inspector -- --rates 100,5000,20000 --views list --seconds 5
 *
 * The view `recording` is the list while all of it is recorded. `2000x50000` is 2,000 messages a second over 50,000
 * topics. With `--sustained SECONDS` it stays on one page for so long, with a memory budget that fills meanwhile, and
 * sets the first fifteen seconds beside the last:
 *
 *     npm run bench inspector -- --sustained 600 --rates 1000 --views list
 */
import { parseArgs } from 'node:util'
import { ensureBrowser } from '../scripts/ensure-browser.ts'
import { buildWebApp } from '../scripts/web-build.ts'
import { measure, type Result } from './inspector/measure.ts'
import { HEADINGS, ratios, row } from './inspector/report.ts'
import { type LoadRequest, Stage } from './inspector/stage.ts'
import { control, inspector } from './inspector/subjects.ts'
import { EDGE_SECONDS, runSustained } from './inspector/sustained.ts'

const DEFAULT_TOPICS = 100
const { values } = parseArgs({
  options: {
    rates: { type: 'string' },
    views: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    /** For so many seconds on one page. */
    sustained: { type: 'string' },
    /** The memory budget of the sustained run: one that the console offers, and the run fills. */
    megabytes: { type: 'string', default: '64' },
    /** A built console, if not the one of this folder. */
    'web-root': { type: 'string' },
    /** Path of the browser, if another than the tests' own. */
    chromium: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

/** `2000x50000`: messages a second, and over how many topics. */
function requestsOf(rates: string, seconds: number): readonly LoadRequest[] {
  return rates.split(',').map((each) => {
    const [rate = 0, topics = DEFAULT_TOPICS] = each.split('x').map(Number)
    return { rate, topics, seconds }
  })
}

async function compare(stage: Stage, requests: readonly LoadRequest[], views: readonly string[]): Promise<void> {
  const lines: string[] = []
  console.log(HEADINGS)
  for (const request of requests) {
    const label = `${request.rate}/s, ${request.topics} topics`
    const floor = await measure(stage, control(stage), request)
    print(`control ${label}`, floor)
    for (const view of views) {
      const result = await measure(stage, inspector(stage, view), request)
      print(`${view} ${label}`, result)
      lines.push(ratios(`${view} ${label}`, result, floor))
    }
  }
  console.log(`\nAgainst the control page:\n${lines.join('\n')}`)
}

async function sustain(stage: Stage, requests: readonly LoadRequest[], views: readonly string[]): Promise<void> {
  for (const request of requests) {
    const floor = await measure(stage, control(stage), { ...request, seconds: EDGE_SECONDS })
    console.log(HEADINGS)
    print(`control ${request.rate}/s, ${EDGE_SECONDS} s`, floor)
    for (const view of views) await runSustained(stage, view, request, Number(values.megabytes))
  }
}

const print = (name: string, result: Result) =>
  console.log(values.json ? JSON.stringify({ name, ...result }) : row(name, result))

const webRoot = values['web-root'] ?? (await buildWebApp())
const stage = await Stage.open({ chromium: values.chromium ?? ensureBrowser(), webRoot })
try {
  await stage.signIn()
  if (values.sustained === undefined) {
    const rates = values.rates ?? '100,500,2000,5000,10000,20000,2000x50000'
    await compare(stage, requestsOf(rates, Number(values.seconds)), (values.views ?? 'list,tree,recording').split(','))
  } else {
    const requests = requestsOf(values.rates ?? '1000', Number(values.sustained))
    await sustain(stage, requests, (values.views ?? 'list').split(','))
  }
} finally {
  await stage.close()
}
