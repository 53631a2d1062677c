import { selectFrom } from '../../../shared/select-from.ts'
import type { FilterRule } from './filter.ts'

/**
 * The SQL of a rule that acts on what a filter shows; undefined where no rule can name its topics. Where the filter names
 * none, they are those of the only subscription.
 */
export function ruleSql({ sql, from, where }: FilterRule, subscribed: readonly string[]): string | undefined {
  if (sql !== undefined && from !== undefined) return sql
  const [only, another] = subscribed
  const statement = selectFrom(from ?? (another === undefined ? only : undefined) ?? '#')
  return statement === undefined || where === undefined ? statement : `${statement} WHERE ${where}`
}
