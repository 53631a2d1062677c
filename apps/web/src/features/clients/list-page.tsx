import Checkbox from '@cloudscape-design/components/checkbox'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ClientPage } from '@thingdeck/contract'
import { formatCounted } from '../../shared/format.ts'
import { LevelNotice, LoggingNotice } from '../../shared/iot-logs/logging-notice.tsx'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { visibleText } from '../../shared/text/visible-text.ts'
import { formatDateTime } from '../../shared/time.tsx'
import { TimeRangeField } from '../../shared/time-range-field.tsx'
import { useAnchor } from '../../shared/use-anchor.ts'
import { clientPagesQuery, USUAL_SPAN } from './api.ts'
import { COLUMNS } from './columns.tsx'
import { ClientLook } from './components/client-look.tsx'
import { OneClient } from './components/one-client.tsx'
import { CLIENTS_FILTER, type ClientsFilter, type ClientsSearch } from './search.ts'
import { useClientActions } from './use-client-actions.tsx'

const WORDS: ListWords = {
  title: 'Clients',
  one: 'client',
  many: 'clients',
  description:
    'Who is connected over MQTT and who was, by client id: those that did something in this time first, by AWS IoT’s log, then those that the fleet index has connected.',
  empty: {
    title: 'No clients in this time',
    text: 'As far as the log and the fleet index go. AWS has no list of connections: a client that neither has is found by its whole client id.',
    action: { id: 'connect-device', text: 'Connect a device', href: paths.connectDevice() },
  },
}

/** The MQTT clients of the account. */
export function ClientsPage({ search, setSearch }: SearchProps<ClientsSearch>) {
  const { look: _, page: __, sort: ___, ...filter } = search
  const pageSize = useListPageSize('clients', 25)
  const [anchorMs, renew] = useAnchor()
  const pages = useInfiniteQuery(clientPagesQuery(filter, anchorMs, pageSize))
  const { actionsFor, dialog } = useClientActions()
  return (
    <>
      <ListPage<ClientPage['clients'][number], ClientsFilter>
        name="clients"
        breadcrumbs={[{ text: 'Clients', href: paths.clients() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ clientId }) => clientId}
        source={pagesOf(pages, ({ clients }) => clients)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        filter={{
          by: CLIENTS_FILTER,
          placeholder: 'Beginning of a client id, or state, last disconnect, principal, address',
          beside: (
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <TimeRangeField
                range={filter}
                onChange={(change) => setSearch({ ...change, page: undefined })}
                usual={USUAL_SPAN}
                placeholder="The last day"
              />
              <Checkbox
                checked={search.fought === '1'}
                onChange={({ detail }) => setSearch({ fought: detail.checked ? '1' : undefined, page: undefined })}
              >
                Fought over
              </Checkbox>
              <Checkbox
                checked={search.consoles === '1'}
                onChange={({ detail }) => setSearch({ consoles: detail.checked ? '1' : undefined, page: undefined })}
              >
                Consoles
              </Checkbox>
            </SpaceBetween>
          ),
        }}
        notice={
          <Notice
            page={pages.data?.pages[0]}
            sought={search.client ?? search.starts}
            onShowConsoles={() => setSearch({ consoles: '1', page: undefined })}
          />
        }
        views="clients"
        selection="single"
        selectLabel={({ clientId }) => `Look at ${visibleText(clientId)}`}
        rowActions={({ clientId, connected }) => actionsFor(clientId, connected)}
        onRefresh={renew}
        look={(clientId) => ({ header: visibleText(clientId), content: <ClientLook clientId={clientId} /> })}
      />
      {dialog}
    </>
  )
}

interface NoticeProps {
  readonly page: ClientPage | undefined
  readonly sought: string | undefined
  readonly onShowConsoles: () => void
}

/** What the list does not have, and why. */
function Notice({ page, sought, onShowConsoles }: NoticeProps) {
  return (
    <SpaceBetween size="xs">
      <LoggingNotice outcome={page?.log.outcome} message={page?.log.message} />
      <LevelNotice />
      {page?.consolesLeftOut !== undefined && (
        <span className="td-weak" role="status">
          {formatCounted(page.consolesLeftOut, 'session')} of consoles as this one{' '}
          {page.consolesLeftOut === 1 ? 'is' : 'are'} not listed.{' '}
          <Link onFollow={onShowConsoles}>Show consoles too</Link>
        </span>
      )}
      {page?.log.readFrom !== undefined && (
        <span className="td-weak" role="status">
          There is more in the log than is read at once: connects and disconnects since{' '}
          {formatDateTime(Date.parse(page.log.readFrom))} are here. Choose a shorter time, or a client id.
        </span>
      )}
      {page?.index.outcome === 'off' && (
        <span className="td-weak" role="status">
          The fleet index does not know connections: who connected before this time, and stayed, is not listed. An admin
          turns that on from the <Link href={paths.things()}>list of things</Link>.
        </span>
      )}
      {page?.index.outcome === 'not-allowed' && (
        <span className="td-weak" role="status">
          The console may not search the fleet index: who connected before this time, and stayed, is not listed.{' '}
          {visible(page.index.message ?? '')}
        </span>
      )}
      {sought !== undefined && page?.clients.every(({ clientId }) => clientId !== sought) && (
        <OneClient clientId={sought} />
      )}
    </SpaceBetween>
  )
}
