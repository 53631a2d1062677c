import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { PolicyPicker } from '../../../shared/pickers/policy-picker.tsx'
import { TEMPLATES } from '../../../shared/policy-editor/templates.ts'
import { type FlowDraft, MOST_KEYS, type ReadFile } from '../flow-values.ts'

interface CertificatesStepProps {
  readonly draft: FlowDraft
  readonly read: ReadFile
  readonly onChange: (draft: FlowDraft) => void
}

const TEMPLATE_OPTIONS = TEMPLATES.filter(({ id }) => id === 'device' || id === 'gateway').map(
  ({ id, title, description }) => ({ value: id, label: title, description }),
)

export function CertificatesStep({ draft, read, onChange }: CertificatesStepProps) {
  const things = read.lines.flatMap(({ thing }) => thing ?? [])
  const own = things.filter(({ certificateSigningRequest }) => certificateSigningRequest !== undefined).length
  const without = things.length - own
  const hasCertificates = own > 0 || draft.keys === 'browser'
  return (
    <Container header={<Header variant="h2">3. Certificates and policy</Header>}>
      <SpaceBetween size="m">
        {own > 0 && (
          <span>{`${formatCount(own)} ${own === 1 ? 'line brings a request' : 'lines bring requests'} for certificates (CSR): their devices keep their own keys.`}</span>
        )}
        {(own === 0 || without > 0) && (
          <FormField
            label={
              own > 0
                ? without === 1
                  ? 'The other thing'
                  : `The other ${formatCounted(without, 'thing')}`
                : 'Each thing'
            }
          >
            <RadioGroup
              value={draft.keys}
              onChange={({ detail }) => onChange({ ...draft, keys: detail.value === 'none' ? 'none' : 'browser' })}
              items={[
                {
                  value: 'browser',
                  label: 'Gets a key that is made in this browser, and a certificate',
                  description: `Up to ${formatCount(MOST_KEYS)}. The server never has a private key. This browser keeps them, encrypted, until you have saved them; you download keys and certificates as one archive.`,
                },
                { value: 'none', label: 'Gets no certificate' },
              ]}
            />
          </FormField>
        )}
        {draft.keys === 'browser' && without > MOST_KEYS && (
          <Alert type="error">{`${formatCount(without)} keys are more than one registration makes: split the file, or have the devices bring requests.`}</Alert>
        )}
        {hasCertificates && (
          <FormField label="Policy of the certificates">
            <RadioGroup
              value={draft.policy}
              onChange={({ detail }) => {
                const policy = (['existing', 'template', 'none'] as const).find((each) => each === detail.value)
                onChange({ ...draft, policy: policy ?? 'none', policyName: '' })
              }}
              items={[
                { value: 'existing', label: 'One that is there' },
                { value: 'template', label: 'A new one, from a template that is bound to the thing' },
                {
                  value: 'none',
                  label: 'None',
                  description: 'The devices cannot connect until one is attached to them or to their groups.',
                },
              ]}
            />
          </FormField>
        )}
        {hasCertificates && draft.policy === 'existing' && (
          <FormField label="Policy">
            <PolicyPicker value={draft.policyName} onChange={(policyName) => onChange({ ...draft, policyName })} />
          </FormField>
        )}
        {hasCertificates && draft.policy === 'template' && (
          <SpaceBetween direction="horizontal" size="m">
            <FormField label="Template">
              <Select
                options={TEMPLATE_OPTIONS}
                selectedOption={TEMPLATE_OPTIONS.find(({ value }) => value === draft.template) ?? null}
                onChange={({ detail }) => onChange({ ...draft, template: detail.selectedOption.value ?? 'device' })}
              />
            </FormField>
            <FormField label="Name of the new policy">
              <Input
                value={draft.policyName}
                spellcheck={false}
                onChange={({ detail }) => onChange({ ...draft, policyName: detail.value })}
              />
            </FormField>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  )
}
