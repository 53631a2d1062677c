/**
 * The SQL of rules: five queries beside `JSON.parse` of the same payload, and beside jsonata doing the same.
 *
 * All begin with the text of the payload, and end with the value of the result; that the results are equal is checked.
 * The three take turns, many times, in a process that is warm; what is printed is the median of their rounds.
 * `npm run bench rules-sql -- --rounds 41 --milliseconds 20`
 */
import { isDeepStrictEqual, parseArgs } from 'node:util'
import jsonata from 'jsonata'
import { compileRule, RuleInput } from '../packages/rules-sql/src/index.ts'
import { QUERIES, type QueryCase } from './rules-sql/queries.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '41' },
    milliseconds: { type: 'string', default: '20' },
  },
})
const ROUNDS = Number(values.rounds)
const ROUND_MS = Number(values.milliseconds)
const MAX_OF_PARSE = 2
const MIN_OF_JSONATA = 10

const environment = {
  accountId: '123456789012',
  random: () => Math.random(),
  randomUuid: () => crypto.randomUUID(),
  services: {},
}

/** What is computed goes here, so that it is not computed for nothing. */
const sink: { last: unknown } = { last: undefined }

let missed = 0
for (const query of QUERIES) await measure(query)
console.log(missed === 0 ? 'Every query is as fast as wanted' : `${missed} of ${QUERIES.length} queries are slower than wanted`)

async function measure({ name, sql, jsonata: other, payload }: QueryCase): Promise<void> {
  const message = { topic: 'plant/north/pump-7', payload: new TextEncoder().encode(payload), timestampMs: Date.now() }
  const rule = compileRule(sql, { sqlVersion: '2016-03-23' })
  const expression = jsonata(other)
  const ours = () => {
    const outcome = rule.run(new RuleInput(message, payload), environment)
    return outcome.kind === 'result' ? outcome.result : outcome.kind
  }
  const theirs = () => expression.evaluate(JSON.parse(payload))
  const [result, expected] = [ours(), JSON.parse(JSON.stringify(await theirs()))]
  if (!isDeepStrictEqual(result, expected)) {
    throw new Error(`${name}: ${JSON.stringify(result)} is not ${JSON.stringify(expected)}`)
  }
  const times = { parse: [] as number[], ours: [] as number[], jsonata: [] as number[] }
  for (let round = 0; round < ROUNDS + 5; round += 1) {
    const parse = perCall(() => JSON.parse(payload))
    const own = perCall(ours)
    const peer = await perAsyncCall(theirs)
    if (round < 5) continue // they are still being compiled
    times.parse.push(parse)
    times.ours.push(own)
    times.jsonata.push(peer)
  }
  const [parse, own, peer] = [median(times.parse), median(times.ours), median(times.jsonata)]
  const isMet = own / parse <= MAX_OF_PARSE && peer / own >= MIN_OF_JSONATA
  if (!isMet) missed += 1
  console.log(
    `${name} (${payload.length} characters): ${own.toFixed(2)} µs, ${(own / parse).toFixed(2)} times JSON.parse ` +
      `(${parse.toFixed(2)} µs; at most ${MAX_OF_PARSE}), ${(peer / own).toFixed(1)} times as fast as jsonata ` +
      `(${peer.toFixed(2)} µs; at least ${MIN_OF_JSONATA})${isMet ? '' : ' — missed'}`,
  )
}

/** @returns microseconds */
function perCall(call: () => unknown): number {
  const began = performance.now()
  let calls = 0
  let elapsed = 0
  while (elapsed < ROUND_MS) {
    for (let index = 0; index < 50; index += 1) sink.last = call()
    calls += 50
    elapsed = performance.now() - began
  }
  return (elapsed * 1000) / calls
}

/** jsonata only evaluates asynchronously. */
async function perAsyncCall(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let calls = 0
  let elapsed = 0
  while (elapsed < ROUND_MS) {
    for (let index = 0; index < 5; index += 1) sink.last = await call()
    calls += 5
    elapsed = performance.now() - began
  }
  return (elapsed * 1000) / calls
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
