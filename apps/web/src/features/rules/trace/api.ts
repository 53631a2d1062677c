import { queryOptions } from '@tanstack/react-query'
import { type IotLogPage, MOST_IOT_LOG_ENTRIES } from '@thingdeck/contract'
import { IOT_LOGS, readIotLogs } from '../../../shared/iot-logs/iot-log-queries.ts'
import type { LogSelection } from '../../../shared/iot-logs/log-pages.ts'
import { type Firing, firingsOf } from './firings.ts'
import type { RuleTraceSearch } from './search.ts'

/** Of a range that is not said. */
export const USUAL_SPAN = '1h'

/** Which entries the trace lists. */
export const selectionOf = (ruleName: string, { last, from, to, failures }: RuleTraceSearch): LogSelection => ({
  criteria: { ruleName, status: failures === '1' ? 'Failure' : undefined },
  range: { ...(last && { last }), ...(from && { from }), ...(to && { to }) },
  usual: USUAL_SPAN,
  pageSize: 100,
})

/** Before and after what is known of a message: an error action and retries come later. */
const BEFORE_MS = 60_000
const AFTER_MS = 5 * 60_000

/** All that was logged of one message at this rule; undefined: the log has nothing of it any more. */
export const firingQuery = (ruleName: string, firing: Pick<Firing, 'id' | 'traceId' | 'at'>) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'firing', ruleName, firing.id],
    queryFn: async ({ signal }): Promise<Firing | null> => {
      const atMs = Date.parse(firing.at)
      const page: IotLogPage = await readIotLogs(
        {
          ruleName,
          traceId: firing.traceId,
          from: new Date(atMs - BEFORE_MS).toISOString(),
          to: new Date(atMs + AFTER_MS).toISOString(),
          maxResults: MOST_IOT_LOG_ENTRIES,
        },
        signal,
      )
      return firingsOf(page.entries).find(({ id }) => id === firing.id) ?? null
    },
    staleTime: 5_000, // ms
  })
