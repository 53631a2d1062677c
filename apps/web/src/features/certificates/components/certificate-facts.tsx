import type { CertificateDetail } from '@thingdeck/contract'
import { CertificateStatus, CertificateValidity } from '../../../shared/certificate/certificate-state.tsx'
import { Facts } from '../../../shared/details/facts.tsx'
import { Age } from '../../../shared/time.tsx'
import { PolicyNames, ThingNames } from './attached-names.tsx'
import { CertificateIssuer } from './certificate-issuer.tsx'
import { LastConnection } from './last-connection.tsx'

const MODES: Readonly<Record<string, string>> = {
  DEFAULT: 'DEFAULT: its CA is registered, or it is AWS IoT’s own',
  SNI_ONLY: 'SNI_ONLY: registered without a CA; devices must send the server name',
}

const ageOf = (at: string | undefined) => (at === undefined ? undefined : <Age atMs={Date.parse(at)} />)

/** What AWS has of a certificate. */
export function CertificateFacts({ certificate }: { readonly certificate: CertificateDetail }) {
  const { certificateId, certificateArn, status, createdAt, changedAt, mode, previousOwnedBy, look } = certificate
  return (
    <Facts
      facts={[
        { label: 'Status', value: <CertificateStatus status={status} /> },
        look && {
          label: 'Validity',
          value: <CertificateValidity notBefore={look.notBefore} notAfter={look.notAfter} />,
        },
        look && { label: 'Last connection', value: <LastConnection look={look} /> },
        look && { label: 'Things', value: <ThingNames things={look.things} count={look.thingCount} /> },
        look && { label: 'Policies', value: <PolicyNames policyNames={look.policyNames} /> },
        look && { label: 'Issuer', value: <CertificateIssuer look={look} /> },
        look && { label: 'Subject', value: look.subject },
        look && { label: 'Key', value: look.key },
        { label: 'Certificate id', copy: certificateId },
        { label: 'ARN', copy: certificateArn },
        { label: 'Registered', value: ageOf(createdAt) },
        { label: 'Changed', value: ageOf(changedAt) },
        { label: 'Mode', value: mode === undefined ? undefined : (MODES[mode] ?? mode) },
        previousOwnedBy === undefined ? undefined : { label: 'Transferred from account', copy: previousOwnedBy },
      ]}
    />
  )
}
