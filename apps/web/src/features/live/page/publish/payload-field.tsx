import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Textarea from '@cloudscape-design/components/textarea'
import { formatBytes } from '../../../../shared/format.ts'
import { MAX_PAYLOAD_BYTES } from '../../protocol/build-message.ts'
import { PLACEHOLDERS } from '../../protocol/template.ts'
import { payloadAsJson } from '../detail/payload.ts'
import { type Draft, PAYLOAD_FORMS } from './draft.ts'

const FORM_NAMES = { json: 'JSON', text: 'Text', hex: 'Hex', base64: 'Base64' } as const
const PLACEHOLDER_WORDS = PLACEHOLDERS.map((name) => `{{${name}}}`).join(' ')

interface PayloadFieldProps {
  readonly draft: Draft
  readonly problem: string | undefined
  /** With its placeholders replaced; undefined while there is a problem. */
  readonly sizeBytes: number | undefined
  readonly onChange: (change: Partial<Draft>) => void
}

export function PayloadField({ draft: { form, text }, problem, sizeBytes, onChange }: PayloadFieldProps) {
  const laidOut = form === 'json' ? payloadAsJson(new TextEncoder().encode(text)) : undefined
  return (
    <FormField
      label="Payload"
      errorText={problem}
      constraintText={
        <>
          {sizeBytes !== undefined && `${formatBytes(sizeBytes)} of ${formatBytes(MAX_PAYLOAD_BYTES)}. `}
          Replaced in each message: <span className="td-mono">{PLACEHOLDER_WORDS}</span>
        </>
      }
      stretch
    >
      <div className="td-drawer-line">
        <SegmentedControl
          label="Payload is"
          selectedId={form}
          options={PAYLOAD_FORMS.map((id) => ({ id, text: FORM_NAMES[id] }))}
          onChange={({ detail }) => onChange({ form: PAYLOAD_FORMS.find((id) => id === detail.selectedId) ?? 'json' })}
        />
        {form === 'json' && (
          <Button
            variant="inline-link"
            formAction="none"
            disabled={laidOut === undefined || laidOut === text}
            onClick={() => laidOut !== undefined && onChange({ text: laidOut })}
          >
            Format
          </Button>
        )}
      </div>
      <div className="td-code">
        <Textarea
          ariaLabel="Payload"
          value={text}
          onChange={({ detail }) => onChange({ text: detail.value })}
          rows={9}
          spellcheck={false}
          disableBrowserAutocorrect
        />
      </div>
    </FormField>
  )
}
