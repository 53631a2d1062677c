import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { authorizerQuery } from '../../shared/authorizers/authorizer-queries.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { AuthorizerCalls } from './components/authorizer-calls.tsx'
import { AuthorizerFacts, AuthorizerStatus } from './components/authorizer-facts.tsx'
import { AuthorizerUsesPanel } from './components/authorizer-uses.tsx'
import { FunctionPermission } from './components/function-permission.tsx'
import { PublicKeys } from './components/public-keys.tsx'
import type { AuthorizerSearch } from './search.ts'
import { useAuthorizerActions } from './use-authorizer-actions.tsx'

interface AuthorizerPageProps extends SearchProps<AuthorizerSearch> {
  readonly authorizerName: string
}

export function AuthorizerPage({ authorizerName, search, setSearch }: AuthorizerPageProps) {
  const query = useQuery(authorizerQuery(authorizerName))
  const { actions, dialog } = useAuthorizerActions(authorizerName, query.data)
  return (
    <>
      <DetailsPage
        title={authorizerName}
        breadcrumbs={[
          { text: 'Authorizers', href: paths.authorizers() },
          { text: authorizerName, href: paths.authorizer(authorizerName) },
        ]}
        what="authorizer"
        status={query.data && <AuthorizerStatus status={query.data.status} />}
        query={query}
        notFound={`There is no authorizer named ${authorizerName}`}
        actions={actions}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (authorizer) => (
              <SpaceBetween size="m">
                <Container header={<Header variant="h2">Settings</Header>}>
                  <AuthorizerFacts authorizer={authorizer} />
                </Container>
                <FunctionPermission authorizer={authorizer} />
                <AuthorizerUsesPanel authorizer={authorizer} />
                {!authorizer.signingDisabled && <PublicKeys keys={authorizer.tokenSigningPublicKeys} />}
              </SpaceBetween>
            ),
          },
          {
            id: 'calls',
            label: 'Last calls',
            content: (authorizer) => <AuthorizerCalls authorizer={authorizer} />,
          },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ authorizerArn }) => (
              <ResourceTags resourceArn={authorizerArn} what={`the authorizer ${authorizerName}`} />
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
