import { CertificatePemField } from '../../../shared/certificate/certificate-pem-field.tsx'

interface CertificateFieldProps {
  readonly onRead: (pseudo: Readonly<Record<string, string>>, pem: string) => void
}

/** A certificate whose subject gives the parameters. It is read in the browser and sent nowhere. */
export function CertificateField({ onRead }: CertificateFieldProps) {
  return (
    <CertificatePemField
      label="Certificate of the device"
      description="As PEM. Its subject gives the parameters; it is read in this browser and sent nowhere."
      onPem={async (pem) => {
        const { subjectParameters } = await import('./subject-parameters.ts') // what reads certificates is large
        onRead(await subjectParameters(pem), pem)
      }}
    />
  )
}
