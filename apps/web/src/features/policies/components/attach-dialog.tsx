import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type Policy } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { FieldRow, RadioField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { type Field, useForm } from '../../../shared/form/use-form.ts'
import { FoundCertificatePicker } from '../../../shared/pickers/found-certificate-picker.tsx'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { policiesChanged } from '../api.ts'
import { type TargetKind, targetOf, targetProblem } from '../policy-target.ts'

interface AttachDialogProps {
  readonly policy: Policy
  readonly onClose: () => void
}

interface Values {
  readonly kind: TargetKind
  readonly target: string
}

const KINDS = [
  { value: 'certificate', label: 'A certificate', description: 'Up to 10 policies can be attached to one.' },
  {
    value: 'thing-group',
    label: 'A thing group',
    description: 'Holds for all things in it, and in the groups below it. Up to 2 policies can be attached to one.',
  },
  { value: 'cognito-identity', label: 'A Cognito identity', description: 'Of a person or an app.' },
] as const

const LABELS: Readonly<Record<TargetKind, string>> = {
  certificate: 'Certificate id or ARN',
  'thing-group': 'Thing group',
  'cognito-identity': 'Identity id',
}

export function AttachDialog({ policy: { policyName, policyArn }, onClose }: AttachDialogProps) {
  const client = useQueryClient()
  const { flash } = useFlash()
  const form = useForm<Values>({
    initial: { kind: 'certificate', target: '' },
    rules: { target: (text, { kind }) => targetProblem(kind, text) },
    fieldsOfCodes: {
      ResourceNotFoundException: 'target',
      InvalidRequestException: 'target',
      LimitExceededException: 'target',
    },
    submit: ({ kind, target }) =>
      api(endpoints.attachPolicy, { params: { policyName }, body: { target: targetOf(policyArn, kind, target) } }),
    onDone: () => {
      void policiesChanged(client)
      flash({ id: `attached ${policyName}`, type: 'success', header: `The policy ${policyName} was attached` })
      onClose()
    },
  })
  const { kind } = form.values
  return (
    <FormDialog
      form={form}
      header={`Attach the policy ${policyName}`}
      action="Attach policy"
      failure="The policy could not be attached"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <RadioField field={form.field('kind')} label="To" options={KINDS} />
      <TargetField kind={kind} field={form.field('target')} />
    </FormDialog>
  )
}

interface TargetFieldProps {
  readonly kind: TargetKind
  readonly field: Field<string>
}

/** What it is attached to: found by a part of it, where AWS lists such. */
function TargetField({ kind, field }: TargetFieldProps) {
  if (kind === 'cognito-identity') return <TextField field={field} label={LABELS[kind]} />
  return (
    <FieldRow field={field} label={LABELS[kind]}>
      {kind === 'certificate' ? (
        <FoundCertificatePicker value={field.value} onChange={field.set} onBlur={field.leave} />
      ) : (
        <ThingGroupPicker value={field.value} onChange={field.set} onBlur={field.leave} />
      )}
    </FieldRow>
  )
}
