import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import type { SqlMark } from '../rehearsal/protocol.ts'

const SEVERITIES = { false: 'info', undefined: 'warning', error: 'error' } as const

/** What a rehearsal says of parts of the SQL, for the editor; what was true needs no word. */
export const notesOf = (marks: readonly SqlMark[]): readonly TextProblem[] =>
  marks.flatMap(({ from, to, text, tone }) =>
    tone === 'true' ? [] : [{ severity: SEVERITIES[tone], message: `Rehearsal: ${text}`, from, to }],
  )
