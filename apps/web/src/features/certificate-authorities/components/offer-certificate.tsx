import { CertificateId, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { CertificateField } from '../../../shared/certificate/certificate-field.tsx'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'

/** Says first what AWS wants of a certificate that is to go. */
export function OfferCertificate({ onClose }: { readonly onClose: () => void }) {
  const form = useForm({
    initial: { certificateId: '', targetAccount: '', message: '' },
    limits: {
      certificateId: limitsOf(CertificateId, 'the 64 hexadecimal digits of a certificate id'),
      targetAccount: { isRequired: true, pattern: /^[0-9]{12}$/, words: 'the 12 digits of an account' },
      message: { maxLength: 128 },
    },
    fieldsOfCodes: { ResourceNotFoundException: 'certificateId', CertificateStateException: 'certificateId' },
    submit: ({ message, ...body }) =>
      api(endpoints.transferCertificate, { body: { ...body, ...(message !== '' && { message }) } }),
    onDone: onClose,
  })
  return (
    <FormDialog
      form={form}
      header="Offer a certificate to another account"
      action="Offer certificate"
      failure="The certificate could not be offered"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <Consequences
        list={[
          'It has to be INACTIVE first, attached to no thing, and without policies.',
          'It is PENDING_TRANSFER until the other account takes it or sends it back, or you take it back. Nobody can connect with it meanwhile.',
          'Once it is taken it is gone from this account.',
        ]}
      />
      <CertificateField field={form.field('certificateId')} />
      <TextField field={form.field('targetAccount')} label="Account" placeholder="123456789012" inputMode="numeric" />
      <TextField field={form.field('message')} label="Message" description="Read by the other account." />
    </FormDialog>
  )
}
