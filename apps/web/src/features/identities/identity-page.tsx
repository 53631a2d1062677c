import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Facts } from '../../shared/details/facts.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Age } from '../../shared/time.tsx'
import { identityPoolQuery, identityQuery } from './api.ts'
import { IdentityPolicies } from './components/identity-policies.tsx'
import { roleName } from './role-name.ts'
import type { IdentitySearch } from './search.ts'

interface IdentityPageProps extends SearchProps<IdentitySearch> {
  readonly identityPoolId: string
  readonly identityId: string
}

/** An identity: who it is, its IoT policies, and the way to ask what it may do. */
export function IdentityPage({ identityPoolId, identityId, search, setSearch }: IdentityPageProps) {
  const query = useQuery(identityQuery(identityId))
  const pool = useQuery(identityPoolQuery(identityPoolId))
  const isGuest = query.data?.logins.length === 0
  const roles = pool.data?.roles
  const role = isGuest ? roles?.unauthenticated : roles?.mappings.length === 0 ? roles.authenticated : undefined
  return (
    <DetailsPage
      title={identityId}
      breadcrumbs={[
        { text: 'Identities', href: paths.identityPools() },
        { text: pool.data?.name ?? identityPoolId, href: paths.identityPool(identityPoolId, { tab: 'identities' }) },
        { text: identityId, href: paths.identity(identityPoolId, identityId) },
      ]}
      what="identity"
      query={query}
      notFound={`Cognito knows no identity ${identityId}`}
      actions={[
        {
          id: 'simulate',
          text: 'Check what it may do',
          href: paths.simulator({
            as: isGuest ? 'guest' : 'cognito',
            identity: isGuest ? undefined : identityId,
            ...(role !== undefined && { iam: `role/${roleName(role)}` }),
            check: ['iot:Connect'],
          }),
        },
      ]}
      tabs={[
        {
          id: 'overview',
          label: 'Overview',
          content: ({ logins, createdAt, changedAt, thingNames }) => (
            <Container header={<Header variant="h2">Who it is</Header>}>
              <Facts
                facts={[
                  { label: 'Identity id', copy: identityId },
                  {
                    label: 'Signed in by',
                    value: logins.length === 0 ? 'Nobody: a guest' : <NameText text={logins.join(', ')} />,
                  },
                  {
                    label: 'Things',
                    value: thingNames.length === 0 ? 'None' : <NameText text={thingNames.join(', ')} />,
                  },
                  createdAt === undefined
                    ? undefined
                    : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
                  changedAt === undefined
                    ? undefined
                    : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
                ]}
              />
            </Container>
          ),
        },
        {
          id: 'policies',
          label: 'IoT policies',
          content: (identity) => <IdentityPolicies identity={identity} />,
        },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
