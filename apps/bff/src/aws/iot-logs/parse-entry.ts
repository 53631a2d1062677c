import type { IotLogEntry } from '@thingdeck/contract'

/** A log event as CloudWatch Logs gives it. */
export interface LogEvent {
  readonly eventId?: string | undefined
  /** In ms. */
  readonly timestamp?: number | undefined
  readonly ingestionTime?: number | undefined
  readonly logStreamName?: string | undefined
  readonly message?: string | undefined
}

export type Members = Readonly<Record<string, unknown>>

/** Members of {@link IotLogEntry} that are texts, by the names that AWS gives them. */
const TEXTS = [
  'eventType',
  'logLevel',
  'status',
  'traceId',
  'protocol',
  'topicName',
  'clientId',
  'principalId',
  'sourceIp',
  'ruleName',
  'ruleAction',
  'reason',
  'disconnectReason',
  'details',
] as const

/** Reads what it knows, and leaves the rest to who reads `message`; nothing is refused. */
export function parseIotLogEntry(event: LogEvent): IotLogEntry {
  const message = event.message ?? ''
  const members = membersOf(message)
  const texts = TEXTS.flatMap((name) => {
    const value = members[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const thingName = [members.thingName, members.deviceShadowName].find((name) => typeof name === 'string')
  const eventMs = event.timestamp ?? 0
  return {
    eventId: event.eventId ?? '',
    at: new Date(entryMs(members.timestamp) ?? eventMs).toISOString(),
    loggedAt: new Date(event.ingestionTime ?? eventMs).toISOString(),
    logStreamName: event.logStreamName ?? '',
    message,
    ...Object.fromEntries(texts),
    ...(typeof members.sourcePort === 'number' && { sourcePort: members.sourcePort }),
    ...(typeof thingName === 'string' && { thingName }),
  }
}

/** The members of an entry as AWS wrote them. None: it is a line of text, or JSON that is no object. */
export function membersOf(message: string): Members {
  try {
    const parsed: unknown = JSON.parse(message)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Members) : {}
  } catch {
    return {}
  }
}

/** `2026-03-04 05:06:07.089`, UTC. Undefined: it is written in another way, or not there. */
function entryMs(timestamp: unknown): number | undefined {
  if (typeof timestamp !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?$/.test(timestamp)) return undefined
  const ms = Date.parse(`${timestamp.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

/** MQTT 5.0 §3.9.3: reason codes from 0x80 on are failures. */
const FIRST_FAILURE = 0x80

/** Of a Subscribe of MQTT 5, whose entry says of each filter how that ended: those that were refused. */
export function refusedFiltersOf({ subscriptions }: Members): string[] {
  if (!Array.isArray(subscriptions)) return []
  return subscriptions.flatMap((each: unknown) => {
    const { topicName, reasonCode } = (each ?? {}) as Members
    return typeof topicName === 'string' && typeof reasonCode === 'number' && reasonCode >= FIRST_FAILURE
      ? [topicName]
      : []
  })
}
