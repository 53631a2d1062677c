import type { Area, Check } from './check.ts'
import type { Clients } from './clients.ts'
import { type Difference, findDifferences } from './compare.ts'
import { RunContext, type RunParts, RunRole } from './context.ts'
import type { Expectations } from './expectation.ts'
import { GuardError } from './guard.ts'
import { normalise, type Particulars } from './normalise.ts'
import type { Observed } from './observation.ts'
import type { Target } from './target.ts'
import type { Usage } from './usage.ts'

/** What is longer has lost its way. */
const LONGEST_CHECK_MS = 600_000

/** What came of a check. */
export interface CheckResult {
  readonly area: string
  readonly id: string
  readonly does: string
  readonly outcome: 'same' | 'differs' | 'failed' | 'skipped'
  /** Of what differs. */
  readonly differences: readonly Difference[]
  /** Of what failed or was skipped. */
  readonly why?: string
  readonly observed?: Observed
  readonly uses: Usage
}

export interface RunOptions {
  readonly parts: RunParts
  readonly areas: readonly Area[]
  /** What an area's checks are to observe. */
  readonly expected: (area: string) => Expectations
  readonly onResult: (result: CheckResult) => void
}

/**
 * Runs checks one after the other. One that cannot be finished is `failed`, and the next begins.
 * @throws {Error} when the signal is aborted, or a check would have called what is not the run's
 */
export async function runChecks({ parts, areas, expected, onResult }: RunOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  const role = new RunRole()
  for (const area of areas) {
    const expectations = expected(area.name)
    for (const check of area.checks) {
      parts.signal.throwIfAborted()
      const result = await runCheck(check, area.name, expectations[check.id]?.observed, parts, role)
      results.push(result)
      onResult(result)
    }
  }
  return results
}

async function runCheck(
  check: Check,
  area: string,
  expected: Observed | undefined,
  parts: RunParts,
  role: RunRole,
): Promise<CheckResult> {
  const { id, does } = check
  const about = { area, id, does, differences: [] }
  parts.counter.take()
  try {
    await using context = new RunContext(parts, id, role)
    const lacks = await check.lacks?.(context)
    if (lacks !== undefined) return { ...about, outcome: 'skipped', why: lacks, uses: parts.counter.take() }
    const observed = normalise(await withinTime(check.run(context), parts.signal), particularsOf(parts))
    const uses = parts.counter.take()
    const differences = findDifferences(expected, observed)
    return { ...about, outcome: differences.length === 0 ? 'same' : 'differs', differences, observed, uses }
  } catch (error) {
    if (parts.signal.aborted || error instanceof GuardError) throw error
    const { name, message } = error as Error
    const why = normalise(name === 'Error' ? message : `${name}: ${message}`, particularsOf(parts))
    return { ...about, outcome: 'failed', why: String(why), uses: parts.counter.take() }
  }
}

/** @throws {Error} when a check is not finished in {@link LONGEST_CHECK_MS}, or is interrupted */
async function withinTime<Answer>(running: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>()
  const interrupt = () => reject(signal.reason)
  signal.addEventListener('abort', interrupt)
  const late = setTimeout(() => reject(new Error(`It took more than ${LONGEST_CHECK_MS / 1_000} s`)), LONGEST_CHECK_MS)
  try {
    return await Promise.race([running, promise])
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', interrupt)
  }
}

function particularsOf({ target, prefix }: { target: Target; prefix: string; clients: Clients }): Particulars {
  const hosts = [target.mqtts.hostname, target.webSocket.hostname, target.credentialsUrl?.hostname]
  return {
    prefix,
    account: target.account,
    region: target.region,
    hosts: [...new Set(hosts.filter((host) => host !== undefined))],
  }
}
