import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { FieldRow, SelectField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCount } from '../../../shared/format.ts'
import { PoliciesPicker } from '../../../shared/pickers/policy-picker.tsx'
import { PolicyEditor } from '../../../shared/policy-editor/policy-editor.tsx'
import { documentOf, TEMPLATES } from '../../../shared/policy-editor/templates.ts'
import { usePolicyFindings } from '../../../shared/policy-editor/use-policy-findings.ts'
import { useSession } from '../../../shared/session/session.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import type { NewDevice } from '../new-device.ts'
import type { ThereIsPolicy } from '../use-there.ts'

/** Those that are for a device of its own; the others are for people and for what many share. */
const FOR_DEVICES = TEMPLATES.filter(({ id }) => ['device', 'gateway', 'blank'].includes(id))

const OPTIONS = [
  ...FOR_DEVICES.map(({ id, title, description }) => ({ value: id, label: title, description })),
  { value: 'existing', label: 'Policies that are there', description: 'Chosen by their names.' },
]

interface PolicyFieldsProps {
  readonly form: Form<NewDevice>
  readonly policy: ThereIsPolicy
}

/** What the device may do. A policy of a template is bound to the thing by variables: one is for all of its kind. */
export function PolicyFields({ form, policy: { state, error } }: PolicyFieldsProps) {
  const session = useSession()
  const { policy, policyDocument, policyNames } = form.values
  const { findings } = usePolicyFindings(policyDocument)
  const [isOpen, setOpen] = useState(false)
  const chosen = OPTIONS.find(({ value }) => value === policy)
  return (
    <SpaceBetween size="m">
      <SelectField
        field={{
          ...form.field('policy'),
          set: (id) => {
            const template = FOR_DEVICES.find((each) => each.id === id)
            form.change({
              policy: id,
              ...(template && {
                policyName: id === 'blank' ? 'connect-only' : id,
                policyDocument: documentOf(template, session),
              }),
            })
          },
        }}
        label="What it may do"
        description={chosen?.description}
        options={OPTIONS}
      />
      {policy === 'existing' ? (
        <FieldRow field={form.field('policyNames')} label="Policies">
          <PoliciesPicker
            label="Policies"
            value={policyNames}
            onChange={(names) => form.change({ policyNames: names })}
          />
        </FieldRow>
      ) : (
        <>
          <TextField
            field={form.field('policyName')}
            label="Name of the policy"
            description="It names the thing by variables: the next device can have the same one."
          />
          {error && <ErrorAlert error={error} what="Whether there is a policy of this name could not be read" />}
          <div role="status">
            {state === 'free' && (
              <StatusIndicator type="success">The name is free: the policy is made.</StatusIndicator>
            )}
            {state === 'same' && (
              <StatusIndicator type="success">
                A policy of this name is there, and says the same: it is used.
              </StatusIndicator>
            )}
            {state === 'other' && (
              <StatusIndicator type="error">
                A policy of this name is there, and says something else. Choose another name, or ‘Policies that are
                there’.
              </StatusIndicator>
            )}
          </div>
          <ExpandableSection
            headerText={`Document: ${findingsWords(findings.length)}`}
            expanded={isOpen}
            onChange={({ detail }) => setOpen(detail.expanded)}
          >
            {/* The editor is large, and most people want the template as it is. */}
            {isOpen && (
              <PolicyEditor
                label="Document"
                value={policyDocument}
                onChange={(text) => form.change({ policyDocument: text })}
              />
            )}
          </ExpandableSection>
        </>
      )}
    </SpaceBetween>
  )
}

function findingsWords(count: number): string {
  if (count === 0) return 'nothing is found to be wrong with it'
  return count === 1 ? '1 finding' : `${formatCount(count)} findings`
}
