import type { ConnectionDrops, IotLogPage, TimelineLogging } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { type TimelineIdentity, whoCriteria } from './timeline-log.ts'

const DAY_MS = 86_400_000
/** More are not counted: that there are so many says enough. */
const MOST_DROPS = 2_000

interface DropsQuestion {
  readonly identity: TimelineIdentity
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
  const isLogged = logging.state === 'on' && (logging.level === 'INFO' || logging.level === 'DEBUG')
  if (!isLogged) return { outcome: 'not-logged', ...nothing }
  let page: IotLogPage
  try {
    const criteria = { either: [whoCriteria(identity)], eventTypes: ['Disconnect'] }
    page = await iotLogs.read({ criteria, fromMs: nowMs - DAY_MS, toMs: nowMs, limit: MOST_DROPS }, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return { outcome: 'failed', message: `${error.name}: ${error.message}`, ...nothing }
  }
  const { outcome, message } = page
  if (outcome === 'not-allowed') return { outcome, ...nothing, ...(message !== undefined && { message }) }
  const reasons = page.entries.map(({ disconnectReason, reason }) => disconnectReason ?? reason ?? 'not said')
  const drops = Map.groupBy(
    reasons.filter((reason) => reason !== 'CLIENT_INITIATED_DISCONNECT'),
    (reason) => reason,
  )
  const byReason = [...drops].map(([reason, all]) => ({ reason, count: all.length }))
  return {
    outcome: 'counted',
    since,
    count: byReason.reduce((sum, { count }) => sum + count, 0),
    ...(page.nextToken !== undefined && { isAtLeast: true as const }),
    byReason: byReason.sort((one, other) => other.count - one.count),
  }
}
