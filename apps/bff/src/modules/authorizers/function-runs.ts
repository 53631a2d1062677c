import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { AuthorizerCalls, FunctionRun } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { isRefused } from '../../aws/why-unread.ts'

/** So many are told of. */
const MOST_RUNS = 50

/** The last runs of a function, from the lines that Lambda itself writes into its log. Other errors are AWS's own. */
export async function readRuns(
  logs: CloudWatchLogsClient,
  functionName: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<AuthorizerCalls['runs']> {
  const logGroupName = `/aws/lambda/${functionName}`
  try {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({
        logGroupName,
        filterPattern: '"REPORT RequestId"',
        startTime: fromMs,
        endTime: toMs,
        startFromHead: false,
        limit: MOST_RUNS,
      }),
    )
    const runs = events.flatMap(({ message = '', timestamp = 0 }) => parseReport(message, timestamp) ?? [])
    return { outcome: 'read', logGroupName, runs: runs.sort((one, other) => (one.at < other.at ? 1 : -1)) }
  } catch (error) {
    const nothing = { logGroupName, runs: [] }
    if (isNamed(error, 'ResourceNotFoundException')) return { outcome: 'no-log-group', ...nothing }
    if (isRefused(error)) return { outcome: 'not-allowed', message: error.message, ...nothing }
    throw error
  }
}

/**
 * One run of `REPORT RequestId: … Duration: 12.30 ms …`; undefined: it is another line. Parts are parted by tabs.
 * @see AWS Lambda developer guide, "Lambda log formats"
 */
export function parseReport(message: string, atMs: number): FunctionRun | undefined {
  const requestId = /^REPORT RequestId: (\S+)/.exec(message)?.[1]
  if (requestId === undefined) return undefined
  const milliseconds = (name: string) => {
    const found = new RegExp(`(?:^|\\t)${name}: ([0-9.]+) ms`).exec(message)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const [durationMs, initMs] = [milliseconds('Duration'), milliseconds('Init Duration')]
  const status = /(?:^|\t)Status: (\w+)/.exec(message)?.[1]
  return {
    requestId,
    at: new Date(atMs).toISOString(),
    ...(durationMs !== undefined && { durationMs }),
    ...(initMs !== undefined && { initMs }),
    ...(status !== undefined && { status }),
  }
}
