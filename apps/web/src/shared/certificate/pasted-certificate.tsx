import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '../details/facts.tsx'
import { formatDateTime, useNow } from '../time.tsx'
import { decodedCertificateQuery } from './decoded-certificate-query.ts'
import { expiryInWords } from './expiry.ts'
import { IsRegistered, SignedBy } from './pasted-findings.tsx'
import type { DecodedCertificate } from './read-certificate.ts'

interface PastedCertificateProps {
  readonly pem: string
  /** As it stands in the form; empty: whichever registered one signed it. */
  readonly caPem: string
  /** AWS asks for a registered CA. */
  readonly needsAuthority: boolean
}

/** A certificate that is to be registered, as it says itself, and what is the matter with it: before AWS is asked. */
export function PastedCertificate({ pem, caPem, needsAuthority }: PastedCertificateProps) {
  const { data, error } = useQuery(decodedCertificateQuery(pem))
  if (error) {
    return <StatusIndicator type="error">This cannot be decoded as a certificate: {error.message}</StatusIndicator>
  }
  if (!data) return null
  return (
    <Container header={<Header variant="h3">The certificate as it says itself</Header>}>
      <SpaceBetween size="s">
        <Findings decoded={data} pem={pem} caPem={caPem} needsAuthority={needsAuthority} />
        <Facts
          facts={[
            { label: 'Subject', copy: data.subject },
            { label: 'Issuer', copy: data.issuer },
            { label: 'Public key', value: data.key },
            { label: 'Signature', value: data.signature },
            { label: 'Valid from', value: formatDateTime(data.notBefore.getTime()) },
            { label: 'Valid until', value: formatDateTime(data.notAfter.getTime()) },
            { label: 'SHA-256 fingerprint', copy: data.fingerprintSha256, what: 'the SHA-256 fingerprint' },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}

interface FindingsProps extends PastedCertificateProps {
  readonly decoded: DecodedCertificate
}

function Findings({ decoded, pem, caPem, needsAuthority }: FindingsProps) {
  const { notBefore, notAfter, key, signature, isWeak, isAuthority, fingerprintSha256 } = decoded
  const validity = expiryInWords(notBefore.toISOString(), notAfter.toISOString(), useNow(60_000))
  return (
    <Box variant="div">
      <ul className="td-plain-list" aria-label="What is known of the certificate">
        <li>
          <IsRegistered certificateId={fingerprintSha256.replaceAll(':', '').toLowerCase()} />
        </li>
        {needsAuthority && (
          <li>
            <SignedBy pem={pem} caPem={caPem} issuer={decoded.issuer} />
          </li>
        )}
        <li>
          <StatusIndicator type={validity.type}>
            {validity.type === 'error'
              ? `It ${validity.text}: no device can connect with it.`
              : validity.type === 'pending'
                ? `It is ${validity.text}: no device can connect with it before.`
                : `It ${validity.text}.`}
          </StatusIndicator>
        </li>
        {isWeak && (
          <li>
            <StatusIndicator type="warning">
              Its key or signature is weak ({key}, {signature}): somebody may find out the key, or forge the
              certificate.
            </StatusIndicator>
          </li>
        )}
        {isAuthority && (
          <li>
            <StatusIndicator type="warning">
              It may sign other certificates: it is that of a CA, and hardly one of a device.
            </StatusIndicator>
          </li>
        )}
      </ul>
    </Box>
  )
}
