import { queryOptions } from '@tanstack/react-query'
import { type IotLogEntry, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { parseEntryId } from '../../shared/iot-logs/entry-id.ts'
import { IOT_LOGS, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'
import type { LogSelection } from '../../shared/iot-logs/log-pages.ts'
import { toCriteria, USUAL_SPAN } from './filter.ts'
import type { LogsFilter } from './search.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** What the page lists. */
export const selectionOf = (filter: LogsFilter): LogSelection => ({
  criteria: toCriteria(filter),
  range: filter,
  usual: USUAL_SPAN,
  pageSize: 50,
})

/** One entry of a link that the list does not show. `null`: it is not there. */
export const logEntryQuery = (id: string, group: string | undefined) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'entry', id, group ?? ''],
    queryFn: async ({ signal }): Promise<IotLogEntry | null> => {
      const { atMs = 0, eventId } = parseEntryId(id) ?? {}
      const range = { from: iso(atMs - 2_000), to: iso(atMs + 2_000) }
      const page = await readIotLogs({ ...range, maxResults: MOST_IOT_LOG_ENTRIES, logGroupName: group }, signal)
      return page.entries.find((entry) => entry.eventId === eventId) ?? null
    },
    staleTime: Number.POSITIVE_INFINITY, // entries do not change
  })
