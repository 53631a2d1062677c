/**
 * `npm run conformance`: does in an account what AWS IoT Core is known for, and writes down where it is otherwise than
 * the embedded server. Everything that it makes it removes.
 */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type CleanUpResult, cleanUp } from './clean-up.ts'
import { makeClients } from './clients.ts'
import { billedUnits, costOf, PRICES_OF } from './cost.ts'
import { startEmbeddedTarget } from './embedded.ts'
import { type Expectations, readExpectations, writeExpectations } from './expectation.ts'
import { Guard } from './guard.ts'
import { instrument } from './instrument.ts'
import { Ledger, type LedgerEntry, readLedger } from './ledger.ts'
import { type Options, readOptions, USAGE, UsageError } from './options.ts'
import { Pacer } from './pacer.ts'
import { prefixOf } from './prefix.ts'
import { countsOf, packageVersions, writeReport } from './report.ts'
import { type CheckResult, runChecks } from './run.ts'
import { findTarget, type Target, TargetError } from './target.ts'
import { UsageCounter } from './usage.ts'

const say = (line: string) => console.error(line)
const interruption = new AbortController()

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2))
    if (options === undefined) {
      console.log(USAGE)
      return 0
    }
    await using started = new AsyncDisposableStack()
    if (options.target === 'embedded') {
      const { environment } = started.use(await startEmbeddedTarget())
      Object.assign(process.env, environment)
    }
    const target = await findTarget(process.env)
    if (options.account !== undefined && options.account !== target.account) {
      throw new UsageError(
        `These credentials are of account ${target.account}, not of ${options.account}: nothing was done`,
      )
    }
    return options.isCleanUp ? await cleanUpLater(options, target) : await run(options, target)
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TargetError)) throw error
    say(
      error instanceof TargetError
        ? error.message
        : `${error.message}: npm run conformance -- --help lists the options.`,
    )
    return 2
  }
}

async function run(options: Options, target: Target): Promise<number> {
  const name = options.name ?? randomInt(36 ** 3, 36 ** 4).toString(36)
  const prefix = prefixOf(name)
  const folder = options.report ?? join('.thingdeck/conformance', name)
  const expectations = (area: string): Expectations => (options.updatesExpected ? {} : readExpectations(area))
  if (options.target === 'aws' && !(await mayBegin(options, target, expectations))) return 0
  using ledger = new Ledger(join(folder, 'ledger.jsonl'), {
    ...{ ledger: 1, account: target.account, region: target.region, prefix },
  })
  say(`Names begin with ${prefix}; what is made is noted in ${ledger.path}`)
  listenForInterruption(ledger.path)
  const startedAt = new Date().toISOString()
  const results: CheckResult[] = []
  let why: unknown
  try {
    await runAll(options, target, prefix, ledger, expectations, results)
  } catch (error) {
    why = error
  }
  const cleaned = await removeAll(options, target, prefix, ledger.entries)
  const account = options.keepsAccount ? { account: target.account } : {}
  const head = {
    target: options.target,
    region: target.region,
    ...account,
    startedAt,
    prefix,
    versions: packageVersions(),
  }
  writeReport(folder, { head, results, cleanUp: cleaned })
  if (options.updatesExpected) keepAsExpected(options, results)
  say(`${results.length} checks: ${countsOf(results)}. ${join(folder, 'report.md')}`)
  if (interruption.signal.aborted) return 130
  if (why !== undefined) throw why
  const isFine = results.every(({ outcome }) => outcome === 'same' || outcome === 'skipped')
  const isBroken = results.some(({ outcome }) => outcome === 'failed')
  return (isFine || (options.updatesExpected && !isBroken)) && isClean(cleaned, options) ? 0 : 1
}

async function runAll(
  options: Options,
  target: Target,
  prefix: string,
  ledger: Ledger,
  expected: (area: string) => Expectations,
  results: CheckResult[],
): Promise<void> {
  const { signal } = interruption
  const guard = new Guard(prefix, ledger)
  const counter = new UsageCounter()
  const pacer = pacerOf(options)
  using clients = instrument(makeClients(target), { guard, counter, pacer, signal })
  const settleMs = options.target === 'embedded' ? 0 : options.settleMs
  const parts = { target, prefix, clients, guard, counter, signal, settleMs }
  const onResult = (result: CheckResult) => {
    results.push(result)
    say(`${result.outcome.padEnd(8)} ${result.area}/${result.id}${result.why === undefined ? '' : `: ${result.why}`}`)
  }
  await runChecks({ parts, areas: options.areas, expected, onResult })
}

