import './message-draft.css'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Textarea from '@cloudscape-design/components/textarea'
import { formatBytes } from '../format.ts'
import { MAX_PAYLOAD_BYTES } from './build-message.ts'
import { type Draft, PAYLOAD_FORMS, placeholdersOf } from './draft.ts'
import { isJson, layOutJson } from './json-text.ts'
import { withLineEndsOf } from './line-ends.ts'
import { PLACEHOLDERS } from './template.ts'
import { unseenIn } from './unseen.ts'

const FORM_NAMES = { json: 'JSON', text: 'Text', hex: 'Hex', base64: 'Base64' } as const
const ALL_PLACEHOLDERS = PLACEHOLDERS.map((name) => `{{${name}}}`).join(' ')

interface PayloadFieldProps {
  readonly draft: Draft
  readonly problem: string | undefined
  /** With its placeholders replaced; undefined while there is a problem. */
  readonly sizeBytes: number | undefined
  readonly onChange: (change: Partial<Draft>) => void
}

export function PayloadField({ draft, problem, sizeBytes, onChange }: PayloadFieldProps) {
  const { form, text } = draft
  const laidOut = form === 'json' && isJson(text) ? layOutJson(text) : text
  const unseen = form === 'json' || form === 'text' ? unseenIn(text) : undefined
  return (
    <div>
      <FormField
        label="Payload"
        errorText={problem}
        constraintText={
          <>
            {sizeBytes !== undefined && `${formatBytes(sizeBytes)} of ${formatBytes(MAX_PAYLOAD_BYTES)}`}
            {unseen !== undefined && `. ${unseen}`}
          </>
        }
        stretch
      >
        <div className="td-draft-line">
          <SegmentedControl
            label="Payload is"
            selectedId={form}
            options={PAYLOAD_FORMS.map((id) => ({ id, text: FORM_NAMES[id] }))}
            onChange={({ detail }) =>
              onChange({ form: PAYLOAD_FORMS.find((id) => id === detail.selectedId) ?? 'json' })
            }
          />
          {form === 'json' && (
            <Button
              variant="inline-link"
              formAction="none"
              disabled={laidOut === text}
              onClick={() => onChange({ text: laidOut })}
            >
              Format
            </Button>
          )}
        </div>
        <div className="td-code">
          <Textarea
            ariaLabel="Payload"
            value={text}
            onChange={({ detail }) => onChange({ text: withLineEndsOf(text, detail.value) })}
            rows={9}
            spellcheck={false}
            disableBrowserAutocorrect
          />
        </div>
      </FormField>
      <Placeholders draft={draft} onChange={onChange} />
    </div>
  )
}

/** Whether braces mean anything. Without being asked for, they do not: a payload may be a template of its own. */
function Placeholders({ draft, onChange }: Pick<PayloadFieldProps, 'draft' | 'onChange'>) {
  const { replacesPlaceholders } = draft
  const [example] = placeholdersOf(draft)
  return (
    <div className="td-placeholders">
      <Checkbox
        checked={replacesPlaceholders}
        onChange={({ detail }) => onChange({ replacesPlaceholders: detail.checked })}
      >
        Replace placeholders
      </Checkbox>
      <p className="td-weak" role="status">
        {replacesPlaceholders && (
          <>
            In topic, payload and user properties, anew in each message:{' '}
            <span className="td-mono">{ALL_PLACEHOLDERS}</span>. <span className="td-mono">{'\\{{now}}'}</span> stays{' '}
            <span className="td-mono">{'{{now}}'}</span>.
          </>
        )}
        {!replacesPlaceholders && example !== undefined && (
          <>
            <span className="td-mono">{`{{${example}}}`}</span> is sent as it stands.
          </>
        )}
      </p>
    </div>
  )
}
