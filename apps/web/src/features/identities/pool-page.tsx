import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { IdentityPool } from '@thingdeck/contract'
import { useState } from 'react'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { identityPoolQuery } from './api.ts'
import { DeletePool } from './components/delete-pool.tsx'
import { PoolFacts } from './components/pool-facts.tsx'
import { PoolIdentities } from './components/pool-identities.tsx'
import { PoolMappings } from './components/pool-mappings.tsx'
import { PoolTags } from './components/pool-tags.tsx'
import type { IdentityPoolSearch } from './search.ts'

interface IdentityPoolPageProps extends SearchProps<IdentityPoolSearch> {
  readonly identityPoolId: string
}

export function IdentityPoolPage({ identityPoolId, search, setSearch }: IdentityPoolPageProps) {
  const query = useQuery(identityPoolQuery(identityPoolId))
  const [isDeleting, setDeleting] = useState(false)
  const pool = query.data
  const title = pool?.name ?? identityPoolId
  return (
    <>
      <DetailsPage
        title={title}
        breadcrumbs={[
          { text: 'Identities', href: paths.identityPools() },
          { text: title, href: paths.identityPool(identityPoolId) },
        ]}
        what="identity pool"
        query={query}
        notFound={`There is no identity pool ${identityPoolId}`}
        actions={[
          {
            id: 'delete',
            text: 'Delete identity pool',
            needs: 'admin',
            whyNot: pool
              ? pool.isOfConsole
                ? 'By this pool the console signs its own people in.'
                : undefined
              : 'It was not read yet.',
            onAction: () => setDeleting(true),
          },
          { id: 'edit', text: 'Edit identity pool', needs: 'admin', href: paths.editIdentityPool(identityPoolId) },
          {
            id: 'roles',
            text: 'Edit roles',
            needs: 'admin',
            href: paths.identityPoolRoles(identityPoolId),
            isPrimary: pool !== undefined && givesNothing(pool),
          },
        ]}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (pool) => (
              <SpaceBetween size="m">
                {givesNothing(pool) && (
                  <Alert type="warning" header="It gives nobody credentials">
                    It has no role yet: whoever signs in, or comes as a guest, is refused.
                  </Alert>
                )}
                <Container header={<Header variant="h2">Definition</Header>}>
                  <PoolFacts pool={pool} />
                </Container>
                {pool.roles && <PoolMappings pool={pool} />}
              </SpaceBetween>
            ),
          },
          { id: 'identities', label: 'Identities', content: () => <PoolIdentities identityPoolId={identityPoolId} /> },
          { id: 'tags', label: 'Tags', content: (pool) => <PoolTags pool={pool} /> },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDeleting && pool && <DeletePool pool={pool} onClose={() => setDeleting(false)} />}
    </>
  )
}

const givesNothing = ({ roles }: IdentityPool): boolean =>
  roles !== undefined &&
  roles.authenticated === undefined &&
  roles.unauthenticated === undefined &&
  roles.mappings.length === 0
