import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { CERTIFICATE_WHYS, type CertificateDetail } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import { CertificateStatus } from '../../shared/certificate/certificate-state.tsx'
import { CertificateTab } from '../../shared/certificate/certificate-tab.tsx'
import { CERTIFICATES } from '../../shared/certificate/certificates-key.ts'
import { ResourceChanges } from '../../shared/changes/resource-changes.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { certificateDetailQuery, connectsQuery } from './api.ts'
import { AttachedPolicies } from './components/attached-policies.tsx'
import { AttachedThings } from './components/attached-things.tsx'
import { CertificateFacts } from './components/certificate-facts.tsx'
import { CertificateWarnings } from './components/certificate-warnings.tsx'
import { SeenClients } from './components/seen-clients-list.tsx'
import type { CertificateSearch } from './search.ts'
import { type ClientsByLog, clientsByLog } from './seen-clients.ts'
import { useCertificateActions } from './use-certificate-actions.tsx'

interface CertificatePageProps extends SearchProps<CertificateSearch> {
  readonly certificateId: string
}

export function CertificatePage({ certificateId, search, setSearch }: CertificatePageProps) {
  const query = useQuery(certificateDetailQuery(certificateId))
  const { actionsFor, dialog } = useCertificateActions()
  const title = `Certificate ${shortCertificateId(certificateId)}`
  return (
    <>
      <DetailsPage
        title={title}
        breadcrumbs={[
          { text: 'Certificates', href: paths.certificates() },
          { text: shortCertificateId(certificateId), href: paths.certificate(certificateId) },
        ]}
        what="certificate"
        query={query}
        notFound="The account has no certificate of this id"
        status={query.data && <CertificateStatus status={query.data.status} />}
        actions={[
          ...(query.data ? actionsFor(certificateId, query.data.status) : []).filter(
            ({ whyNot, id }) => whyNot === undefined || id === 'delete',
          ),
          ...linksOf(certificateId, query.data),
        ]}
        tabs={[
          { id: 'overview', label: 'Overview', content: (certificate) => <Overview certificate={certificate} /> },
          {
            id: 'decoded',
            label: 'Decoded',
            content: (certificate) => (
              <CertificateTab pem={certificate.certificatePem} fileName={shortFileName(certificateId)} />
            ),
          },
          {
            id: 'changes',
            label: 'Changes',
            content: <ResourceChanges type="certificate" id={certificateId} under={CERTIFICATES} />,
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {dialog}
    </>
  )
}

/** Where else there is something of it. */
function linksOf(certificateId: string, certificate: CertificateDetail | undefined): readonly Action[] {
  const things = (certificate?.look?.things ?? []).map(({ thingName }) => thingName)
  return [
    {
      id: 'rotate',
      text: 'Rotate',
      needs: 'admin',
      whyNot: things.length === 0 ? 'It is on no thing: a rotation is of things.' : undefined,
      href: paths.createCertificateRotation({ things }),
    },
    { id: 'simulate', text: 'Simulate', href: paths.simulator({ certificate: certificateId }) },
    { id: 'refusals', text: 'Show refusals', href: paths.refusals({ principal: certificateId }) },
  ]
}

const shortFileName = (certificateId: string) => `${certificateId.slice(0, 10)}.cert.pem`

/** The index knows of connections by things' names alone; the log names the certificate. */
function withLog(certificate: CertificateDetail, byLog: ClientsByLog): CertificateDetail {
  const { look } = certificate
  if (!look || typeof byLog === 'string') return certificate
  const isSeen = byLog.some(({ connects }) => connects > 0)
  const isShared = byLog.filter(({ isConnected }) => isConnected).length > 1
  const whys = new Set(look.whys)
  if (isSeen) whys.delete('neverSeen')
  if (isShared) whys.add('shared')
  // The worst first, as without the log.
  return { ...certificate, look: { ...look, whys: CERTIFICATE_WHYS.filter((why) => whys.has(why)) } }
}

function Overview({ certificate: found }: { readonly certificate: CertificateDetail }) {
  const certificate = withLog(found, clientsByLog(useQuery(connectsQuery(found.certificateId))))
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Certificate</Header>}>
        <SpaceBetween size="m">
          <CertificateWarnings certificate={certificate} />
          <CertificateFacts certificate={certificate} />
        </SpaceBetween>
      </Container>
      <AttachedThings certificate={certificate} />
      <AttachedPolicies certificate={certificate} />
      <SeenClients certificateId={certificate.certificateId} />
    </SpaceBetween>
  )
}
