import { formatNumber, getMember, isArray, isNumber, isObject, stringifyValue, type Value } from '@thingdeck/rules-sql'

/** A point of InfluxDB. */
export interface Point {
  readonly table: string
  /** Those without a value are left out. */
  readonly tags: readonly (readonly [name: string, value: string])[]
  readonly fields: readonly (readonly [name: string, value: Value])[]
  /** In the unit that the write says. */
  readonly timestamp: string
}

/** "A maximum of 250 columns" (AWS IoT developer guide, "InfluxDB"). */
const MAX_COLUMNS = 250

/**
 * A point as a line: `table,tags fields timestamp`, tags in the order of their names.
 * @throws {Error} that says what no line can hold
 * @see InfluxDB, "Line protocol"; AWS IoT developer guide, "InfluxDB", on how members become fields
 */
export function formatPoint({ table, tags, fields, timestamp }: Point): string {
  const columns = fields.flatMap(([name, value]) => {
    const text = fieldOf(name, value)
    return text === undefined ? [] : [`${keyOf(name)}=${text}`]
  })
  if (columns.length === 0) throw new Error('a point needs at least one field that is not null')
  const known = tags
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${keyOf(name)}=${escaped(value, /[,= ]/g)}`)
    .sort()
  if (columns.length + known.length > MAX_COLUMNS) {
    throw new Error(`a point has at most ${MAX_COLUMNS} columns, not ${columns.length + known.length}`)
  }
  return `${[escaped(table, /[, ]/g), ...known].join(',')} ${columns.join(',')} ${timestamp}`
}

/** A member by its path: `engine.id`. */
export function memberAt(value: Value, path: readonly string[]): Value {
  let found = value
  for (const name of path) {
    if (!isObject(found)) return undefined
    found = getMember(found, name)
  }
  return found
}

function keyOf(name: string): string {
  if (name === '' || name.startsWith('_'))
    throw new Error(`a column cannot be named "${name}": names do not begin with _`)
  return escaped(name, /[,= ]/g)
}

/** A line end would begin a point of its own, and a backslash at the end would hide what comes next. */
function escaped(text: string, special: RegExp): string {
  if (/[\n\r]|\\$/.test(text)) throw new Error(`"${text}" has a line end, or ends in a backslash`)
  return text.replaceAll(special, '\\$&')
}

const MAX_UNSIGNED = 2n ** 64n - 1n
const MAX_SIGNED = 2n ** 63n - 1n
const MIN_SIGNED = -(2n ** 63n)

/** @returns undefined for Null, which is no field */
function fieldOf(name: string, value: Value): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'string') return quoted(value)
  if (isObject(value) || isArray(value)) return quoted(stringifyValue(value))
  if (!isNumber(value)) throw new Error('the message is no JSON: encode it in the SQL')
  const text = formatNumber(value)
  if (/[.eE]/.test(text)) return text
  const whole = BigInt(text)
  if (whole >= MIN_SIGNED && whole <= MAX_SIGNED) return `${text}i`
  if (whole > MAX_SIGNED && whole <= MAX_UNSIGNED) return `${text}u`
  throw new Error(`${name} is ${text}, which has more than 64 bits`)
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
