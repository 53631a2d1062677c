import { parseArgs } from 'node:util'
import { AREAS } from './areas/index.ts'
import type { Area } from './check.ts'
import { isRunName } from './prefix.ts'

const OPTIONS = {
  target: { type: 'string' },
  only: { type: 'string', multiple: true },
  account: { type: 'string' },
  prefix: { type: 'string' },
  report: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'max-cost': { type: 'string' },
  'calls-per-second': { type: 'string', default: '4' },
  settle: { type: 'string', default: '1500' },
  'clean-up': { type: 'boolean', default: false },
  ledger: { type: 'string' },
  patience: { type: 'string', default: '420' },
  'keep-account': { type: 'boolean', default: false },
  'update-expected': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

export interface Options {
  readonly target: 'aws' | 'embedded'
  readonly areas: readonly Area[]
  /** The account that the credentials have to be of; twelve digits. */
  readonly account: string | undefined
  /** The part of the prefix that tells runs apart: `x7k2`. */
  readonly name: string | undefined
  readonly report: string | undefined
  readonly isConfirmed: boolean
  /** US dollars. */
  readonly maxCost: number | undefined
  readonly callsPerSecond: number
  readonly settleMs: number
  readonly isCleanUp: boolean
  readonly ledger: string | undefined
  readonly patienceMs: number
  readonly keepsAccount: boolean
  readonly updatesExpected: boolean
}

export const USAGE = `Usage: npm run conformance -- --target aws|embedded [options]
       npm run conformance -- --clean-up --ledger FILE
       npm run conformance -- --clean-up --target aws --prefix NAME
  --target T            aws: the account of your AWS credentials; embedded: a server that it starts
  --only AREA           only this area; repeat it, or separate by commas: ${AREAS.map(({ name }) => name).join(', ')}
  --account ID          refuse to run in another account than this
  --prefix NAME         names begin with thingdeck-conformance-NAME- (four letters and digits by chance)
  --report DIR          where report.md, report.json and ledger.jsonl go (.thingdeck/conformance/NAME)
  --yes                 do not ask before it begins
  --max-cost N          refuse to run where what has a list price comes to more than N US dollars
  --calls-per-second N  of one operation at most (4)
  --settle MS           how long it waits for messages that must not come (1500)
  --patience SECONDS    how long it goes on removing what cannot be removed yet (420)
  --keep-account        leave the account's number in the report
  --update-expected     with --target embedded: keep what is observed as what is expected
  --clean-up            remove what an earlier run left, by its ledger or by its prefix`

/** Ends the program with one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * @returns undefined where help is asked for
 * @throws {UsageError} which says what is wrong and what would be right
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const values = parse(args)
  if (values.help) return undefined
  const isCleanUp = values['clean-up']
  const { target = isCleanUp ? 'aws' : undefined, prefix: name, account, ledger } = values
  if (target !== 'aws' && target !== 'embedded') {
    throw new UsageError(`--target is aws or embedded, not ${target ?? 'left out'}`)
  }
  if (name !== undefined && !isRunName(name)) {
    throw new UsageError(`--prefix is up to twelve lower-case letters and digits, not ${name}`)
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) throw new UsageError(`--account is 12 digits, not ${account}`)
  if (isCleanUp && (ledger === undefined) === (name === undefined)) {
    throw new UsageError('--clean-up needs one of --ledger FILE and --prefix NAME')
  }
  if (isCleanUp && target === 'embedded')
    throw new UsageError('--clean-up has nothing to do: an embedded server of a run keeps nothing')
  if (!isCleanUp && ledger !== undefined) throw new UsageError('--ledger goes with --clean-up')
  if (values['update-expected'] && target !== 'embedded') {
    throw new UsageError('--update-expected goes with --target embedded: what AWS does otherwise is to be reported')
  }
  return {
    ...{ target, areas: readAreas(values.only), account, name, report: values.report, isCleanUp, ledger },
    isConfirmed: values.yes,
    maxCost: values['max-cost'] === undefined ? undefined : readNumber('max-cost', values['max-cost'], 0),
    callsPerSecond: readNumber('calls-per-second', values['calls-per-second'], 0.1),
    settleMs: readNumber('settle', values.settle, 0),
    patienceMs: 1_000 * readNumber('patience', values.patience, 0),
    keepsAccount: values['keep-account'],
    updatesExpected: values['update-expected'],
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0])
  }
}

function readAreas(only: readonly string[] | undefined): readonly Area[] {
  const names = only?.flatMap((each) => each.split(','))
  if (names === undefined) return AREAS
  const unknown = names.filter((name) => !AREAS.some((area) => area.name === name))
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no area ${unknown.join(', ')}. There are: ${AREAS.map(({ name }) => name).join(', ')}`,
    )
  }
  return AREAS.filter(({ name }) => names.includes(name))
}

function readNumber(option: string, text: string, least: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least) || !Number.isFinite(value))
    throw new UsageError(`--${option} is a number of at least ${least}, not ${text}`)
  return value
}
