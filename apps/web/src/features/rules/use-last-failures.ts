import { queryOptions, useQuery } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { IOT_LOGS, loggingQuery, readIotLogs } from '../../shared/iot-logs/iot-log-queries.ts'

/** So far back failures are looked for. */
export const FAILURES_HOURS = 24
const MOST_ENTRIES = 500

/** What the rules engine logs of a rule that failed (AWS IoT developer guide, "CloudWatch AWS IoT log entries"). */
const EVENT_TYPES = ['RuleExecution', 'FunctionExecution', 'RuleExecutionThrottled', 'RuleMessageThrottled']

const failuresQuery = queryOptions({
  queryKey: [...IOT_LOGS, 'failures of rules'],
  queryFn: ({ signal }) => {
    const nowMs = serverNow()
    return readIotLogs(
      {
        eventTypes: EVENT_TYPES,
        status: 'Failure',
        from: new Date(nowMs - FAILURES_HOURS * 3_600_000).toISOString(),
        to: new Date(nowMs).toISOString(),
        maxResults: MOST_ENTRIES,
      },
      signal,
    )
  },
  staleTime: 30_000, // ms
  refetchInterval: 60_000, // ms
  retry: false,
})

/** The latest failure that was logged of a rule; or why nobody can tell whether there was one. */
export type LastFailure =
  | { readonly is: 'reading' }
  | { readonly is: 'failure'; readonly entry: IotLogEntry }
  | { readonly is: 'none' }
  | { readonly is: 'unknown'; readonly why: string }

/** The latest failures of all rules, by one look at AWS IoT's log. */
export function useLastFailures(): (ruleName: string) => LastFailure {
  const { data, error } = useQuery(failuresQuery)
  const { data: logging } = useQuery(loggingQuery)
  const latest = new Map<string, IotLogEntry>()
  for (const entry of data?.entries ?? []) {
    const { ruleName } = entry
    const before = ruleName === undefined ? undefined : latest.get(ruleName)
    if (ruleName !== undefined && (!before || before.at < entry.at)) latest.set(ruleName, entry)
  }
  const isSilent = logging?.status === 'on' && logging.defaultLogLevel === 'DISABLED'
  return (ruleName) => {
    const entry = latest.get(ruleName)
    if (entry) return { is: 'failure', entry }
    if (error) return { is: 'unknown', why: 'the log could not be read' }
    if (!data || !logging) return { is: 'reading' }
    if (data.outcome === 'not-allowed') return { is: 'unknown', why: 'the console may not read the log' }
    if (logging.status !== 'on' || isSilent) return { is: 'unknown', why: 'logging is off' }
    return data.nextToken === undefined
      ? { is: 'none' }
      : { is: 'unknown', why: `the latest ${MOST_ENTRIES} failures are of other rules` }
  }
}
