import { isTrue, orderOf } from './field-values.ts'
import { type Column, type Command, type NamedStatistic, NEEDS_ORDER, type SortKey } from './insights-query.ts'
import { type LogRecord, RecordFields } from './log-record.ts'
import { shownValue } from './statistics.ts'

/** One row of the results, as the API has it. */
export type ResultRow = readonly { readonly field: string; readonly value: string }[]

/** Rows that are kept for commands that need all of them. */
const MOST_KEPT = 100_000

interface Shown {
  readonly name: string
  readonly isTime: boolean
}

type Stats = Extract<Command, { readonly kind: 'stats' }>

/**
 * One query over records that come newest first. Commands up to the first that needs more than one record are done as
 * records come; what follows, once all have come.
 */
export class QueryRun {
  readonly #perRecord: readonly Command[]
  readonly #rest: readonly Command[]
  readonly #limit: number
  #rows: RecordFields[] = []
  readonly #groups: Groups | undefined
  #matched = 0

  constructor(commands: readonly Command[], limit: number) {
    const first = commands.findIndex(({ kind }) => NEEDS_ORDER.has(kind))
    this.#perRecord = first < 0 ? commands : commands.slice(0, first)
    this.#rest = first < 0 ? [] : commands.slice(first)
    this.#limit = limit
    const [next] = this.#rest
    this.#groups = next?.kind === 'stats' ? new Groups(next) : undefined
  }

  get recordsMatched(): number {
    return this.#matched
  }

