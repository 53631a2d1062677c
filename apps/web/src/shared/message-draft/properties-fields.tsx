import './message-draft.css'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { LineEditor } from '../form/line-editor.tsx'
import type { Draft, EmptyProperty } from './draft.ts'
import { withLineEndsOf } from './line-ends.ts'
import type { DraftField } from './read-template.ts'

const CORRELATION_FORMS = [
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Hex' },
] as const

interface PropertiesFieldsProps {
  readonly draft: Draft
  readonly problems: Partial<Record<DraftField, string>>
  readonly onChange: (change: Partial<Draft>) => void
  /** Messages that are delivered at once have none. */
  readonly hasExpiry?: boolean
}

/** The properties of a PUBLISH (MQTT 5.0 §3.3.2.3) that AWS IoT Core passes on. */
export function PropertiesFields({ draft, problems, onChange, hasExpiry = true }: PropertiesFieldsProps) {
  return (
    <SpaceBetween size="s">
      <FormField label="Content type" constraintText={emptyWords(draft, 'contentType')} stretch>
        <Input
          value={draft.contentType}
          placeholder="application/json"
          onChange={({ detail }) => onChange({ contentType: detail.value, sentEmpty: without(draft, 'contentType') })}
        />
      </FormField>
      <FormField label="Response topic" stretch>
        <Input value={draft.responseTopic} onChange={({ detail }) => onChange({ responseTopic: detail.value })} />
      </FormField>
      <FormField
        label="Correlation data"
        errorText={problems.correlation}
        constraintText={emptyWords(draft, 'correlation')}
        stretch
      >
        <div className="td-correlation">
          <Input
            value={draft.correlation}
            onChange={({ detail }) => onChange({ correlation: detail.value, sentEmpty: without(draft, 'correlation') })}
          />
          <Select
            ariaLabel="Correlation data is"
            options={CORRELATION_FORMS}
            selectedOption={CORRELATION_FORMS.find(({ value }) => value === draft.correlationForm) ?? null}
            onChange={({ detail }) =>
              onChange({ correlationForm: detail.selectedOption.value === 'hex' ? 'hex' : 'text' })
            }
          />
        </div>
      </FormField>
      {hasExpiry && (
        <FormField
          label="Message expiry"
          description="Seconds, after which nobody gets it any more"
          errorText={problems.expiry}
          stretch
        >
          <Input
            value={draft.expiry}
            inputMode="numeric"
            onChange={({ detail }) => onChange({ expiry: detail.value })}
          />
        </FormField>
      )}
      <Checkbox
        checked={draft.isUtf8}
        description={emptyWords(draft, 'isUtf8')}
        onChange={({ detail }) => onChange({ isUtf8: detail.checked, sentEmpty: without(draft, 'isUtf8') })}
      >
        Say that the payload is UTF-8 text
      </Checkbox>
      <FormField
        label="User properties"
        errorText={problems.properties}
        constraintText={orderWords(draft.user)}
        stretch
      >
        <LineEditor
          items={draft.user}
          addButtonText="Add user property"
          one="user property"
          nameOf={([name]) => name}
          empty="None"
          definition={[
            {
              label: 'Name',
              control: ([name, value], index) => (
                <Input
                  value={name}
                  ariaLabel="Name"
                  onChange={({ detail }) => onChange({ user: draft.user.with(index, [detail.value, value]) })}
                />
              ),
            },
            {
              label: 'Value',
              control: ([name, value], index) => (
                <ValueInput
                  value={value}
                  onChange={(changed) => onChange({ user: draft.user.with(index, [name, changed]) })}
                />
              ),
            },
          ]}
          onAddButtonClick={() => onChange({ user: [...draft.user, ['', '']] })}
          onRemoveButtonClick={({ detail }) => onChange({ user: draft.user.toSpliced(detail.itemIndex, 1) })}
        />
      </FormField>
    </SpaceBetween>
  )
}

interface ValueInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A field of one line would take the line ends away with the first letter typed. */
function ValueInput({ value, onChange }: ValueInputProps) {
  return /[\r\n]/.test(value) ? (
    <Textarea
      value={value}
      ariaLabel="Value"
      rows={2}
      onChange={({ detail }) => onChange(withLineEndsOf(value, detail.value))}
    />
  ) : (
    <Input value={value} ariaLabel="Value" onChange={({ detail }) => onChange(detail.value)} />
  )
}

/** A property without a value is one all the same (MQTT 5.0 §3.3.2.3): it is sent until its field is touched. */
const emptyWords = ({ sentEmpty }: Draft, name: EmptyProperty): string | undefined =>
  sentEmpty.includes(name) ? EMPTY_WORDS[name] : undefined

const EMPTY_WORDS: Readonly<Record<EmptyProperty, string>> = {
  contentType: 'Sent without a text in it, as the message had it.',
  correlation: 'Sent without a byte in it, as the message had it.',
  isUtf8: 'The message said that it is of unspecified bytes (0), and so does this one.',
}

const without = ({ sentEmpty }: Draft, name: EmptyProperty) => sentEmpty.filter((each) => each !== name)

/** The connection's library takes user properties by name: what that moves is said. */
function orderWords(user: Draft['user']): string | undefined {
  const names = user.map(([name]) => name)
  const isMoved = names.some((name, index) => names.indexOf(name) !== index && names[index - 1] !== name)
  return isMoved ? 'Those of one name are sent one behind the other, whatever stands between them here.' : undefined
}
