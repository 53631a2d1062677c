import type { CompletionContext, SqlVersion, Value } from '@thingdeck/rules-sql'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createEditor } from './create-editor.tsx'
import { sqlProblems } from './sql-problems.ts'
import type { TextEditorProps } from './text-editor.tsx'
import type { TextCheck, TextProblem } from './text-problem.ts'

interface SqlEditorProps {
  /** Accessible name. */
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly sqlVersion: SqlVersion
  readonly readOnly?: boolean
  /** A payload as the statement will get them: its members are completed. */
  readonly sample?: Value
  /** Topics, and filters of them, that are completed behind FROM. */
  readonly topicFilters?: readonly string[]
  /** What else is known of the text, as a rehearsal says it; keep it the same array as long as it says the same. */
  readonly notes?: readonly TextProblem[]
  readonly reveal?: TextEditorProps['reveal']
}

const NO_NOTES: readonly TextProblem[] = []

/** A statement of the SQL of rules, with completion, help, and what is wrong with it at its place. */
export function SqlEditor(props: SqlEditorProps) {
  const {
    label,
    value,
    onChange,
    sqlVersion,
    readOnly = false,
    sample,
    topicFilters = [],
    notes = NO_NOTES,
    reveal,
  } = props
  const known = useRef<CompletionContext>({ sqlVersion })
  useEffect(() => {
    known.current = { sqlVersion, topicFilters, ...(sample !== undefined && { sample }) }
  })
  // An editor of its own: what it completes is of this one statement.
  const [{ Editor }] = useState(() =>
    createEditor({ load: async () => (await import('./sql-extension.ts')).sqlExtension(() => known.current) }),
  )
  const check = useCallback<TextCheck>((text) => [...sqlProblems(text, sqlVersion), ...notes], [sqlVersion, notes])
  return <Editor label={label} text={value} onChange={onChange} readOnly={readOnly} check={check} reveal={reveal} />
}
