import type { IoTClient } from '@aws-sdk/client-iot'
import { logsSuccesses, type Rotation } from '@thingdeck/contract'
import type { IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { isLoggingOff, readLoggingOptions } from '../../aws/iot-logs/logging-options.ts'

/** Entries are in the log some time after what they tell of: so much is read once more. */
const LATE_MS = 120_000
const PAGE_SIZE = 2_500
/** Of one look; the next one goes on from there. */
const MOST_PAGES = 4

export interface Sighting {
  readonly certificateId: string
  readonly at: string
}

export interface Look {
  readonly sight: Rotation['sight']
  readonly sightings: readonly Sighting[]
  /** From where the next look reads on. */
  readonly readFromMs: number
}

/**
 * Which certificates devices connected with, by AWS IoT's log: the one source that names the principal of a connection.
 * The fleet index and GetConnection do not. A successful connect is written at INFO.
 * @see AWS IoT developer guide, "CloudWatch AWS IoT log entries", Connect
 */
export async function lookForSightings(
  { iotLogs, iot }: { readonly iotLogs: IotLogs; readonly iot: IoTClient },
  fromMs: number,
  nowMs: number,
): Promise<Look> {
  const lookedAt = new Date(nowMs).toISOString()
  const sightings: Sighting[] = []
  let nextToken: string | undefined
  let latestMs = fromMs
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = await iotLogs.read({
      criteria: { eventTypes: ['Connect'], status: 'Success' },
      fromMs: fromMs - LATE_MS,
      toMs: nowMs,
      order: 'oldest',
      limit: PAGE_SIZE,
      ...(nextToken !== undefined && { nextToken }),
    })
    if (read.outcome !== 'entries') {
      const message = read.message ?? WHY_NOT[read.outcome]
      return { sight: { source: 'none', message, lookedAt }, sightings, readFromMs: fromMs }
    }
    for (const { principalId, at } of read.entries) {
      if (principalId !== undefined) sightings.push({ certificateId: principalId, at })
      latestMs = Math.max(latestMs, Date.parse(at))
    }
    nextToken = read.nextToken
    if (nextToken === undefined) break
  }
  const message = sightings.length > 0 ? undefined : await whySilent(iot)
  return {
    sight: message === undefined ? { source: 'log', lookedAt } : { source: 'none', message, lookedAt },
    sightings,
    readFromMs: nextToken === undefined ? nowMs : latestMs,
  }
}

const WHY_NOT = {
  'logging-off': 'AWS IoT is told to log nothing.',
  'no-log-group': 'AWS IoT has written no log yet.',
  'not-allowed': 'The console may not read the log of AWS IoT.',
} as const

/** Why no successful connect is in the log; undefined: because there was none. */
async function whySilent(iot: IoTClient): Promise<string | undefined> {
  const read = await readLoggingOptions(iot)
  if (isLoggingOff(read)) return WHY_NOT['logging-off']
  if (read.kind !== 'configured') return undefined
  const level = read.options.defaultLogLevel ?? 'DISABLED'
  return logsSuccesses(level)
    ? undefined
    : `AWS IoT logs at ${level} unless a target has a level of its own; that a device connected is written at INFO.`
}
