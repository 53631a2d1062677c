import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type EventLogging, endpoints, type Logging, type LoggingLevel } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { EVENT_TYPES, eventKind, OPT_IN_EVENT_TYPES } from '../../../shared/iot-logs/event-kinds.ts'
import { LOGGING, loggingQuery } from '../../../shared/iot-logs/iot-log-queries.ts'
import { LEVEL_OPTIONS } from '../../../shared/iot-logs/level-options.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { visible } from '../../../shared/text/visible.tsx'

const WORDS: ListWords = {
  title: 'Event types',
  one: 'event type',
  many: 'event types',
  description:
    'A level of its own goes before that of the account. Pings and failed authentications are logged only where they have one.',
  empty: { title: 'No event types' },
}

const COLUMNS: readonly ListColumn<EventLogging>[] = [
  { id: 'event', header: 'Event type', isRowHeader: true, width: 215, cell: ({ eventType }) => visible(eventType) },
  { id: 'what', header: 'What it tells', width: 290, cell: ({ eventType }) => eventKind(eventType)?.words ?? '–' },
  {
    id: 'level',
    header: 'Level',
    width: 120,
    cell: ({ eventType, logLevel }) =>
      logLevel ?? (OPT_IN_EVENT_TYPES.includes(eventType) ? 'not logged' : 'as the account'),
  },
  {
    id: 'group',
    header: 'Log group',
    width: 150,
    cell: ({ logDestination }) => <span className="td-mono">{logDestination ?? 'AWSIotLogsV2'}</span>,
  },
]

/** The settings of event types: those that AWS tells, and those that it documents. */
export function EventLevels({ logging }: { readonly logging: Logging }) {
  const query = useQuery(loggingQuery)
  const [edited, setEdited] = useState<EventLogging>()
  const told = logging.events.map(({ eventType }) => eventType)
  const others = EVENT_TYPES.filter((eventType) => !told.includes(eventType)).map((eventType) => ({ eventType }))
  const rows = [...logging.events, ...others].toSorted((one, other) => (one.eventType < other.eventType ? -1 : 1))
  return (
    <>
      <List<EventLogging>
        name="logging-events"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ eventType }) => eventType}
        source={wholeOf(query, rows)}
        paging="endless"
        rowActions={(event) => [{ id: 'edit', text: 'Set level', needs: 'admin', onAction: () => setEdited(event) }]}
      />
      {edited && <EventLevelDialog event={edited} onClose={() => setEdited(undefined)} />}
    </>
  )
}

function EventLevelDialog({ event, onClose }: { readonly event: EventLogging; readonly onClose: () => void }) {
  const client = useQueryClient()
  const { eventType } = event
  const form = useForm({
    initial: { logLevel: event.logLevel ?? ('INFO' as LoggingLevel), logDestination: event.logDestination ?? '' },
    rules: {
      logDestination: (name) =>
        /^[.\-_/#A-Za-z0-9]{0,512}$/.test(name) ? undefined : 'Letters, digits and . - _ / # only, 512 at most.',
    },
    submit: ({ logLevel, logDestination }) =>
      api(endpoints.setLogging, {
        body: { events: [{ eventType, logLevel, ...(logDestination !== '' && { logDestination }) }] },
      }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: LOGGING })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Level of ${eventType}`}
      action="Set level"
      failure="The level could not be set"
      onClose={onClose}
      whyNot={useWhyNot('admin')}
    >
      <SelectField field={form.field('logLevel')} label="Level" options={LEVEL_OPTIONS} />
      <TextField
        field={form.field('logDestination')}
        label="Log group"
        description="Left empty: AWSIotLogsV2. The role of AWS IoT has to be allowed to write there."
      />
    </FormDialog>
  )
}
