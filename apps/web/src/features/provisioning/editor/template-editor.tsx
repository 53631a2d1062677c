import Alert from '@cloudscape-design/components/alert'
import type { ProvisioningTemplateType } from '@thingdeck/contract'
import type { TemplateUse } from '@thingdeck/provisioning'
import { useMemo, useState } from 'react'
import { createEditor } from '../../../shared/editor/create-editor.tsx'
import { ProblemList } from '../../../shared/editor/problem-list.tsx'
import type { TextEditorProps } from '../../../shared/editor/text-editor.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { templateProblems } from './template-problems.ts'

const editorOf = (use: TemplateUse) =>
  createEditor({ load: async () => (await import('./template-extension.ts')).templateExtension(use) }).Editor

const EDITORS = { FLEET_PROVISIONING: editorOf('FLEET_PROVISIONING'), JITP: editorOf('JITP') } as const

const QUIET_MS = 200

interface TemplateEditorProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly type: ProvisioningTemplateType
  /** Accessible name. */
  readonly label: string
  readonly readOnly?: boolean
  /** Why AWS refused it as it stands. */
  readonly refusal?: string | undefined
}

/** The body of a template: JSON with completion, and below it what is wrong with it, each with its place. */
export function TemplateEditor({ value, onChange, type, label, readOnly = false, refusal }: TemplateEditorProps) {
  const Editor = EDITORS[type]
  const check = useMemo(() => templateProblems(type), [type])
  const text = useDebounced(value, QUIET_MS)
  const problems = useMemo(() => check(text), [check, text])
  const [reveal, setReveal] = useState<TextEditorProps['reveal']>()
  return (
    <div>
      {refusal !== undefined && (
        <Alert type="error" header="AWS refused this template">
          {visible(refusal)}
        </Alert>
      )}
      <Editor label={label} text={value} onChange={onChange} readOnly={readOnly} check={check} reveal={reveal} />
      <ProblemList
        label="What was found in the template"
        problems={problems}
        text={text}
        nothing="AWS takes this template, and nothing in it looks wrong"
        onReveal={({ from, to }) => setReveal({ from, to })}
        onChange={readOnly || text !== value ? undefined : onChange}
      />
    </div>
  )
}
