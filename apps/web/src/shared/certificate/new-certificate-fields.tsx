import { type ComponentProps, lazy, Suspense } from 'react'
import { SelectField, TextField } from '../form/fields.tsx'
import { PemField } from '../form/pem-field.tsx'
import type { Field } from '../form/use-form.ts'
import { Loading } from '../ui/loading.tsx'
import { useDebounced } from '../use-debounced.ts'
import { KEY_KINDS } from './key-kinds.ts'
import { type NewCertificate, WAY_WORDS, WAYS } from './new-certificate.ts'

type Named = Pick<NewCertificate, 'keyKind' | 'commonName' | 'requestPem' | 'certificatePem' | 'caCertificatePem'>

interface NewCertificateFieldsProps {
  /** What there is for each way; left out for one that makes no certificate. */
  readonly way: NewCertificate['way'] | undefined
  readonly fields: { readonly [K in Exclude<keyof Named, 'commonName'>]: Field<Named[K]> } & {
    /** Left out: the page knows it. */
    readonly commonName?: Field<string>
  }
}

/** The choices of how a certificate comes about. */
export const WAY_OPTIONS = WAYS.map((value) => ({
  value,
  label: WAY_WORDS[value].label,
  description: WAY_WORDS[value].description,
}))

/** What a certificate that is made in this way, or registered, needs to be told. */
export function NewCertificateFields({ way, fields }: NewCertificateFieldsProps) {
  return (
    <>
      {way === 'browser' && (
        <SelectField
          field={fields.keyKind}
          label="Key"
          description="Elliptic curves are smaller and faster on devices; RSA is for those that know nothing else."
          options={KEY_KINDS.map((value) => ({ value, label: value }))}
        />
      )}
      {way === 'browser' && fields.commonName && (
        <TextField
          field={fields.commonName}
          label="Common name"
          description="In the certificate. Policies can ask for it as iot:Certificate.Subject.CommonName."
        />
      )}
      {way === 'csr' && (
        <PemField
          field={fields.requestPem}
          label="Certificate signing request"
          description="PKCS #10 as PEM, of an RSA key of at least 2048 bits or a key on P-256, P-384 or P-521."
          rows={10}
          placeholder="-----BEGIN CERTIFICATE REQUEST-----"
        />
      )}
      {(way === 'ca' || way === 'without-ca') && (
        <PemField
          field={fields.certificatePem}
          label="Certificate"
          description="As PEM."
          rows={10}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      )}
      {way === 'ca' && (
        <PemField
          field={fields.caCertificatePem}
          label="Certificate of the CA, optional"
          description="Needed where several registered CAs have the same subject."
          rows={6}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      )}
      {(way === 'ca' || way === 'without-ca') && (
        <Pasted
          pem={fields.certificatePem.value}
          caPem={way === 'ca' ? fields.caCertificatePem.value : ''}
          needsAuthority={way === 'ca'}
        />
      )}
    </>
  )
}

/** What reads certificates is large, and needed for what is pasted alone. */
const PastedCertificate = lazy(async () => ({
  default: (await import('./pasted-certificate.tsx')).PastedCertificate,
}))

const WHOLE = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[^-]+-----END [A-Z0-9 ]*CERTIFICATE-----/

/** Shown as soon as the text has a whole certificate. */
function Pasted(props: ComponentProps<typeof PastedCertificate>) {
  const [pem] = WHOLE.exec(useDebounced(props.pem, QUIET_MS)) ?? []
  const caPem = useDebounced(props.caPem, QUIET_MS)
  if (pem === undefined) return null
  return (
    <Suspense fallback={<Loading what="certificate" />}>
      <PastedCertificate {...props} pem={pem} caPem={caPem} />
    </Suspense>
  )
}

const QUIET_MS = 250
