import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { IdentityPoolSummary } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { UnreadAlert } from '../../shared/ui/unread-alert.tsx'
import { identityPoolPagesQuery } from './api.ts'
import { PoolLook, PoolProviders } from './components/pool-facts.tsx'

/** Cognito lists names and ids alone; what a row says beside them is read when the row is shown. */
const COLUMNS: readonly ListColumn<IdentityPoolSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: ({ identityPoolId, name }) => (
      <Link href={paths.identityPool(identityPoolId)}>
        <NameText text={name} />
      </Link>
    ),
  },
  {
    id: 'id',
    header: 'Identity pool id',
    minWidth: 280,
    cell: ({ identityPoolId }) => <span className="td-mono">{identityPoolId}</span>,
  },
  {
    id: 'providers',
    header: 'Signs in by',
    minWidth: 200,
    cell: ({ identityPoolId }) => <PoolProviders identityPoolId={identityPoolId} />,
  },
]

const WORDS: ListWords = {
  title: 'Identities',
  one: 'identity pool',
  many: 'identity pools',
  description:
    'Cognito’s identity pools: people and apps that speak MQTT without a certificate. What an identity may do, its role and the IoT policies attached to it decide together.',
  empty: {
    title: 'No identity pools',
    text: 'An identity pool of Amazon Cognito turns a login into temporary credentials for AWS IoT. The console itself signs its people in by one.',
  },
}

export function IdentityPoolsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('identity-pools', 25)
  const pages = useInfiniteQuery(identityPoolPagesQuery(pageSize))
  return (
    <ListPage
      name="identity-pools"
      breadcrumbs={[{ text: 'Identities', href: paths.identityPools() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ identityPoolId }) => identityPoolId}
      source={pagesOf(pages, ({ pools }) => pools)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[10, 25, 50]}
      search={search}
      setSearch={setSearch}
      selection="single"
      actions={() => [
        {
          id: 'create',
          text: 'Create identity pool',
          needs: 'admin',
          isPrimary: true,
          href: paths.createIdentityPool(),
        },
      ]}
      notice={
        <UnreadAlert
          answer={pages.data?.pages.find(({ outcome }) => outcome !== 'read')}
          what="The identity pools"
          service="Cognito"
          needs="cognito-identity:ListIdentityPools"
        />
      }
      rowActions={({ identityPoolId }) => [
        {
          id: 'identities',
          text: 'Show its identities',
          href: paths.identityPool(identityPoolId, { tab: 'identities' }),
        },
        { id: 'edit', text: 'Edit identity pool', needs: 'admin', href: paths.editIdentityPool(identityPoolId) },
        { id: 'roles', text: 'Edit roles', needs: 'admin', href: paths.identityPoolRoles(identityPoolId) },
      ]}
      look={(identityPoolId) => ({ header: identityPoolId, content: <PoolLook identityPoolId={identityPoolId} /> })}
    />
  )
}
