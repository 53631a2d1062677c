import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { UseQueryResult } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { entryIdOf } from '../../../shared/iot-logs/entry-id.ts'
import { isFailure, whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { around } from '../../../shared/time-range.ts'
import { sinceStart, type Trace } from '../model.ts'
import { TraceAxis } from './trace-axis.tsx'

/** Everything that was logged of it, in the order of time, on one axis. */
export function EntriesTable({ trace, query }: { readonly trace: Trace; readonly query: UseQueryResult<unknown> }) {
  return (
    <List<IotLogEntry>
      name="trace-entries"
      variant="container"
      words={{
        title: 'In the order of time',
        one: 'entry',
        many: 'entries',
        empty: { title: 'Nothing was logged of it' },
      }}
      count={{ number: trace.entries.length, isAbout: false }}
      columns={columnsOf(trace)}
      rowId={entryIdOf}
      source={wholeOf(query, trace.entries)}
      paging="endless"
      isNewestFirst
    />
  )
}

const columnsOf = (trace: Trace): readonly ListColumn<IotLogEntry>[] => [
  {
    id: 'time',
    header: 'When',
    width: 128,
    cell: (entry) => (
      <Link
        href={paths.logs({
          trace: entry.traceId ?? '',
          ...around(Date.parse(entry.at), AROUND_MS),
          look: entryIdOf(entry),
        })}
      >
        <time className="td-mono" dateTime={entry.at} title={formatDateTime(Date.parse(entry.at))}>
          {formatTimeOfDay(Date.parse(entry.at))}
        </time>
      </Link>
    ),
  },
  {
    id: 'since',
    header: 'Since',
    width: 85,
    cell: (entry) => <span className="td-mono">{sinceStart(entry, trace)}</span>,
  },
  { id: 'axis', header: 'Axis', width: 150, minWidth: 120, cell: (entry) => <TraceAxis entry={entry} trace={trace} /> },
  {
    id: 'event',
    header: 'Event',
    isRowHeader: true,
    width: 155,
    cell: (entry) => (
      <StatusIndicator type={isFailure(entry) ? 'error' : 'success'}>
        {visible(entry.eventType ?? 'Text')}
      </StatusIndicator>
    ),
  },
  {
    id: 'who',
    header: 'Client, rule or thing',
    width: 150,
    cell: ({ ruleName, clientId, thingName }) => <NameText text={ruleName ?? thingName ?? clientId ?? '–'} />,
  },
  {
    id: 'why',
    header: 'Outcome',
    width: 210,
    cell: (entry) => visible(whyInWords(entry) ?? entry.status ?? '–'),
  },
]

/** So much of the log is shown around an entry. */
const AROUND_MS = 600_000