  /** @returns whether more records would change the results */
  add(record: LogRecord): boolean {
    const fields = new RecordFields(record)
    for (const command of this.#perRecord) if (!passes(command, fields)) return true
    this.#matched += 1
    if (this.#groups) return this.#groups.add(fields)
    this.#rows.push(fields)
    return this.#makeRoom()
  }

  #makeRoom(): boolean {
    const [next, then] = this.#rest
    if (!next) return this.#rows.length < this.#limit
    if (next.kind === 'limit') return this.#rows.length < next.count
    if (this.#rows.length < MOST_KEPT) return true
    if (next.kind !== 'sort' || (then && then.kind !== 'limit')) return false
    this.#rows = sorted(this.#rows, next.keys).slice(0, Math.min(then ? then.count : MOST_KEPT, this.#limit))
    return true
  }

  /** What was found so far. */
  results(): ResultRow[] {
    let rows = this.#groups ? this.#groups.rows() : this.#rows
    for (const command of this.#groups ? this.#rest.slice(1) : this.#rest) rows = applied(command, rows)
    const columns = this.#columns()
    return rows.slice(0, this.#limit).map((fields) => {
      const row = columns.flatMap(({ name, isTime }) => {
        const value = shownValue(fields.get(name), isTime)
        return value === undefined ? [] : [{ field: name, value }]
      })
      return this.#groups ? row : [...row, { field: '@ptr', value: fields.record.ptr }]
    })
  }

  /** Those of the last `display`, else of `stats`, else of all `fields`; a query that names none shows time and message. */
  #columns(): readonly Shown[] {
    const all = [...this.#perRecord, ...this.#rest]
    const display = all.findLast((command) => command.kind === 'display')
    if (display) return display.columns
    const own = all.flatMap((command) => (command.kind === 'fields' ? command.columns : []))
    if (this.#groups) return [...this.#groups.columns, ...all.slice(this.#perRecord.length).flatMap(fieldsOf)]
    return own.length > 0 ? own : DEFAULT_COLUMNS
  }
}

const DEFAULT_COLUMNS: readonly Shown[] = [
  { name: '@timestamp', isTime: true },
  { name: '@message', isTime: false },
]

const fieldsOf = (command: Command): readonly Column[] => (command.kind === 'fields' ? command.columns : [])

/** Does a command that looks at one record. @returns whether the record stays */
function passes(command: Command, fields: RecordFields): boolean {
  switch (command.kind) {
    case 'filter':
      return isTrue(command.condition.read(fields))
    case 'fields':
    case 'display':
      for (const { name, expression } of command.columns) {
        if (name !== expression.text || fields.get(name) === undefined) fields.set(name, expression.read(fields))
      }
      return true
    case 'parse':
      parseInto(fields, command)
      return true
    default:
      return true
  }
}

function applied(command: Command, rows: RecordFields[]): RecordFields[] {
  switch (command.kind) {
    case 'sort':
      return sorted(rows, command.keys)
    case 'limit':
      return rows.slice(0, command.count)
    case 'dedup': {
      const seen = new Set<string>()
      return rows.filter((fields) => {
        const key = JSON.stringify(command.names.map((name) => fields.get(name)))
        if (seen.has(key)) return false
        seen.add(key)
        return true
      })
    }
    default:
      return rows.filter((fields) => passes(command, fields))
  }
}

/** What is missing stands behind all else. */
function sorted(rows: readonly RecordFields[], keys: readonly SortKey[]): RecordFields[] {
  return rows.toSorted((one, other) => {
    for (const { expression, isDescending } of keys) {
      const [a, b] = [expression.read(one), expression.read(other)]
      const [isMissing, isOtherMissing] = [a === undefined || a === null, b === undefined || b === null]
      if (isMissing !== isOtherMissing) return isMissing ? 1 : -1
      const order = orderOf(a, b) ?? 0
      if (order !== 0) return isDescending ? -order : order
    }
    return 0
  })
}

function parseInto(fields: RecordFields, { source, parts, names }: Extract<Command, { readonly kind: 'parse' }>): void {
  const text = String(source.read(fields) ?? '')
  const [first = '', ...following] = parts
  let at = text.indexOf(first)
  if (at < 0) return
  at += first.length
  const found: string[] = []
  for (const [index, part] of following.entries()) {
    const end = part === '' && index === following.length - 1 ? text.length : text.indexOf(part, at)
    if (end < 0) return
    found.push(text.slice(at, end))
    at = end + part.length
  }
  for (const [index, name] of names.entries()) fields.set(name, found[index])
}

/** The groups of a `stats`. */
class Groups {
  readonly #stats: Stats
  readonly #groups = new Map<
    string,
    { readonly fields: RecordFields; readonly gathered: ReturnType<NamedStatistic['statistic']['gather']>[] }
  >()

  constructor(stats: Stats) {
    this.#stats = stats
    // "stats" of nothing is one row, too, where there are no groups.
    if (stats.by.length === 0) this.#groupOf(new RecordFields(NO_RECORD))
  }

  get columns(): readonly Shown[] {
    const { by, statistics } = this.#stats
    return [...by, ...statistics.map(({ name, statistic }) => ({ name, isTime: statistic.isTime }))]
  }

  add(fields: RecordFields): boolean {
    const group = this.#groupOf(fields)
    for (const gatherer of group?.gathered ?? []) gatherer.add(fields)
    return true
  }

  rows(): RecordFields[] {
    return [...this.#groups.values()].map(({ fields, gathered }) => {
      for (const [index, { name }] of this.#stats.statistics.entries()) fields.set(name, gathered[index]?.value)
      return fields
    })
  }

  #groupOf(of: RecordFields) {
    const values = this.#stats.by.map(({ expression }) => expression.read(of))
    const key = JSON.stringify(values)
    const known = this.#groups.get(key)
    if (known || this.#groups.size >= MOST_KEPT) return known
    const fields = new RecordFields(NO_RECORD)
    for (const [index, { name }] of this.#stats.by.entries()) fields.set(name, values[index])
    const group = { fields, gathered: this.#stats.statistics.map(({ statistic }) => statistic.gather()) }
    this.#groups.set(key, group)
    return group
  }
}

const NO_RECORD: LogRecord = { timestampMs: 0, ingestionMs: 0, message: '', logStream: '', log: '', ptr: '' }
