import Link from '@cloudscape-design/components/link'
import type { CertificateLook } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { VisibleText } from '../../../shared/text/visible.tsx'

/** Who signed it, as the certificate itself says; a registered CA leads to the others of it. */
export function CertificateIssuer({ look: { issuer, caCertificateId } }: { readonly look: CertificateLook }) {
  const words = issuer === undefined ? 'Not read' : <VisibleText text={issuer} />
  return caCertificateId === undefined ? words : <Link href={paths.certificates({ ca: caCertificateId })}>{words}</Link>
}
