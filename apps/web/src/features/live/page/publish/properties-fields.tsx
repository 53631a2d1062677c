import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Draft, DraftField } from './draft.ts'

const CORRELATION_FORMS = [
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Hex' },
] as const

interface PropertiesFieldsProps {
  readonly draft: Draft
  readonly problems: Partial<Record<DraftField, string>>
  readonly onChange: (change: Partial<Draft>) => void
}

/** The properties of a PUBLISH (MQTT 5.0 §3.3.2.3) that AWS IoT Core passes on. */
export function PropertiesFields({ draft, problems, onChange }: PropertiesFieldsProps) {
  return (
    <SpaceBetween size="s">
      <FormField label="Content type" stretch>
        <Input
          value={draft.contentType}
          placeholder="application/json"
          onChange={({ detail }) => onChange({ contentType: detail.value })}
        />
      </FormField>
      <FormField label="Response topic" stretch>
        <Input value={draft.responseTopic} onChange={({ detail }) => onChange({ responseTopic: detail.value })} />
      </FormField>
      <FormField label="Correlation data" errorText={problems.correlation} stretch>
        <div className="td-correlation">
          <Input value={draft.correlation} onChange={({ detail }) => onChange({ correlation: detail.value })} />
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
      <FormField
        label="Message expiry"
        description="Seconds, after which nobody gets it any more"
        errorText={problems.expiry}
        stretch
      >
        <Input value={draft.expiry} inputMode="numeric" onChange={({ detail }) => onChange({ expiry: detail.value })} />
      </FormField>
      <Checkbox checked={draft.isUtf8} onChange={({ detail }) => onChange({ isUtf8: detail.checked })}>
        Say that the payload is UTF-8 text
      </Checkbox>
      <FormField label="User properties" errorText={problems.properties} stretch>
        <AttributeEditor
          items={draft.user}
          addButtonText="Add user property"
          removeButtonText="Remove"
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
                <Input
                  value={value}
                  ariaLabel="Value"
                  onChange={({ detail }) => onChange({ user: draft.user.with(index, [name, detail.value]) })}
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
