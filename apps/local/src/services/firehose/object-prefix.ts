import { randomBytes } from 'node:crypto'
import { invalidArgument } from './firehose-errors.ts'

/** What a prefix is rendered for. */
export interface PrefixContext {
  /** When the first record of the object came: epoch milliseconds. */
  readonly timeMs: number
  /** UTC where nobody says it. */
  readonly timeZone: string | undefined
}

/** `!{timestamp:yyyy}`, `!{firehose:random-string}` */
const EXPRESSION = /!\{([a-zA-Z]+):([^}]*)\}/g
/** Where a prefix says no time itself. @see Amazon Data Firehose developer guide, "Custom prefixes for Amazon S3 objects" */
const DEFAULT_TIME = 'yyyy/MM/dd/HH/'
const MAX_LENGTH = 512

/**
 * The begin of an object's key: with `yyyy/MM/dd/HH/` behind it where it has no expression.
 * @throws {AwsError} InvalidArgumentException, see {@link checkPrefixes}
 */
export function renderPrefix(prefix: string, context: PrefixContext): string {
  if (!hasExpression(prefix)) return `${prefix}${renderTime(DEFAULT_TIME, context)}`
  return prefix.replace(EXPRESSION, (_, namespace: string, value: string) => {
    if (namespace === 'timestamp') return renderTime(value, context)
    return randomBytes(16).toString('base64url').replace(/[-_]/g, '0').slice(0, 11)
  })
}

/** @throws {AwsError} InvalidArgumentException, by the rules of the guide */
export function checkPrefixes(prefix = '', errorOutputPrefix?: string): void {
  for (const [member, text] of [
    ['Prefix', prefix],
    ['ErrorOutputPrefix', errorOutputPrefix ?? ''],
  ] as const) {
    const rest = text.replace(EXPRESSION, (_, namespace: string, value: string) => {
      checkExpression(member, namespace, value)
      return ''
    })
    if (rest.includes('!{'))
      throw invalidArgument(`${member} has an expression that is not !{namespace:value}: ${text}`)
  }
  if (!hasExpression(prefix)) return
  if (errorOutputPrefix === undefined) {
    throw invalidArgument('ErrorOutputPrefix cannot be null or empty when Prefix contains expressions')
  }
  if (!errorOutputPrefix.includes('!{firehose:error-output-type}')) {
    throw invalidArgument('ErrorOutputPrefix must have the expression !{firehose:error-output-type}')
  }
  if (renderPrefix(prefix, { timeMs: 0, timeZone: undefined }).length > MAX_LENGTH) {
    throw invalidArgument(`Prefix must have at most ${MAX_LENGTH} characters once its expressions are evaluated`)
  }
}

const hasExpression = (text: string): boolean => text.search(EXPRESSION) >= 0

function checkExpression(member: 'Prefix' | 'ErrorOutputPrefix', namespace: string, value: string): void {
  if (namespace === 'timestamp') {
    renderTime(value, { timeMs: 0, timeZone: undefined })
    return
  }
  const known = member === 'Prefix' ? ['random-string'] : ['random-string', 'error-output-type']
  if (namespace === 'firehose' && known.includes(value)) return
  throw invalidArgument(
    `${member} cannot have !{${namespace}:${value}}: it has timestamps, and of firehose ${known.join(' and ')}`,
  )
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'

const LETTERS: ReadonlyMap<string, Part> = new Map([
  ['y', 'year'],
  ['Y', 'year'],
  ['u', 'year'],
  ['M', 'month'],
  ['d', 'day'],
  ['H', 'hour'],
  ['m', 'minute'],
  ['s', 'second'],
])

/**
 * A time in a pattern of Java's DateTimeFormatter, as far as it is made of numbers and of texts in quotes.
 * @throws {AwsError} InvalidArgumentException for other letters
 */
export function renderTime(pattern: string, { timeMs, timeZone = 'UTC' }: PrefixContext): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, value]))
  return pattern.replace(/'([^']*)'|([a-zA-Z])\2*/g, (run: string, quoted: string | undefined, letter: string) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted
    const part = LETTERS.get(letter)
    if (part === undefined) throw invalidArgument(`This server does not know ${run} in the time ${pattern}`)
    const value = parts.get(part) ?? ''
    return run.length === 2 ? value.slice(-2).padStart(2, '0') : String(Number(value)).padStart(run.length, '0')
  })
}
