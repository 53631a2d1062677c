import './events.css'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { EVENT_TYPES, type EventConfigurations, type EventType } from '@thingdeck/contract'
import { useState } from 'react'
import { eventsQuery } from '../../shared/events/event-configurations.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { Age } from '../../shared/time.tsx'
import { ALWAYS_ON, EVENT_KINDS } from './event-kinds.ts'
import type { EventsSearch } from './search.ts'
import { TurnEventsDialog } from './turn-events-dialog.tsx'

interface EventRow {
  /** AWS may have types that the console does not know: it shows them, and leaves them alone. */
  readonly eventType: string
  readonly known: EventType | undefined
  readonly isEnabled: boolean
}

const knownType = (type: string): EventType | undefined => EVENT_TYPES.find((each) => each === type)

const rowsOf = ({ events }: EventConfigurations): readonly EventRow[] =>
  events.map(({ eventType, isEnabled }) => ({ eventType, known: knownType(eventType), isEnabled }))

const COLUMNS: readonly ListColumn<EventRow>[] = [
  {
    id: 'event',
    header: 'Event',
    isRowHeader: true,
    width: 210,
    cell: ({ eventType, known }) => (
      <>
        {known && <div>{EVENT_KINDS[known].title}</div>}
        <span className="td-mono td-weak">{eventType}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 100,
    cell: ({ isEnabled }) => (
      <StatusIndicator type={isEnabled ? 'success' : 'stopped'}>{isEnabled ? 'On' : 'Off'}</StatusIndicator>
    ),
  },
  {
    id: 'tells',
    header: 'Tells',
    width: 240,
    cell: ({ known }) => <span className="td-event-tells">{known ? EVENT_KINDS[known].tells : '–'}</span>,
  },
  {
    id: 'topics',
    header: 'Topics',
    minWidth: 280,
    cell: ({ known }) => <Topics filters={known ? EVENT_KINDS[known].filters : []} />,
  },
]

const WORDS: ListWords = {
  title: 'Events',
  one: 'event',
  many: 'events',
  description:
    'What AWS IoT tells by messages on $aws/events/…, when it is turned on. Each message is billed as a published one.',
  empty: { title: 'AWS IoT names no events', text: 'DescribeEventConfigurations answered without any.' },
}

/** Which events AWS IoT publishes, and turning them on and off. */
export function EventsPage({ search, setSearch }: SearchProps<EventsSearch>) {
  const query = useQuery(eventsQuery)
  const [turning, setTurning] = useState<{ readonly types: readonly EventType[]; readonly isEnabled: boolean }>()
  const rows = query.data ? rowsOf(query.data) : []
  const chosenOf = (selected: readonly string[], isEnabled: boolean) =>
    rows.flatMap((row) => (selected.includes(row.eventType) && row.isEnabled !== isEnabled ? (row.known ?? []) : []))
  const action = (selected: readonly string[], isEnabled: boolean) => {
    const types = chosenOf(selected, isEnabled)
    const state = isEnabled ? 'on' : 'off'
    return {
      id: state,
      text: `Turn ${state}`,
      needs: 'admin' as const,
      whyNot:
        selected.length === 0
          ? 'Select an event first.'
          : types.length === 0
            ? `What is selected is ${state} already.`
            : undefined,
      onAction: () => setTurning({ types, isEnabled }),
    }
  }
  const { modifiedAt } = query.data ?? {}
  return (
    <SpaceBetween size="l">
      <ListPage
        name="events"
        breadcrumbs={[{ text: 'Events', href: paths.events() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ eventType }) => eventType}
        source={wholeOf(query, rows)}
        paging="endless"
        search={search}
        setSearch={setSearch}
        selection="multi"
        selectLabel={({ eventType }) => `Select ${eventType}`}
        actions={(selected) => [action(selected, true), action(selected, false)]}
        aside={
          modifiedAt !== undefined && (
            <Box color="text-body-secondary">
              Changed <Age atMs={Date.parse(modifiedAt)} />
            </Box>
          )
        }
      />
      <AlwaysOn />
      {turning && <TurnEventsDialog {...turning} onClose={() => setTurning(undefined)} />}
    </SpaceBetween>
  )
}

function AlwaysOn() {
  return (
    <Container
      header={
        <Header variant="h2" description="Lifecycle events cannot be turned off.">
          Always on
        </Header>
      }
    >
      <SpaceBetween size="s">
        {ALWAYS_ON.map(({ title, tells, filters }) => (
          <div key={title}>
            <Box variant="strong">{title}</Box> {tells} <Topics filters={filters} />
          </div>
        ))}
      </SpaceBetween>
    </Container>
  )
}

/** Each leads to the messages that come there from now on. */
function Topics({ filters }: { readonly filters: readonly string[] }) {
  if (filters.length === 0) return '–'
  return (
    <ul className="td-event-topics">
      {filters.map((filter) => (
        <li key={filter}>
          <Link href={paths.live({ s: [`0:${filter}`] })} ariaLabel={`Watch ${filter}`}>
            <span className="td-mono">{filter}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
