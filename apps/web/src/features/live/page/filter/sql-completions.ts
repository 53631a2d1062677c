import { type Completion, completeSql, type SqlVersion, type Value } from '@thingdeck/rules-sql'
import { sqlFrom, statementOf } from '../../protocol/sql-in-filter.ts'

/** The version in which filters are read. */
const SQL_VERSION: SqlVersion = '2016-03-23'

/** What a filter's SQL may go on with. */
export interface SqlCompletion {
  readonly label: string
  /** What it is, or gives. */
  readonly words?: string
  /** The whole filter with it. */
  readonly text: string
}

const MOST = 24
/** What messages have comes first, then what joins it, then functions. */
const ORDER: readonly Completion['kind'][] = [
  'field',
  'variable',
  'topic filter',
  'operator',
  'keyword',
  'type',
  'function',
]

/** Words before signs. */
const rankOf = ({ kind, label }: Completion): number => ORDER.indexOf(kind) + (/^\w/.test(label) ? 0 : 0.5)

/** What may stand at the end of a filter's SQL, as in the editor of rules; nothing where it has none. */
export function sqlCompletions(
  text: string,
  seen: { readonly sample: Value; readonly topicFilters: readonly string[] },
): readonly SqlCompletion[] {
  const begin = sqlFrom(text)
  if (begin === undefined) return []
  const { sql, added } = statementOf(text.slice(begin))
  const { from, options } = completeSql(sql, sql.length, { sqlVersion: SQL_VERSION, ...seen })
  const before = text.slice(0, begin + Math.max(0, from - added))
  return options
    .filter(({ label }) => !text.slice(before.length).trim().endsWith(label))
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .slice(0, MOST)
    .map(({ label, kind, detail, info }) => {
      const words = kind === 'function' ? [detail, info].filter(Boolean).join(' ') : detail
      const insert = kind === 'function' ? `${label}(${detail === '()' ? ')' : ''}` : `${label} `
      return { label, text: before + insert, ...(words && { words }) }
    })
}
