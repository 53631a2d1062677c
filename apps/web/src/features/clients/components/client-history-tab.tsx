import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ClientHistory, ClientParty } from '@thingdeck/contract'
import type { ComponentProps } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { LevelNotice, LoggingNotice } from '../../../shared/iot-logs/logging-notice.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../../shared/time.tsx'
import type { TimeRange } from '../../../shared/time-range.ts'
import { TimeRangeField } from '../../../shared/time-range-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { USUAL_SPAN } from '../api.ts'
import { EventList } from './event-list.tsx'
import { FightAlert, PlaceAlert } from './fight-alert.tsx'
import { Principal } from './principal.tsx'

const WORDS: ListWords = {
  title: 'Who it was',
  one: 'party',
  many: 'parties',
  description: 'Each principal and address that connected under this client id, by the log of this time.',
  empty: { title: 'Nobody', text: 'The log of this time has no connect of this client id.' },
}

const COLUMNS: readonly ListColumn<ClientParty>[] = [
  {
    id: 'principal',
    header: 'Principal',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ principalId }) => <Principal principalId={principalId} />,
  },
  {
    id: 'from',
    header: 'From',
    width: 160,
    cell: ({ sourceIp }) => (sourceIp === undefined ? '–' : visible(sourceIp)),
  },
  { id: 'last', header: 'Last', width: 120, cell: ({ lastAt }) => <Age atMs={Date.parse(lastAt)} /> },
  { id: 'first', header: 'First', width: 120, cell: ({ firstAt }) => <Age atMs={Date.parse(firstAt)} /> },
  { id: 'connects', header: 'Connects', width: 110, cell: ({ connects }) => formatCount(connects) },
  { id: 'refused', header: 'Refused', width: 100, cell: ({ refused }) => formatCount(refused) },
  { id: 'took', header: 'Took the id', width: 120, cell: ({ took }) => formatCount(took) },
  { id: 'lost', header: 'Lost it', width: 100, cell: ({ lost }) => formatCount(lost) },
  { id: 'now', header: 'Now', width: 120, cell: ({ isConnected }) => (isConnected ? 'has it' : '–') },
]

interface ClientHistoryTabProps {
  readonly clientId: string
  readonly history: UseQueryResult<ClientHistory>
  readonly range: TimeRange
  readonly onRange: ComponentProps<typeof TimeRangeField>['onChange']
  readonly onRefresh: () => void
}

/** How a client came and went, and who took its client id of whom. */
export function ClientHistoryTab({ clientId, history, range, onRange, onRefresh }: ClientHistoryTabProps) {
  const { data, error } = history
  return (
    <SpaceBetween size="m">
      <TimeRangeField range={range} onChange={onRange} usual={USUAL_SPAN} placeholder="The last day" />
      <LoggingNotice outcome={data?.log.outcome} message={data?.log.message} />
      <LevelNotice />
      {error && <ErrorAlert error={error} what="The log could not be read" onRetry={onRefresh} />}
      {data && <FightAlert clientId={clientId} history={data} isWithin />}
      {data && <PlaceAlert history={data} />}
      <List<ClientParty>
        name="client-parties"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ partyId }) => partyId}
        source={wholeOf(history, data?.parties ?? [])}
        paging="endless"
        isNewestFirst
        onRefresh={onRefresh}
      />
      {data && data.events.length > 0 && (
        <Container header={<Header variant="h2">Connects and disconnects</Header>}>
          <SpaceBetween size="s">
            <EventList events={data.events} />
            {(data.eventsLeftOut !== undefined || data.log.readFrom !== undefined) && (
              <span className="td-weak" role="status">
                {data.eventsLeftOut !== undefined &&
                  `${formatCount(data.eventsLeftOut)} older ones are counted, and not listed. `}
                {data.log.readFrom !== undefined &&
                  `The log was read back to ${formatDateTime(Date.parse(data.log.readFrom))}: choose a shorter time for what is older.`}
              </span>
            )}
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  )
}
