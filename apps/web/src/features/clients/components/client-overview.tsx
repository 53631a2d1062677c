import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Client, ClientHistory } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { RunningDebugs } from '../../../shared/iot-logs/running-debugs.tsx'
import { paths } from '../../../shared/paths.ts'
import { clientTrafficQuery } from '../api.ts'
import { whyNotLogged } from '../logged.ts'
import { ConnectionFacts } from './connection-facts.tsx'
import { EventList } from './event-list.tsx'
import { FightAlert, PlaceAlert } from './fight-alert.tsx'
import { TrafficFacts } from './traffic-facts.tsx'

interface ClientOverviewProps {
  readonly client: Client
  readonly history: UseQueryResult<ClientHistory>
  readonly anchorMs: number
}

const MOST_EVENTS = 5

/** What is most urgent of a client first, then what is known of its connection, and what it did last. */
export function ClientOverview({ client, history: { data: history }, anchorMs }: ClientOverviewProps) {
  const { clientId, connection } = client
  const party = history?.parties.find(({ isConnected }) => isConnected) ?? history?.parties[0]
  return (
    <SpaceBetween size="m">
      {history && <FightAlert clientId={clientId} history={history} />}
      {history && <PlaceAlert history={history} />}
      <RunningDebugs clientId={clientId} />
      <Container header={<Header variant="h2">Connection</Header>}>
        <ConnectionFacts
          client={client}
          party={party}
          queue={
            connection.connected === false && connection.disconnectedSince !== undefined ? (
              <Queue client={client} anchorMs={anchorMs} />
            ) : undefined
          }
        />
      </Container>
      {connection.connected === true && (
        <Container header={<Header variant="h2">Traffic of the last 15 minutes</Header>}>
          <TrafficFacts client={client} anchorMs={anchorMs} />
        </Container>
      )}
      <Container
        header={
          <Header
            variant="h2"
            actions={<Link href={paths.client(clientId, { tab: 'history' })}>All of its history</Link>}
          >
            Last connects and disconnects
          </Header>
        }
      >
        {history === undefined ? (
          <Box color="text-body-secondary">Reading the log</Box>
        ) : history.events.length === 0 ? (
          <Box color="text-body-secondary">
            {whyNotLogged(client.logging, history.log) ?? 'The log has none of this client in this time.'}
          </Box>
        ) : (
          <EventList events={history.events.slice(0, MOST_EVENTS)} />
        )}
      </Container>
    </SpaceBetween>
  )
}

/** How much was kept for it since it went: AWS tells of no queue, the log of each message that came into it. */
function Queue({ client, anchorMs }: Pick<ClientOverviewProps, 'client' | 'anchorMs'>) {
  const { clientId, connection, logging } = client
  const { data, error } = useQuery(clientTrafficQuery(clientId, anchorMs, connection.disconnectedSince))
  if (connection.cleanSession === true) return 'none: its session ended with the connection'
  if (error) return `not known: ${error.message}`
  if (data === undefined) return '…'
  const whyNot = data.queued === 0 ? whyNotLogged(logging, data.log) : undefined
  if (whyNot !== undefined) return `not known: AWS tells of no queue. ${whyNot}`
  const atLeast = data.log.readFrom === undefined ? '' : 'at least '
  return `${atLeast}${formatCount(data.queued)} by the log, since it went; AWS itself tells of no queue`
}
