/**
 * The SQL of rules: five queries beside `JSON.parse` of the same payload, and beside jsonata doing the same.
 *
 * From the text of the payload to the value of the result against `JSON.parse`, which it includes; the query alone, on
 * a payload that is read already, against jsonata, which reads none. That the results are equal is checked. They take
 * turns, many times, in a process that is warm; times are those of its thread, ratios medians of those within a round.
 * `npm run bench rules-sql -- --rounds 15 --milliseconds 80`
 */
import { isDeepStrictEqual, parseArgs } from 'node:util'
import jsonata from 'jsonata'
import { compileRule, RuleInput } from '../packages/rules-sql/src/index.ts'
import { median } from './measure/statistics.ts'
import { QUERIES, type QueryCase } from './rules-sql/queries.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    milliseconds: { type: 'string', default: '80' },
  },
})
const ROUNDS = Number(values.rounds)
const ROUND_MS = Number(values.milliseconds)
const MAX_OF_PARSE = 2
const MIN_OF_JSONATA = 10
/** Rounds in which they are still being compiled. */
const WARM_UP = 2

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
console.log(
  missed === 0 ? 'Every query is as fast as wanted' : `${missed} of ${QUERIES.length} queries are slower than wanted`,
)

async function measure({ name, sql, jsonata: other, payload }: QueryCase): Promise<void> {
  const message = { topic: 'plant/north/pump-7', payload: new TextEncoder().encode(payload), timestampMs: Date.now() }
  const rule = compileRule(sql, { sqlVersion: '2016-03-23' })
  const expression = jsonata(other)
  const run = (input: RuleInput) => {
    const outcome = rule.run(input, environment)
    return outcome.kind === 'result' ? outcome.result : outcome.kind
  }
  const [readInput, readPayload] = [new RuleInput(message, payload), JSON.parse(payload)]
  const [result, expected] = [run(readInput), JSON.parse(JSON.stringify(await expression.evaluate(readPayload)))]
  if (!isDeepStrictEqual(result, expected)) {
    throw new Error(`${name}: ${JSON.stringify(result)} is not ${JSON.stringify(expected)}`)
  }
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    rounds.push({
      parse: perCall(() => JSON.parse(payload)),
      whole: perCall(() => run(new RuleInput(message, payload))),
      query: perCall(() => run(readInput)),
      jsonataWhole: await perAsyncCall(() => expression.evaluate(JSON.parse(payload))),
      jsonataQuery: await perAsyncCall(() => expression.evaluate(readPayload)),
    })
  }
  const medianOf = (of: (round: Round) => number) => median(rounds.slice(WARM_UP).map(of))
  const ofParse = medianOf(({ whole, parse }) => whole / parse)
  const ofJsonata = medianOf(({ query, jsonataQuery }) => jsonataQuery / query)
  const isMet = ofParse <= MAX_OF_PARSE && ofJsonata >= MIN_OF_JSONATA
  if (!isMet) missed += 1
  console.log(
    `${name} (${payload.length} characters)${isMet ? '' : ' — MISSED'}\n` +
      `  from the text to the result ${inMicroseconds(medianOf(({ whole }) => whole))}: ${ofParse.toFixed(2)} times JSON.parse ` +
      `(${inMicroseconds(medianOf(({ parse }) => parse))}; at most ${MAX_OF_PARSE}), ` +
      `${medianOf(({ whole, jsonataWhole }) => jsonataWhole / whole).toFixed(1)} times as fast as JSON.parse and jsonata\n` +
      `  the query alone ${inMicroseconds(medianOf(({ query }) => query))}: ${ofJsonata.toFixed(1)} times as fast as jsonata ` +
      `(${inMicroseconds(medianOf(({ jsonataQuery }) => jsonataQuery))}; at least ${MIN_OF_JSONATA})`,
  )
}

/** Microseconds of one call. They are compared within a round, so that what slows the machine slows them all. */
interface Round {
  readonly parse: number
  /** From the text to the result. */
  readonly whole: number
  /** Of a message that is read already, as for all rules but the first. */
  readonly query: number
  readonly jsonataWhole: number
  readonly jsonataQuery: number
}

function inMicroseconds(time: number): string {
  return `${time.toFixed(2)} µs`
}

/** Of this thread, so that what else the machine does counts for nothing. Systems count it in steps of milliseconds. */
function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

/** @returns microseconds */
function perCall(call: () => unknown): number {
  const began = cpuMicroseconds()
  let calls = 0
  let elapsed = 0
  while (elapsed < ROUND_MS * 1000) {
    for (let index = 0; index < 50; index += 1) sink.last = call()
    calls += 50
    elapsed = cpuMicroseconds() - began
  }
  return elapsed / calls
}

/** jsonata only evaluates asynchronously. */
async function perAsyncCall(call: () => Promise<unknown>): Promise<number> {
  const began = cpuMicroseconds()
  let calls = 0
  let elapsed = 0
  while (elapsed < ROUND_MS * 1000) {
    for (let index = 0; index < 5; index += 1) sink.last = await call()
    calls += 5
    elapsed = cpuMicroseconds() - began
  }
  return elapsed / calls
}
