import { randomUUID } from 'node:crypto'
import type { Clock } from '../../foundation/clock.ts'
import type { Metrics } from '../../foundation/metrics.ts'
import type { FunctionLog } from './function-log.ts'
import type { FunctionProcess, Initialization, Outcome } from './function-process.ts'
import { type FunctionVersion, LATEST } from './function-version.ts'
import type { ProcessPool } from './process-pool.ts'
import type { Runtimes } from './runtimes.ts'

export interface Invocation {
  readonly payload: Uint8Array
  /** As the caller named it. */
  readonly functionArn: string
  readonly clientContext?: string | undefined
  /** Of an event the same in each of its tries. */
  readonly requestId?: string
  /** Called as the handler begins. */
  readonly whenBegun?: (() => void) | undefined
}

/** How an invocation ended. */
export type Execution =
  | {
      readonly kind: 'done'
      readonly payload: Buffer
      /** Present where the function failed. */
      readonly functionError: string | undefined
      readonly logTail: Buffer
    }
  /** The payload was no JSON. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** As many wait as may. */
  | { readonly kind: 'throttled' }

/** "The Init phase is limited to 10 seconds." @see AWS Lambda developer guide, "Lambda execution environment" */
const INIT_TIMEOUT_MS = 10_000
/** A file that changes all the time is at last run as it is. */
const MAX_STARTS = 5

/** Runs a function once, and writes down what became of it as Lambda does. */
export class Runner {
  readonly #pool: ProcessPool<FunctionProcess>
  readonly #metrics: Metrics
  readonly #clock: Clock
  readonly #runtimes: Runtimes

  constructor(pool: ProcessPool<FunctionProcess>, runtimes: Runtimes, metrics: Metrics, clock: Clock) {
    this.#runtimes = runtimes
    this.#pool = pool
    this.#metrics = metrics
    this.#clock = clock
  }

  async run(version: FunctionVersion, invocation: Invocation): Promise<Execution> {
    await this.#runtimes.whyNot(version.runtime) // a machine that has lost it: the process says so
    for (let start = 1; ; start += 1) {
      const lease = await this.#pool.take(version)
      if (!lease) {
        this.#count(version, 'Throttles', 1)
        return { kind: 'throttled' }
      }
      const { process, isNew } = lease
      let isUsable = false
      try {
        const execution = await this.#runIn(process, isNew, version, invocation)
        isUsable = !process.hasEnded
        if (execution.kind !== 'stale') return execution
        isUsable = false
        if (start === MAX_STARTS) return { kind: 'throttled' }
      } finally {
        lease.giveBack(isUsable)
      }
    }
  }

  async #runIn(
    process: FunctionProcess,
    isNew: boolean,
    version: FunctionVersion,
    { payload, functionArn, clientContext, requestId = randomUUID(), whenBegun }: Invocation,
  ): Promise<Execution | { readonly kind: 'stale' }> {
    const { log } = process
    log.beginTail()
    const initStart = performance.now()
    const initialization = await within(process.initialized, INIT_TIMEOUT_MS)
    const initMs = isNew ? performance.now() - initStart : undefined
    const begin = performance.now()
    const timeoutMs = version.timeoutSeconds * 1_000
    let isBegun = false
    const writeStart = () => {
      if (isBegun) return
      isBegun = true
      log.write(`START RequestId: ${requestId} Version: ${version.version}`)
    }
    process.whenBegun = () => {
      writeStart()
      whenBegun?.()
    }
    const outcome =
      initialization?.kind === 'ready'
        ? await within(
            process.invoke({ requestId, functionArn, clientContext, deadlineMs: Date.now() + timeoutMs }, payload),
            timeoutMs,
          )
        : initialization
    const durationMs = performance.now() - begin
    process.whenBegun = undefined
    if (outcome?.kind === 'stale') return outcome
    if (outcome?.kind === 'unreadable') {
      log.endTail()
      return outcome
    }
    writeStart()
    const { body, error } = this.#answerOf(outcome, version, requestId, log)
    if (outcome === undefined) process.kill()
    const memoryMb = outcome && 'memoryMb' in outcome ? outcome.memoryMb : undefined
    log.write(`END RequestId: ${requestId}`)
    log.write(reportOf(requestId, version, { durationMs, initMs, memoryMb, status: statusOf(outcome) }))
    this.#count(version, 'Invocations', 1)
    this.#count(version, 'Errors', error === undefined ? 0 : 1)
    this.#count(version, 'Duration', durationMs, 'Milliseconds')
    return { kind: 'done', payload: body, functionError: error, logTail: log.endTail() }
  }

  /** @param outcome undefined where its time was over */
  #answerOf(
    outcome: Exclude<Outcome | Initialization, { kind: 'stale' | 'unreadable' }> | undefined,
    { timeoutSeconds }: FunctionVersion,
    requestId: string,
    log: FunctionLog,
  ): { readonly body: Buffer; readonly error: string | undefined } {
    const failed = (errorType: string, words: string) => {
      const errorMessage = `RequestId: ${requestId} Error: ${words}`
      return { body: Buffer.from(JSON.stringify({ errorType, errorMessage })), error: 'Unhandled' }
    }
    if (!outcome) {
      const words = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`
      log.write(`${new Date(this.#clock()).toISOString()} ${requestId} ${words}`)
      return failed('Sandbox.Timedout', words)
    }
    if (outcome.kind === 'result') return { body: outcome.payload, error: undefined }
    if (outcome.kind === 'error' || outcome.kind === 'unusable') return { body: outcome.payload, error: 'Unhandled' }
    const how = outcome.kind === 'ended' ? outcome.how : 'no end'
    log.write(`RequestId: ${requestId} Error: Runtime exited with error: ${how}\nRuntime.ExitError`)
    return failed('Runtime.ExitError', `Runtime exited with error: ${how}`)
  }

  #count({ name, version }: FunctionVersion, metric: string, value: number, unit: 'Count' | 'Milliseconds' = 'Count') {
    const dimensions = { FunctionName: name, ...(version !== LATEST && { Resource: `${name}:${version}` }) }
    this.#metrics.record({ namespace: 'AWS/Lambda', name: metric, dimensions, unit }, value)
  }
}

const statusOf = (outcome: Outcome | Initialization | undefined): string | undefined => {
  if (!outcome) return 'timeout'
  return outcome.kind === 'ended' || outcome.kind === 'unusable' ? 'error' : undefined
}

interface Report {
  readonly durationMs: number
  readonly initMs: number | undefined
  readonly memoryMb: number | undefined
  readonly status: string | undefined
}

/** As Lambda writes it, with tabs. @see AWS Lambda developer guide, "Lambda log formats" */
function reportOf(requestId: string, { memoryMb: size }: FunctionVersion, report: Report): string {
  const { durationMs, initMs, memoryMb, status } = report
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${size} MB`,
    ...(memoryMb === undefined ? [] : [`Max Memory Used: ${memoryMb} MB`]),
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
  ]
  return `${parts.join('\t')}\t`
}

/** Undefined where it takes longer. */
async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), milliseconds)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
