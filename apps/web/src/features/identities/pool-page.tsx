import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { identityPoolQuery } from './api.ts'
import { PoolFacts } from './components/pool-facts.tsx'
import { PoolIdentities } from './components/pool-identities.tsx'
import { PoolMappings } from './components/pool-mappings.tsx'
import type { IdentityPoolSearch } from './search.ts'

interface IdentityPoolPageProps extends SearchProps<IdentityPoolSearch> {
  readonly identityPoolId: string
}

export function IdentityPoolPage({ identityPoolId, search, setSearch }: IdentityPoolPageProps) {
  const query = useQuery(identityPoolQuery(identityPoolId))
  const title = query.data?.name ?? identityPoolId
  return (
    <DetailsPage
      title={title}
      breadcrumbs={[
        { text: 'Identities', href: paths.identityPools() },
        { text: title, href: paths.identityPool(identityPoolId) },
      ]}
      what="identity pool"
      query={query}
      notFound={`There is no identity pool ${identityPoolId}`}
      actions={[]}
      tabs={[
        {
          id: 'overview',
          label: 'Overview',
          content: (pool) => (
            <SpaceBetween size="m">
              <Container header={<Header variant="h2">Definition</Header>}>
                <PoolFacts pool={pool} />
              </Container>
              {pool.roles && <PoolMappings pool={pool} />}
            </SpaceBetween>
          ),
        },
        { id: 'identities', label: 'Identities', content: () => <PoolIdentities identityPoolId={identityPoolId} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
