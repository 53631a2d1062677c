import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { formatCounted } from '../format.ts'
import { isNotFound } from '../http.ts'
import { paths } from '../paths.ts'
import { visible } from '../text/visible.tsx'
import { certificateDetailQuery } from './certificate-detail-query.ts'
import { shortCertificateId } from './certificate-id.ts'
import { CertificateLink } from './certificate-link.tsx'
import { isSignedBy } from './read-certificate.ts'
import { registeredSignerQuery } from './registered-signer.ts'

/** Whether the account has a certificate already: AWS registers each once. */
export function IsRegistered({ certificateId }: { readonly certificateId: string }) {
  const { data, error } = useQuery({ ...certificateDetailQuery(certificateId), retry: false })
  if (data) {
    return (
      <StatusIndicator type="error">
        It is registered already, and {data.status}: <CertificateLink certificateId={certificateId} />
      </StatusIndicator>
    )
  }
  if (!error) return <StatusIndicator type="loading">Looking whether it is registered already</StatusIndicator>
  return isNotFound(error) ? (
    <StatusIndicator type="success">It is not registered in this account and region yet.</StatusIndicator>
  ) : (
    <StatusIndicator type="warning">
      Whether it is registered already is not known: {visible(error.message)}
    </StatusIndicator>
  )
}

interface SignedByProps {
  readonly pem: string
  readonly caPem: string
  readonly issuer: string
}

/** Which CA signed it: the one of the form, where it names one, and else the registered ones. */
export function SignedBy({ pem, caPem, issuer }: SignedByProps) {
  return caPem.trim() === '' ? (
    <SignedByRegistered pem={pem} issuer={issuer} />
  ) : (
    <SignedByGiven pem={pem} caPem={caPem} />
  )
}

function SignedByGiven({ pem, caPem }: Pick<SignedByProps, 'pem' | 'caPem'>) {
  const { data, error } = useQuery({
    queryKey: ['signed by', pem, caPem],
    queryFn: () => isSignedBy(pem, caPem),
    staleTime: Number.POSITIVE_INFINITY, // certificates never change
    retry: false,
  })
  if (error)
    return <StatusIndicator type="error">The certificate of the CA cannot be decoded: {error.message}</StatusIndicator>
  if (data === undefined) return <StatusIndicator type="loading">Checking the signature of the CA</StatusIndicator>
  return data ? (
    <StatusIndicator type="success">The CA whose certificate is given signed it.</StatusIndicator>
  ) : (
    <StatusIndicator type="error">The CA whose certificate is given did not sign it.</StatusIndicator>
  )
}

function SignedByRegistered({ pem, issuer }: Pick<SignedByProps, 'pem' | 'issuer'>) {
  const { data, error } = useQuery(registeredSignerQuery(pem))
  if (error)
    return (
      <StatusIndicator type="warning">
        Whether a registered CA signed it is not known: {visible(error.message)}
      </StatusIndicator>
    )
  if (!data) return <StatusIndicator type="loading">Looking which registered CA signed it</StatusIndicator>
  const { authority, looked, isAll } = data
  if (authority) {
    const { certificateId, status } = authority
    const isActive = status === 'ACTIVE'
    return (
      <StatusIndicator type={isActive ? 'success' : 'error'}>
        The registered CA{' '}
        <Link href={paths.certificateAuthority(certificateId)}>
          <span className="td-mono">{shortCertificateId(certificateId)}</span>
        </Link>{' '}
        signed it{isActive ? '.' : `, and is ${status}: it has to be active for a certificate to be registered.`}
      </StatusIndicator>
    )
  }
  return isAll ? (
    <StatusIndicator type="error">
      No registered CA signed it (issuer {visible(issuer)}):{' '}
      <Link href={paths.certificateAuthorities()}>register its CA</Link> first, or register it without a CA.
    </StatusIndicator>
  ) : (
    <StatusIndicator type="warning">
      None of the first {formatCounted(looked, 'registered CA')} signed it; the others were not looked at.
    </StatusIndicator>
  )
}
