import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { DomainConfiguration } from '@thingdeck/contract'
import { authorizerQuery } from '../../shared/authorizers/authorizer-queries.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { isNotFound } from '../../shared/http.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { domainConfigurationQuery } from './api.ts'
import { DomainFacts, DomainStatus } from './components/domain-facts.tsx'
import { whyNotDeleted } from './deletion-rule.ts'
import type { DomainConfigurationSearch } from './search.ts'
import { useDomainActions } from './use-domain-actions.tsx'

interface DomainConfigurationPageProps extends SearchProps<DomainConfigurationSearch> {
  readonly domainConfigurationName: string
}

export function DomainConfigurationPage({ domainConfigurationName, search, setSearch }: DomainConfigurationPageProps) {
  const query = useQuery(domainConfigurationQuery(domainConfigurationName))
  const { actionsFor, dialog } = useDomainActions()
  return (
    <>
      <DetailsPage
        title={domainConfigurationName}
        breadcrumbs={[
          { text: 'Domain configurations', href: paths.domainConfigurations() },
          { text: domainConfigurationName, href: paths.domainConfiguration(domainConfigurationName) },
        ]}
        what="domain configuration"
        status={query.data && <DomainStatus status={query.data.status} />}
        query={query}
        notFound={`There is no domain configuration named ${domainConfigurationName}`}
        actions={query.data ? actionsFor(query.data) : []}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (configuration) => (
              <SpaceBetween size="m">
                <Warnings configuration={configuration} />
                <Container header={<Header variant="h2">Settings</Header>}>
                  <DomainFacts configuration={configuration} />
                </Container>
              </SpaceBetween>
            ),
          },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ domainConfigurationArn }) => (
              <ResourceTags
                resourceArn={domainConfigurationArn}
                what={`the domain configuration ${domainConfigurationName}`}
              />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {dialog}
    </>
  )
}

/** What keeps clients from connecting, and when it can be deleted. */
function Warnings({ configuration }: { readonly configuration: DomainConfiguration }) {
  const { status, serverCertificates, authorizer } = configuration
  const name = authorizer?.defaultAuthorizerName
  const asked = useQuery({ ...authorizerQuery(name ?? ''), enabled: name !== undefined })
  const isGone = isNotFound(asked.error)
  const invalid = serverCertificates.filter((each) => each.status === 'INVALID')
  const untilWhen = whyNotDeleted(configuration, serverNow())
  return (
    <SpaceBetween size="s">
      {status === 'DISABLED' && (
        <Alert type="info" header="It is disabled: whoever connects to it is refused">
          {untilWhen ?? 'It can be deleted.'}
        </Alert>
      )}
      {invalid.map(({ serverCertificateArn, detail }) => (
        <Alert key={serverCertificateArn} type="error" header="Its server certificate is INVALID">
          {detail ?? 'AWS IoT does not say why.'} Have ACM renew it, or import a new one in its place.
        </Alert>
      ))}
      {isGone && (
        <Alert type="error" header={`Its authorizer ${name} is gone`}>
          Whoever connects by it is refused: choose another one.
        </Alert>
      )}
      {asked.data?.status === 'INACTIVE' && (
        <Alert type="error" header={`Its authorizer ${name} is INACTIVE`}>
          Whoever connects by it is refused: activate the authorizer, or choose another one.
        </Alert>
      )}
    </SpaceBetween>
  )
}
