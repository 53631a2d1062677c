import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { positionAt } from '@thingdeck/json'
import { type PolicyFinding, type PolicyHome, policyFindings } from '@thingdeck/policies'
import { type ComponentType, useCallback, useState } from 'react'
import { createEditor } from '../editor/create-editor.tsx'
import { ProblemList } from '../editor/problem-list.tsx'
import type { TextEditorProps } from '../editor/text-editor.tsx'
import type { TextCheck, TextProblem } from '../editor/text-problem.ts'
import { visible } from '../text/visible.tsx'
import { PolicyBar } from './policy-bar.tsx'
import { refusedPlace } from './refused-place.ts'
import { type PolicyAudience, usePolicyFindings } from './use-policy-findings.ts'
import { usePolicyHome } from './use-policy-home.ts'

interface PolicyEditorProps {
  /** The document as text. */
  readonly value: string
  readonly onChange: (text: string) => void
  /** Accessible name. */
  readonly label: string
  readonly readOnly?: boolean
  /** Whom the policy is for, where that is known: variables that come up empty for them are then told. */
  readonly audience?: PolicyAudience
  /** Why AWS refused it as it stands: marked at its place, where the words name one, and else said at the top. */
  readonly refusal?: string | undefined
}

/**
 * The document of a policy: JSON with completion, what each word means, its length, and below it all that is wrong with
 * it or should be known of it, each with its place and, where there is one, the fix.
 */
export function PolicyEditor({ value, onChange, label, readOnly = false, audience, refusal }: PolicyEditorProps) {
  const home = usePolicyHome()
  const Editor = editorFor(home)
  const { text, findings } = usePolicyFindings(value, audience)
  const [reveal, setReveal] = useState<TextEditorProps['reveal']>()
  const check = useCallback<TextCheck>(
    (typed) =>
      typed.trim() === ''
        ? []
        : [...policyFindings(typed, { ...audience, home }).map(toProblem), ...refusedProblems(refusal, typed)],
    [audience, home, refusal],
  )
  const place = refusal === undefined ? undefined : refusedPlace(refusal, value)
  return (
    <div>
      {refusal !== undefined && (
        <Alert
          type="error"
          header="This document was refused"
          action={
            place && (
              <Button formAction="none" onClick={() => setReveal({ from: place.start, to: place.end })}>
                {`Go to line ${positionAt(value, place.start).line}`}
              </Button>
            )
          }
        >
          {visible(refusal)}
        </Alert>
      )}
      <Editor label={label} text={value} onChange={onChange} readOnly={readOnly} check={check} reveal={reveal} />
      <PolicyBar text={value} onChange={readOnly ? undefined : onChange} />
      <ProblemList
        label="What was found in the policy"
        problems={findings.map(toProblem)}
        text={text}
        nothing="AWS takes this document, and nothing in it looks wrong"
        onReveal={({ from, to }) => setReveal({ from, to })}
        // By the text that the findings are about: edits of an older one would hit something else.
        onChange={readOnly || text !== value ? undefined : onChange}
      />
    </div>
  )
}

/** What AWS refused, at the place that its words name. */
function refusedProblems(refusal: string | undefined, text: string): TextProblem[] {
  const place = refusal === undefined ? undefined : refusedPlace(refusal, text)
  return refusal === undefined || !place
    ? []
    : [{ severity: 'error', message: `AWS: ${refusal}`, from: place.start, to: place.end }]
}

const toProblem = ({ severity, words, from, to, fixes }: PolicyFinding) => ({
  severity,
  message: words,
  from,
  to,
  fixes,
})

/** One editor for each home, of which a console has one: as a component it must stay the same between drawings. */
const editors = new Map<string, ComponentType<TextEditorProps>>()

function editorFor(home: PolicyHome): ComponentType<TextEditorProps> {
  const key = `${home.region} ${home.accountId}`
  let editor = editors.get(key)
  if (!editor) {
    editor = createEditor({ load: async () => (await import('./policy-extension.ts')).policyExtension(home) }).Editor
    editors.set(key, editor)
  }
  return editor
}