/** An embedded server takes as many calls as come. */
const pacerOf = ({ target, callsPerSecond }: Options) => new Pacer(target === 'embedded' ? Infinity : callsPerSecond)

async function removeAll(
  options: Options,
  target: Target,
  prefix: string,
  entries: readonly LedgerEntry[],
): Promise<CleanUpResult> {
  using clients = instrument(makeClients(target), { pacer: pacerOf(options) })
  say(`Removing what was made (${entries.length} lines of the ledger) …`)
  // An embedded server of the run ends with it: what takes minutes there is not waited for.
  const patienceMs = options.target === 'embedded' ? 0 : options.patienceMs
  const result = await cleanUp({ clients, prefix, entries, patienceMs, tell: say })
  const { removed, left, doubtful } = result
  say(
    left.length === 0
      ? `${removed} removed; a listing has nothing with the prefix.`
      : `${removed} removed; left behind:`,
  )
  for (const { kind, name, why } of left) say(`  ${kind} ${name}: ${why}`)
  for (const id of doubtful) say(`  certificate ${id} was made during the run, by whom is not known: look at it`)
  return result
}

/** Types wait for five minutes, which an embedded server that ends is not worth. */
const isClean = ({ left, doubtful }: CleanUpResult, { target }: Options): boolean =>
  left.every(({ kind }) => target === 'embedded' && kind === 'thing type') && doubtful.length === 0

async function cleanUpLater(options: Options, target: Target): Promise<number> {
  const { head, entries } =
    options.ledger === undefined
      ? { head: { ...target, prefix: prefixOf(options.name ?? '') }, entries: [] }
      : ledgerOf(options.ledger)
  if (head.account !== target.account || head.region !== target.region) {
    throw new UsageError(
      `The ledger is of account ${head.account} in ${head.region}, and these credentials of ${target.account} in ${target.region}`,
    )
  }
  return isClean(await removeAll(options, target, head.prefix, entries), options) ? 0 : 1
}

function ledgerOf(path: string): ReturnType<typeof readLedger> {
  try {
    return readLedger(path)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** Says what it costs, and asks. */
async function mayBegin(
  { areas, isConfirmed, maxCost }: Options,
  { account, region }: Target,
  expectations: (area: string) => Expectations,
): Promise<boolean> {
  const usages = areas.flatMap(({ name }) => Object.values(expectations(name)).map(({ uses }) => uses))
  const units = billedUnits(usages)
  const cost = costOf(units)
  say(`In account ${account}, ${region}, this takes about:`)
  for (const { unit, count } of units.filter(({ count: some }) => some > 0))
    say(`  ${String(count).padStart(6)} ${unit}`)
  say(
    `That is ${cost.toFixed(4)} US dollars for what has a price here (list prices of ${PRICES_OF}, no free tiers, no rules,`,
  )
  say('and nothing of what removing takes). https://aws.amazon.com/iot-core/pricing/ has the prices of today.')
  if (maxCost !== undefined && cost > maxCost) throw new UsageError(`That is more than --max-cost ${maxCost}`)
  if (isConfirmed) return true
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here, and --yes was not given')
  using terminal = createInterface({ input: process.stdin, output: process.stderr })
  return /^y(?:es)?$/i.test(await terminal.question('Begin? (y/N) '))
}

/** The first Ctrl+C stops the run, and what was made is removed; the second stops that, too. */
function listenForInterruption(ledgerPath: string): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) {
        say(`What is left can be removed by: npm run conformance -- --clean-up --ledger ${ledgerPath}`)
        process.exit(130)
      }
      say('Stopping; once more to leave everything as it is.')
      interruption.abort()
    })
  }
}

function keepAsExpected({ areas }: Options, results: readonly CheckResult[]): void {
  for (const { name } of areas) {
    if (results.some(({ area, outcome }) => area === name && outcome === 'failed')) continue
    const observed = results.flatMap((result) =>
      result.area === name && result.observed !== undefined
        ? [[result.id, { uses: result.uses, observed: result.observed }] as const]
        : [],
    )
    writeExpectations(name, Object.fromEntries(observed))
  }
}

process.exitCode = await main()
