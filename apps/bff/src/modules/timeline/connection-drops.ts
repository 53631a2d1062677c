import { type ConnectionDrops, logsSuccesses, type TimelineLogging } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { type ThingIdentity, whoCriteria } from '../../aws/iot-logs/thing-criteria.ts'
import { readLogPage } from './timeline-log.ts'

const DAY_MS = 86_400_000
/** More are not counted: that there are so many says enough. */
const MOST_DROPS = 2_000

interface DropsQuestion {
  readonly identity: ThingIdentity
  readonly logging: TimelineLogging
  readonly nowMs: number
}

/** How often a thing's connections were lost in the last day, and why. Errors are outcomes. */
export async function connectionDrops(
  { iotLogs }: Pick<Aws, 'iotLogs'>,
  { identity, logging, nowMs }: DropsQuestion,
  signal: AbortSignal,
): Promise<ConnectionDrops> {
  const since = new Date(nowMs - DAY_MS).toISOString()
  const nothing = { since, count: 0, byReason: [] }
  const isLogged = logging.state === 'on' && logsSuccesses(logging.level)
  if (!isLogged) return { outcome: 'not-logged', ...nothing }
  const criteria = { either: [whoCriteria(identity)], eventTypes: ['Disconnect'] }
  const request = { criteria, fromMs: nowMs - DAY_MS, toMs: nowMs, limit: MOST_DROPS }
  const { outcome, message, entries, nextToken } = await readLogPage(iotLogs, request, signal)
  if (outcome === 'not-allowed' || outcome === 'failed') {
    return { outcome, ...nothing, ...(message !== undefined && { message }) }
  }
  const reasons = entries.map(({ disconnectReason, reason }) => disconnectReason ?? reason ?? 'not said')
  const drops = Map.groupBy(
    reasons.filter((reason) => reason !== 'CLIENT_INITIATED_DISCONNECT'),
    (reason) => reason,
  )
  const byReason = [...drops].map(([reason, all]) => ({ reason, count: all.length }))
  return {
    outcome: 'counted',
    since,
    count: byReason.reduce((sum, { count }) => sum + count, 0),
    ...(nextToken !== undefined && { isAtLeast: true as const }),
    byReason: byReason.sort((one, other) => other.count - one.count),
  }
}
