/**
 * What the live inspector's worker keeps and how fast it searches: 1,000,000 messages of 200 bytes.
 *
 * Prints memory and time of taking them in, of going on when the budget is full, and of each filter language over all
 * that is kept; then the same search as the usual way does it, decoding and lowering each payload, and the ratio.
 * `npm run bench inspector-engine -- --messages 1000000`
 */
import { parseArgs } from 'node:util'
import { LiveStream } from '../apps/web/src/features/live/worker/stream/stream.ts'
import { eventLoopTurns } from '../apps/web/src/features/live/worker/turns.ts'
import { SYSTEM_CLOCK } from '../apps/web/src/shared/mqtt/clock.ts'

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' } } })
const MESSAGES = Number(values.messages)
const PAYLOAD_BYTES = 200
const FILTERS = ['no such words', 'seq":12', '/flow":9\\d\\./', '$.flow > 99', 'topic:bench/+/pump-7/#', 'last:5m bar']
const encoder = new TextEncoder()

const payloads = Array.from({ length: 1_000 }, (_, n) => {
  const head = `{"flow":${n / 10},"pressure":1.9,"unit":"bar","seq":${n},"pad":"`
  return encoder.encode(`${head.padEnd(PAYLOAD_BYTES - 2, 'x')}"}`)
})
const topics = Array.from({ length: 100 }, (_, n) => `bench/hall-${n % 10}/pump-${n}/telemetry`)

const turns = eventLoopTurns()
const stream = new LiveStream(
  { maxBytes: 2 ** 40, maxRows: MESSAGES },
  { clock: SYSTEM_CLOCK, turns, stateOf: () => undefined },
)
stream.configure({ subscriptions: [{ filter: 'bench/#', qos: 0 }], filterText: '' })

function takeIn(): number {
  const beginMs = performance.now()
  for (let n = 0; n < MESSAGES; n++) {
    const payload = payloads[n % payloads.length]
    const topic = topics[n % topics.length]
    if (payload && topic !== undefined) {
      stream.push({ topic, payload, qos: 0, retain: false, dup: false, receivedAtMs: Date.now() })
    }
  }
  return performance.now() - beginMs
}

const megabytes = () => {
  globalThis.gc?.()
  const { rss, arrayBuffers } = process.memoryUsage()
  return `${(rss / 1e6).toFixed(0)} MB of the process, ${(arrayBuffers / 1e6).toFixed(0)} MB of them buffers`
}
const perMessage = (tookMs: number) => `${((tookMs * 1e3) / MESSAGES).toFixed(2)} µs each`

/** Until the search is over; answers how long it took and what it found. */
async function search(filterText: string): Promise<{ tookMs: number; shown: number }> {
  stream.configure({ ...stream.configuration(), filterText })
  let known: { knownRevision?: number } = {}
  for (;;) {
    const view = await stream.window({ stream: 'bench', from: 'end', count: 40, ...known })
    if (!view) throw new Error('The window was superseded')
    if (view.filter?.state !== 'searching') return { tookMs: view.filter?.elapsedMs ?? 0, shown: view.shown }
    known = { knownRevision: view.revision }
  }
}

console.log(`before                 ${megabytes()}`)
console.log(`taken in               ${perMessage(takeIn())}; ${megabytes()}`)
console.log(`as many more, full     ${perMessage(takeIn())}; ${megabytes()}`)
for (const filter of FILTERS) {
  const { tookMs, shown } = await search(filter)
  console.log(`${filter.padEnd(22)} ${tookMs.toFixed(0).padStart(6)} ms, ${shown} of ${MESSAGES} shown`)
}

const decoder = new TextDecoder()
const beginMs = performance.now()
let found = 0
for (let sequence = stream.ring.first; sequence < stream.ring.next; sequence++) {
  const row = stream.ring.get(sequence)
  if (row?.kind !== 'message') continue
  const text = decoder.decode(row.payload).toLowerCase()
  if (row.topic.toLowerCase().includes('seq":12') || text.includes('seq":12')) found += 1
}
const usualMs = performance.now() - beginMs
const { tookMs, shown } = await search('seq":12')
if (shown !== found) throw new Error(`The two ways disagree: ${shown} and ${found}`)
console.log(`\ndecoding each payload  ${usualMs.toFixed(0).padStart(6)} ms; ratio ${(tookMs / usualMs).toFixed(2)}`)
process.exit(0)
