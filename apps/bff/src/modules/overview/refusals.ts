import type { IoTClient } from '@aws-sdk/client-iot'
import type { IotLogEntry, RefusalsOverview } from '@thingdeck/contract'
import type { IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { isLoggingOff, readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'
import { refusedEntries } from '../../aws/iot-logs/refused-entries.ts'
import { orUnread } from '../../aws/why-unread.ts'

const HOUR_MS = 3_600_000
/** Entries of one read; the most that is looked at is this many times {@link MOST_READS}. */
const PAGE_SIZE = 2_500
const MOST_READS = 2

/** What AWS IoT refused in the hour before, from its log. That there is no log is an outcome; errors are AWS's own. */
export async function readRefusals(
  logs: IotLogs,
  iot: IoTClient,
  toMs: number,
  signal: AbortSignal,
): Promise<RefusalsOverview> {
  return orUnread(() => read(logs, iot, toMs, signal), { isAll: false, total: 0, clients: 0, reasons: [] })
}

async function read(logs: IotLogs, iot: IoTClient, toMs: number, signal: AbortSignal): Promise<RefusalsOverview> {
  const entries: IotLogEntry[] = []
  let nextToken: string | undefined
  let reads = 0
  do {
    const page = await logs.read(
      {
        criteria: { status: 'Failure' },
        fromMs: toMs - HOUR_MS,
        toMs,
        limit: PAGE_SIZE,
        ...(nextToken !== undefined && { nextToken }),
      },
      signal,
    )
    if (page.outcome !== 'entries') {
      const { outcome, message } = page
      return { outcome, ...(message !== undefined && { message }), ...summaryOf([]), isAll: false }
    }
    entries.push(...page.entries)
    nextToken = page.nextToken
    reads += 1
  } while (nextToken !== undefined && reads < MOST_READS)
  // A log that says nothing proves nothing while nothing is written to it.
  const isOff = await isNothingLogged(iot, signal)
  const refused = refusedEntries(entries).map(({ entry }) => entry)
  return {
    outcome: isOff && refused.length === 0 ? 'logging-off' : 'read',
    ...(isOff && { isOff }),
    ...summaryOf(refused),
    isAll: nextToken === undefined,
  }
}

/** Whether failures are logged of nobody, unless a target has a level of its own. */
async function isNothingLogged(iot: IoTClient, signal: AbortSignal): Promise<boolean> {
  const found = await readLoggingOptions(iot, { signal })
  return isLoggingOff(found) || (found.kind === 'configured' && found.options.defaultLogLevel === 'DISABLED')
}

/** Refusals by what was asked and why it was refused, most first. */
export function summaryOf(entries: readonly IotLogEntry[]): Pick<RefusalsOverview, 'total' | 'clients' | 'reasons'> {
  const reasons = new Map<string, { eventType: string; reason: string; count: number; clients: Set<string> }>()
  const clients = new Set<string>()
  for (const { eventType = '', reason = '', clientId } of entries) {
    const key = JSON.stringify([eventType, reason])
    const found = reasons.get(key) ?? { eventType, reason, count: 0, clients: new Set<string>() }
    reasons.set(key, found)
    found.count += 1
    if (clientId === undefined) continue
    found.clients.add(clientId)
    clients.add(clientId)
  }
  return {
    total: entries.length,
    clients: clients.size,
    reasons: [...reasons.values()]
      .sort((one, other) => other.count - one.count)
      .map((each) => ({ ...each, clients: each.clients.size })),
  }
}
