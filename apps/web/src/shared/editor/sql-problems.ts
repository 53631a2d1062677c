import { diagnoseSql, type SqlVersion } from '@thingdeck/rules-sql'
import { sqlFixes } from './sql-fixes.ts'
import type { TextProblem } from './text-problem.ts'

/** What is wrong with a statement, and what is surely not meant, with what would mend it. */
export function sqlProblems(text: string, sqlVersion: SqlVersion): readonly TextProblem[] {
  if (text.trim() === '') return [] // it is not written yet
  const { errors, warnings } = diagnoseSql(text, sqlVersion)
  const problem = (severity: TextProblem['severity'], found: { message: string; from: number; to: number }) => ({
    severity,
    // The place stands beside it, and in the text.
    message: found.message.replace(/ \(line \d+, column \d+\)$/, ''),
    from: found.from,
    to: found.to,
    fixes: sqlFixes(text, found),
  })
  return [
    ...errors.map((error) => problem('error', error)),
    ...warnings.map((warning) => problem('warning', warning)),
  ].sort((a, b) => a.from - b.from)
}
