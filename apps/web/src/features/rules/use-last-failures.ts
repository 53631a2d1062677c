import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry } from '@thingdeck/contract'
import { loggingQuery } from '../../shared/iot-logs/iot-log-queries.ts'
import { MOST_FAILURES, ruleFailuresQuery } from '../../shared/rule-failures/rule-failures-query.ts'

/** So far back failures are looked for. */
export const FAILURES_HOURS = 24

/** The latest failure that was logged of a rule; or why nobody can tell whether there was one. */
export type LastFailure =
  | { readonly is: 'reading' }
  | { readonly is: 'failure'; readonly entry: IotLogEntry }
  | { readonly is: 'none' }
  | { readonly is: 'unknown'; readonly why: string }

/** The latest failures of all rules, by one look at AWS IoT's log. */
export function useLastFailures(): (ruleName: string) => LastFailure {
  const { data, error } = useQuery(ruleFailuresQuery(FAILURES_HOURS))
  const { data: logging } = useQuery(loggingQuery)
  const latest = new Map<string, IotLogEntry>()
  for (const entry of data?.entries ?? []) {
    const { ruleName } = entry
    const before = ruleName === undefined ? undefined : latest.get(ruleName)
    if (ruleName !== undefined && (!before || before.at < entry.at)) latest.set(ruleName, entry)
  }
  return (ruleName) => {
    const entry = latest.get(ruleName)
    if (entry) return { is: 'failure', entry }
    if (error) return { is: 'unknown', why: 'the log could not be read' }
    if (!data || !logging) return { is: 'reading' }
    if (data.outcome === 'not-allowed') return { is: 'unknown', why: 'the console may not read the log' }
    if (logging.status !== 'on' || logging.defaultLogLevel === 'DISABLED') {
      return { is: 'unknown', why: 'logging is off' }
    }
    return data.nextToken === undefined
      ? { is: 'none' }
      : { is: 'unknown', why: `the latest ${MOST_FAILURES} failures are of other rules` }
  }
}
