import { queryOptions } from '@tanstack/react-query'
import { serverNow } from '../clock/server-clock.ts'
import { IOT_LOGS, readIotLogs } from '../iot-logs/iot-log-queries.ts'

/** So many failures are read at once: the latest. */
export const MOST_FAILURES = 500

/** What the rules engine logs of a rule that failed (AWS IoT developer guide, "CloudWatch AWS IoT log entries"). */
const EVENT_TYPES = ['RuleExecution', 'FunctionExecution', 'RuleExecutionThrottled', 'RuleMessageThrottled']

/** The latest failures of all rules in the last hours, by one look at AWS IoT's log. */
export const ruleFailuresQuery = (hours: number) =>
  queryOptions({
    queryKey: [...IOT_LOGS, 'failures of rules', hours],
    queryFn: ({ signal }) => {
      const nowMs = serverNow()
      return readIotLogs(
        {
          eventTypes: EVENT_TYPES,
          status: 'Failure',
          from: new Date(nowMs - hours * 3_600_000).toISOString(),
          to: new Date(nowMs).toISOString(),
          maxResults: MOST_FAILURES,
        },
        signal,
      )
    },
    staleTime: 30_000, // ms
    refetchInterval: 60_000, // ms
    retry: false,
  })
