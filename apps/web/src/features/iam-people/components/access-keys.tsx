import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { AccessKey } from '@thingdeck/contract'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { UnreadAlert } from '../../../shared/ui/unread-alert.tsx'
import { accessKeysQuery } from '../api.ts'

const COLUMNS: readonly ListColumn<AccessKey>[] = [
  {
    id: 'id',
    header: 'Access key id',
    isRowHeader: true,
    minWidth: 240,
    cell: ({ accessKeyId }) => <Copyable what="access key id" text={accessKeyId} />,
  },
  {
    id: 'status',
    header: 'Status',
    width: 140,
    cell: ({ status }) => (
      <StatusIndicator type={status === 'Active' ? 'success' : 'stopped'}>{status}</StatusIndicator>
    ),
  },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
  { id: 'used', header: 'Last used', minWidth: 240, cell: ({ lastUsed }) => <LastUse lastUsed={lastUsed} /> },
]

function LastUse({ lastUsed }: { readonly lastUsed: AccessKey['lastUsed'] | undefined }) {
  if (lastUsed === undefined) return 'Not read'
  const { at, service, region } = lastUsed
  if (at === undefined) return 'Never'
  return (
    <>
      <Age atMs={Date.parse(at)} />
      {service !== undefined && <span className="td-weak"> · for {service}</span>}
      {region !== undefined && <span className="td-weak"> in {region}</span>}
    </>
  )
}

const WORDS: ListWords = {
  title: 'Access keys',
  one: 'access key',
  many: 'access keys',
  description:
    'With each, the user signs requests and the WebSocket of MQTT. Secrets are told to nobody, not to the console either.',
  empty: { title: 'No access keys', text: 'The user can call nothing by itself.' },
}

/** The keys of a user. They are for admins: who knows an id still has no secret, but knows whom to ask for it. */
export function AccessKeys({ userName }: { readonly userName: string }) {
  const mayNot = useWhyNot('admin')
  const query = useQuery({ ...accessKeysQuery(userName), enabled: mayNot === undefined })
  if (mayNot !== undefined) return <Box>{mayNot}</Box>
  return (
    <List
      name="iam-access-keys"
      variant="container"
      words={WORDS}
      columns={COLUMNS}
      rowId={({ accessKeyId }) => accessKeyId}
      source={wholeOf(query, query.data?.accessKeys ?? [])}
      paging="endless"
      notice={<UnreadAlert answer={query.data} what="The access keys" service="IAM" needs="iam:ListAccessKeys" />}
    />
  )
}
