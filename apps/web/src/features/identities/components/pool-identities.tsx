import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CognitoIdentity } from '@thingdeck/contract'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { identityPagesQuery, identityQuery } from '../api.ts'

const PAGE = 50

const WORDS: ListWords = {
  title: 'Identities',
  one: 'identity',
  many: 'identities',
  description: 'Each is somebody who came once: Cognito keeps them until they are deleted.',
  empty: { title: 'No identities yet', text: 'Nobody has signed in by this pool.' },
}

const columnsOf = (identityPoolId: string): readonly ListColumn<CognitoIdentity>[] => [
  {
    id: 'id',
    header: 'Identity id',
    isRowHeader: true,
    minWidth: 320,
    cell: ({ identityId }) => (
      <Link href={paths.identity(identityPoolId, identityId)}>
        <span className="td-mono">{identityId}</span>
      </Link>
    ),
  },
  {
    id: 'logins',
    header: 'Signed in by',
    minWidth: 180,
    cell: ({ logins }) => (logins.length === 0 ? 'Nobody: a guest' : <NameText text={logins.join(', ')} />),
  },
  {
    id: 'policies',
    header: 'IoT policies',
    minWidth: 180,
    cell: ({ identityId, logins }) => <PolicyNames identityId={identityId} isGuest={logins.length === 0} />,
  },
  {
    id: 'changed',
    header: 'Changed',
    width: 140,
    cell: ({ changedAt }) => (changedAt === undefined ? '–' : <Age atMs={Date.parse(changedAt)} />),
  },
]

/** The identities of a pool. */
export function PoolIdentities({ identityPoolId }: { readonly identityPoolId: string }) {
  const pages = useInfiniteQuery(identityPagesQuery(identityPoolId, PAGE))
  return (
    <List
      name="pool-identities"
      variant="container"
      words={WORDS}
      columns={columnsOf(identityPoolId)}
      rowId={({ identityId }) => identityId}
      source={pagesOf(pages, ({ identities }) => identities)}
      paging="endless"
    />
  )
}

/** Without an IoT policy who signed in may do nothing over MQTT. */
function PolicyNames({ identityId, isGuest }: { readonly identityId: string; readonly isGuest: boolean }) {
  const { data, error } = useQuery(identityQuery(identityId))
  if (error) return 'Not read'
  if (!data) return '…'
  if (data.policyNames.length > 0) return <NameText text={data.policyNames.join(', ')} />
  return isGuest ? 'Not needed' : <StatusIndicator type="warning">None: no MQTT</StatusIndicator>
}
