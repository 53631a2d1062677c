import Link from '@cloudscape-design/components/link'
import { paths } from '../paths.ts'
import { shortCertificateId } from './certificate-id.ts'

/** A certificate's short id, which leads to its page. */
export const CertificateLink = ({ certificateId }: { readonly certificateId: string }) => (
  <Link href={paths.certificate(certificateId)}>
    <span className="td-mono">{shortCertificateId(certificateId)}</span>
  </Link>
)
