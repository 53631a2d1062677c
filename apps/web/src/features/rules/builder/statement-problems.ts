import { parseStatement, SqlError, type SqlVersion } from '@thingdeck/rules-sql'
import { sqlProblems } from '../../../shared/editor/sql-problems.ts'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import { sourceOf } from '../rule-statement.ts'

/** Topics on which AWS publishes nothing for rules, for which there is a better way, or which are seldom meant. */
const DOUBTS: readonly (readonly [RegExp, string])[] = [
  [
    /^\$aws\/rules\//,
    'A topic of Basic Ingest leads to its rule by itself, and no rule gets it by FROM: name the topic behind the rule.',
  ],
  [
    /^\$aws\/things\/[^/]+\/jobs\/(?:.+\/)?(?:accepted|rejected)$/,
    'Answers of jobs do not reach rules; events of jobs do: $aws/events/jobExecution/#.',
  ],
  [/^\s|\s$/, 'The topic filter begins or ends with a blank: that is a part of it, which topics seldom have.'],
  [/\*/, 'A * is no wildcard: + stands for one level, and # at the end for all the rest.'],
  [
    /^\//,
    'The topic filter begins with a slash: its first level is empty, and so it takes only topics that begin so, too.',
  ],
  [
    /.\/$/,
    'The topic filter ends with a slash: its last level is empty, and so it takes only topics that end so, too.',
  ],
  [/^#$/, 'This takes every message of the account, which AWS bills one by one.'],
]

/** What is wrong with the statement of a rule, of the language and of what AWS IoT does with it. */
export function statementProblems(sql: string, sqlVersion: SqlVersion): readonly TextProblem[] {
  const found = [...sqlProblems(sql, sqlVersion), ...endedFunctions(sql)]
  const source = sourceOf(sql)
  if (!source) return found
  const doubt = DOUBTS.find(([pattern]) => pattern.test(source.topicFilter))
  const place = { from: source.from, to: source.to }
  return doubt ? [...found, { severity: 'warning' as const, message: doubt[1], ...place }] : found
}

/** AWS takes a rule with a function whose service it has ended, and the rule then fails with each message. */
const endedFunctions = (sql: string): readonly TextProblem[] =>
  Array.from(sql.matchAll(/\bmachinelearning_predict(?=\s*\()/gi), ({ 0: name, index }) => ({
    severity: 'warning' as const,
    message:
      'AWS has ended Amazon Machine Learning: the rule is taken, and fails with each message. A model of SageMaker is asked by aws_lambda().',
    from: index,
    to: index + name.length,
  }))

/** Names of SET, for templates; none while the statement cannot be read. */
export function variablesOf(sql: string): readonly string[] {
  try {
    return parseStatement(sql).variables.map(({ name }) => name)
  } catch (error) {
    if (error instanceof SqlError) return []
    throw error
  }
}
