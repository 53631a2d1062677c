import { parseStatement, SqlError, type SqlVersion } from '@thingdeck/rules-sql'
import { sqlProblems } from '../../../shared/editor/sql-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'

/** Topics on which AWS publishes nothing for rules, or for which there is a better way. */
const DOUBTS: readonly (readonly [RegExp, string])[] = [
  [
    /^\$aws\/rules\//,
    'A topic of Basic Ingest leads to its rule by itself, and no rule gets it by FROM: name the topic behind the rule.',
  ],
  [
    /^\$aws\/things\/[^/]+\/jobs\/(?:.+\/)?(?:accepted|rejected)$/,
    'Answers of jobs do not reach rules; events of jobs do: $aws/events/jobExecution/#.',
  ],
  [/^#$/, 'This takes every message of the account, which AWS bills one by one.'],
]

/** What is wrong with the statement of a rule, of the language and of what AWS IoT does with it. */
export function statementProblems(sql: string, sqlVersion: SqlVersion): readonly TextProblem[] {
  const found = sqlProblems(sql, sqlVersion)
  const source = sourceOf(sql)
  if (!source) return found
  const doubt = DOUBTS.find(([pattern]) => pattern.test(source.topicFilter))
  const place = { from: source.from, to: source.to }
  return doubt ? [...found, { severity: 'warning' as const, message: doubt[1], ...place }] : found
}

/** FROM of a statement; undefined without it, and while it cannot be read. */
export function sourceOf(sql: string) {
  try {
    return parseStatement(sql).source
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}

/** Names of SET, for templates; none while the statement cannot be read. */
export function variablesOf(sql: string): readonly string[] {
  try {
    return parseStatement(sql).variables.map(({ name }) => name)
  } catch (error) {
    if (error instanceof SqlError) return []
    throw error
  }
}
