import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { IotLogPage } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age } from '../../../shared/time.tsx'
import { connectsQuery } from '../api.ts'
import { type SeenClient, seenClients } from '../seen-clients.ts'

const columnsFor = (certificateId: string): readonly ListColumn<SeenClient>[] => [
  {
    id: 'client',
    header: 'Client id',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ clientId }) => (
      <Link href={paths.logs({ principal: certificateId, client: clientId, last: '24h' })}>
        <NameText text={clientId} />
      </Link>
    ),
  },
  { id: 'last', header: 'Last', width: 120, cell: ({ lastAt }) => <Age atMs={Date.parse(lastAt)} /> },
  {
    id: 'outcome',
    header: 'Last attempt',
    width: 260,
    cell: ({ reason }) =>
      reason === undefined ? (
        <StatusIndicator type="success">Connected</StatusIndicator>
      ) : (
        <StatusIndicator type="error">{reason}</StatusIndicator>
      ),
  },
  { id: 'connects', header: 'Connected', width: 110, cell: ({ connects }) => times(connects) },
  { id: 'refusals', header: 'Refused', width: 110, cell: ({ refusals }) => times(refusals) },
  { id: 'from', header: 'From', width: 150, cell: ({ sourceIp }) => sourceIp ?? '–' },
]

function times(count: number): string {
  if (count === 0) return 'never'
  return count === 1 ? 'once' : `${formatCount(count)} times`
}

/** Who used a certificate in the last day, as AWS IoT's log has it: the one source that names certificates. */
export function SeenClients({ certificateId }: { readonly certificateId: string }) {
  const query = useQuery(connectsQuery(certificateId))
  const clients = seenClients(query.data?.entries ?? [])
  return (
    <List
      name="certificate-clients"
      variant="container"
      words={wordsFor(query.data, clients)}
      columns={columnsFor(certificateId)}
      rowId={({ clientId }) => clientId}
      source={wholeOf(query, clients)}
      paging="endless"
    />
  )
}

function wordsFor(page: IotLogPage | undefined, clients: readonly SeenClient[]): ListWords {
  const connected = clients.filter(({ connects }) => connects > 0).length
  const more = page?.nextToken === undefined ? '' : ' There are older entries than were read.'
  return {
    title: 'Clients of the last day',
    one: 'client',
    many: 'clients',
    description:
      connected > 1 ? (
        <StatusIndicator type="warning">
          {formatCount(connected)} client ids connected with it: was its key copied?{more}
        </StatusIndicator>
      ) : (
        `Who connected with it, or tried to, by AWS IoT’s log.${more}`
      ),
    empty: { title: 'Nobody', text: emptyWords(page) },
  }
}

function emptyWords(page: IotLogPage | undefined): ReactNode {
  if (page?.outcome === 'logging-off') {
    return (
      <>
        AWS IoT is not told to log, so nobody knows. <Link href={paths.logSettings()}>Logging settings</Link>
      </>
    )
  }
  if (page?.outcome === 'not-allowed') return `The console’s server may not read the log. ${page.message ?? ''}`
  return 'The log has no connect of it. Successful ones are logged at INFO, refused ones at ERROR.'
}
