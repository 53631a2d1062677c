import type { FilterRule } from '../../protocol/filter.ts'

/** The SQL of a rule that acts on what a filter shows. Where that names no topics, they are those of the only subscription. */
export function ruleSql({ sql, from, where }: FilterRule, subscribed: readonly string[]): string {
  if (sql !== undefined && from !== undefined) return sql
  const [only, another] = subscribed
  const topics = from ?? (another === undefined ? only : undefined) ?? '#'
  return `SELECT * FROM '${topics}'${where === undefined ? '' : ` WHERE ${where}`}`
}
