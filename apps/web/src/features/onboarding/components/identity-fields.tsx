import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { CertificateField } from '../../../shared/certificate/certificate-field.tsx'
import { WAY_WORDS } from '../../../shared/certificate/new-certificate.ts'
import { NewCertificateFields, WAY_OPTIONS } from '../../../shared/certificate/new-certificate-fields.tsx'
import { SelectField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import type { NewDevice } from '../new-device.ts'
import type { ThereIsCertificate } from '../use-there.ts'

const EXISTING = {
  value: 'existing' as const,
  label: 'A certificate that is there',
  description: 'The device has its private key already.',
}

interface IdentityFieldsProps {
  readonly form: Form<NewDevice>
  readonly certificate: ThereIsCertificate
}

/** By what AWS IoT will know the device. */
export function IdentityFields({ form, certificate: { status, whyNot } }: IdentityFieldsProps) {
  const { way } = form.values
  return (
    <SpaceBetween size="m">
      <SelectField
        field={form.field('way')}
        label="Key and certificate"
        description={way === 'existing' ? EXISTING.description : WAY_WORDS[way].description}
        options={[...WAY_OPTIONS, EXISTING]}
      />
      <NewCertificateFields
        way={way === 'existing' ? undefined : way}
        fields={{
          keyKind: form.field('keyKind'),
          requestPem: form.field('requestPem'),
          certificatePem: form.field('certificatePem'),
          caCertificatePem: form.field('caCertificatePem'),
        }}
      />
      {way === 'existing' && (
        <>
          <CertificateField field={form.field('certificateId')} />
          <div role="status">
            {whyNot !== undefined && <StatusIndicator type="error">{whyNot}</StatusIndicator>}
            {whyNot === undefined && status !== undefined && (
              <StatusIndicator type={status === 'ACTIVE' ? 'success' : 'info'}>
                {status === 'ACTIVE' ? 'It is active.' : 'It is inactive, and will be activated.'}
              </StatusIndicator>
            )}
          </div>
        </>
      )}
    </SpaceBetween>
  )
}
