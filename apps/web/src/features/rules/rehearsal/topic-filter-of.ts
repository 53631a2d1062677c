import { sourceOf } from '../rule-statement.ts'
import type { RehearsedRule } from './protocol.ts'

/** What FROM takes; undefined without it, and while the SQL cannot be read. */
export const topicFilterOf = ({ sql }: Pick<RehearsedRule, 'sql'>): string | undefined => sourceOf(sql)?.topicFilter
