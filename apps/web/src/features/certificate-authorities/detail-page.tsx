import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { CertificateAuthority } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { shortCertificateId, toTypeOf } from '../../shared/certificate/certificate-id.ts'
import { CertificateStatus, CertificateValidity } from '../../shared/certificate/certificate-state.tsx'
import { CertificateTab } from '../../shared/certificate/certificate-tab.tsx'
import { AUTHORITIES } from '../../shared/certificate/certificates-key.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Facts } from '../../shared/details/facts.tsx'
import { paths } from '../../shared/paths.ts'
import { PlanDialog } from '../../shared/plan/plan-dialog.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { Age } from '../../shared/time.tsx'
import { authorityQuery } from './api.ts'
import { type AuthorityAct, authorityPlan, consequencesOf } from './authority-plans.ts'
import { AuthorityTemplate } from './components/authority-template.tsx'
import type { CertificateAuthoritySearch } from './search.ts'

interface CertificateAuthorityPageProps extends SearchProps<CertificateAuthoritySearch> {
  readonly certificateId: string
}

export function CertificateAuthorityPage({ certificateId, search, setSearch }: CertificateAuthorityPageProps) {
  const query = useQuery(authorityQuery(certificateId))
  const [act, setAct] = useState<AuthorityAct>()
  const { data } = query
  return (
    <>
      <DetailsPage
        title={`CA certificate ${shortCertificateId(certificateId)}`}
        breadcrumbs={[
          { text: 'CA certificates', href: paths.certificateAuthorities() },
          { text: shortCertificateId(certificateId), href: paths.certificateAuthority(certificateId) },
        ]}
        status={data && <CertificateStatus status={data.status} />}
        what="CA certificate"
        query={query}
        notFound="No CA certificate of this id is registered in this account"
        actions={data ? actionsOn(data, setAct) : []}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (authority) => (
              <SpaceBetween size="m">
                <Container header={<Header variant="h2">Registration</Header>}>
                  <AuthorityFacts authority={authority} />
                </Container>
                <AuthorityTemplate authority={authority} />
              </SpaceBetween>
            ),
          },
          {
            id: 'decoded',
            label: 'Decoded',
            content: (authority) => (
              <CertificateTab pem={authority.certificatePem} fileName={`ca-${certificateId.slice(0, 10)}.pem`} />
            ),
          },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ certificateArn }) => (
              <ResourceTags
                resourceArn={certificateArn}
                what={`the CA certificate ${shortCertificateId(certificateId)}`}
              />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {act && data && <ActDialog act={act} authority={data} onClose={() => setAct(undefined)} />}
    </>
  )
}

interface ActDialogProps {
  readonly act: AuthorityAct
  readonly authority: CertificateAuthority
  readonly onClose: () => void
}

function ActDialog({ act, authority, onClose }: ActDialogProps) {
  const client = useQueryClient()
  const { history } = useRouter()
  const { action, ...plan } = authorityPlan(act, authority)
  return (
    <PlanDialog
      header={plan.title}
      action={action}
      plan={{
        ...plan,
        onChange: () => void client.invalidateQueries({ queryKey: AUTHORITIES }),
        ...(act === 'delete' && { onDone: () => history.push(paths.certificateAuthorities()) }),
      }}
      consequences={consequencesOf(act)}
      {...(act === 'delete' && toTypeOf(authority.certificateId))}
      onClose={onClose}
    />
  )
}

function actionsOn(authority: CertificateAuthority, onAct: (act: AuthorityAct) => void): Action[] {
  const isActive = authority.status === 'ACTIVE'
  const action = (id: AuthorityAct, text: string): Action => ({ id, text, needs: 'admin', onAction: () => onAct(id) })
  return [
    action('delete', 'Delete CA certificate'),
    authority.autoRegistration
      ? action('stopRegistering', 'Stop registering by itself')
      : action('register', 'Register by itself'),
    isActive ? action('deactivate', 'Deactivate CA certificate') : action('activate', 'Activate CA certificate'),
    {
      id: 'certificates',
      text: 'Show certificates that it signed',
      href: paths.certificates({ ca: authority.certificateId }),
    },
  ]
}

function AuthorityFacts({ authority }: { readonly authority: CertificateAuthority }) {
  const { certificateId, certificateArn, mode, autoRegistration, template, notBefore, notAfter } = authority
  const { createdAt, changedAt } = authority
  return (
    <Facts
      facts={[
        { label: 'CA certificate id', copy: certificateId },
        { label: 'ARN', copy: certificateArn },
        { label: 'Validity', value: <CertificateValidity notBefore={notBefore} notAfter={notAfter} /> },
        {
          label: 'Mode',
          value:
            mode === 'SNI_ONLY'
              ? 'SNI_ONLY: other accounts and regions may register it, too; devices have to send SNI'
              : 'DEFAULT: this account alone has it in this region',
        },
        {
          label: 'Certificates that it signed',
          value: autoRegistration
            ? `are registered when their device connects first${template ? ', and provisioned by a template' : '; they are PENDING_ACTIVATION then'}`
            : 'have to be registered before their device connects',
        },
        createdAt === undefined ? undefined : { label: 'Registered', value: <Age atMs={Date.parse(createdAt)} /> },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
      ]}
    />
  )
}
