import Badge from '@cloudscape-design/components/badge'
import { isConsoleClient } from '@thingdeck/contract'
import { isCertificateId } from '../../../shared/certificate/certificate-id.ts'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'

/** By what a client has shown who it is: a certificate, which has a page, or a role and its session. */
export function Principal({ principalId }: { readonly principalId: string | undefined }) {
  if (principalId === undefined) return '–'
  if (isCertificateId(principalId)) return <CertificateLink certificateId={principalId} />
  return (
    <span className="td-mono">
      <NameText text={principalId} />
    </span>
  )
}

/** Marks the MQTT sessions of people at a console: no device can have such a client id. */
export const ConsoleMark = ({ clientId }: { readonly clientId: string }) =>
  isConsoleClient(clientId) && (
    <span title="The MQTT session of somebody who sits at a console. Policies give such client ids to nobody else.">
      <Badge>console</Badge>
    </span>
  )
