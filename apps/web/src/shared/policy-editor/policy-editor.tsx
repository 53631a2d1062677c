import { policyFindings } from '@thingdeck/policies'
import { JsonEditor } from '../editor/create-editor.tsx'
import type { TextCheck } from '../editor/text-problem.ts'

interface PolicyEditorProps {
  /** The document as text. */
  readonly value: string
  readonly onChange: (text: string) => void
  /** Accessible name. */
  readonly label: string
  readonly readOnly?: boolean
}

/** The document of a policy, with what is wrong with it marked where it stands. */
export function PolicyEditor({ value, onChange, label, readOnly = false }: PolicyEditorProps) {
  return <JsonEditor label={label} text={value} onChange={onChange} readOnly={readOnly} check={checkPolicy} />
}

const checkPolicy: TextCheck = (text) =>
  text.trim() === ''
    ? []
    : policyFindings(text).map(({ severity, words, from, to }) => ({
        severity: severity === 'error' ? 'error' : 'info',
        message: words,
        from,
        to,
      }))
