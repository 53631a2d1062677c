import { useCallback, useState } from 'react'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import type { SqlMark } from '../rehearsal/protocol.ts'
import { notesOf } from './notes-of.ts'

/** What a rehearsal says of the SQL, as notes of the editor. */
export function useRehearsalNotes() {
  const [notes, setNotes] = useState<readonly TextProblem[]>([])
  const onMarks = useCallback((marks: readonly SqlMark[]) => setNotes(notesOf(marks)), [])
  return { notes, onMarks }
}
