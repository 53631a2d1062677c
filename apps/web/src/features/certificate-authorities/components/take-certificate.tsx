import { CertificateId, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { RadioField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'

const ANSWERS = [
  { value: 'active', label: 'Accept it, and activate it' },
  { value: 'inactive', label: 'Accept it, and leave it inactive' },
  { value: 'reject', label: 'Reject it: it goes back to the account that offers it' },
] as const

interface Values {
  readonly certificateId: string
  readonly answer: (typeof ANSWERS)[number]['value']
  readonly reason: string
}

/** What another account offers is taken, or sent back. */
export function TakeCertificate({ onClose }: { readonly onClose: () => void }) {
  const form = useForm<Values>({
    initial: { certificateId: '', answer: 'inactive', reason: '' },
    limits: {
      certificateId: limitsOf(CertificateId, 'the 64 hexadecimal digits of a certificate id'),
      reason: { maxLength: 128 },
    },
    fieldsOfCodes: { ResourceNotFoundException: 'certificateId', TransferAlreadyCompletedException: 'certificateId' },
    submit: ({ certificateId, answer, reason }) =>
      answer === 'reject'
        ? api(endpoints.rejectCertificateTransfer, {
            params: { certificateId },
            body: { ...(reason !== '' && { reason }) },
          })
        : api(endpoints.acceptCertificateTransfer, {
            params: { certificateId },
            body: { setAsActive: answer === 'active' },
          }),
    onDone: onClose,
  })
  const isRejecting = form.values.answer === 'reject'
  return (
    <FormDialog
      form={form}
      header="Accept or reject a certificate of another account"
      action={isRejecting ? 'Reject certificate' : 'Accept certificate'}
      failure={isRejecting ? 'The certificate could not be rejected' : 'The certificate could not be accepted'}
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <TextField
        field={form.field('certificateId')}
        label="Certificate id"
        description="From whoever offers it. It has no thing and no policies here: attach them afterwards."
      />
      <RadioField field={form.field('answer')} label="Answer" options={ANSWERS} />
      {isRejecting && (
        <TextField field={form.field('reason')} label="Reason" description="Read by the account that offers it." />
      )}
    </FormDialog>
  )
}
