import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Client, ClientHistory } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { isCertificateId } from '../../shared/certificate/certificate-id.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visibleText } from '../../shared/text/visible-text.ts'
import { useAnchor } from '../../shared/use-anchor.ts'
import { clientHistoryQuery } from './api.ts'
import { ClientHistoryTab } from './components/client-history-tab.tsx'
import { ClientOverview } from './components/client-overview.tsx'
import { ClientSubscriptions } from './components/client-subscriptions.tsx'
import { ConsoleMark } from './components/principal.tsx'
import { ConnectionState } from './connection-words.tsx'
import type { ClientSearch } from './search.ts'
import { useClientActions } from './use-client-actions.tsx'
import { useClientConnection } from './use-client-connection.ts'

interface ClientPageProps extends SearchProps<ClientSearch> {
  readonly clientId: string
}

/** A client: whether it is connected, who it is, what it is subscribed to, and who else has its client id. */
export function ClientPage({ clientId, search, setSearch }: ClientPageProps) {
  const { tab: _, ...range } = search
  const [anchorMs, renew] = useAnchor()
  const query = useClientConnection(clientId, renew)
  const history = useQuery(clientHistoryQuery(clientId, range, anchorMs))
  const { actionsFor, dialog } = useClientActions()
  return (
    <>
      <DetailsPage
        title={clientId}
        breadcrumbs={[
          { text: 'Clients', href: paths.clients() },
          { text: visibleText(clientId), href: paths.client(clientId) },
        ]}
        what="client"
        query={query}
        notFound="The broker knows no such client"
        status={
          query.data && (
            <SpaceBetween direction="horizontal" size="xs">
              <ConnectionState connection={query.data.connection} />
              <ConsoleMark clientId={clientId} />
            </SpaceBetween>
          )
        }
        actions={[
          ...actionsFor(clientId, query.data?.connection.connected),
          ...linksOf(clientId, query.data, history.data),
        ]}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (client) => <ClientOverview client={client} history={history} anchorMs={anchorMs} />,
          },
          {
            id: 'subscriptions',
            label: 'Subscriptions',
            content: (client) => <ClientSubscriptions client={client} anchorMs={anchorMs} />,
          },
          {
            id: 'history',
            label: 'History',
            content: (
              <ClientHistoryTab
                clientId={clientId}
                history={history}
                range={range}
                onRange={(change) => setSearch(change)}
                onRefresh={renew}
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

/** Where else there is something of it. */
function linksOf(clientId: string, client: Client | undefined, history: ClientHistory | undefined): readonly Action[] {
  const thingName = client?.thing?.thingName
  const principalId = history?.parties[0]?.principalId
  const certificate = principalId !== undefined && isCertificateId(principalId) ? principalId : undefined
  return [
    {
      id: 'command',
      text: 'Send command',
      needs: 'operator',
      href: paths.sendCommand({ client: clientId }),
    },
    {
      id: 'simulate',
      text: 'Simulate',
      href: paths.simulator({
        client: clientId,
        ...(certificate === undefined ? { thing: thingName } : { certificate }),
      }),
    },
    ...(thingName === undefined
      ? []
      : [{ id: 'timeline', text: 'Timeline of the thing', href: paths.timeline(thingName) }]),
  ]
}
