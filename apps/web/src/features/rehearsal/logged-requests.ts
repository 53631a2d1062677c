import type { IotLogEntry } from '@thingdeck/contract'

/** What a client asked for, as the log has it. */
export interface LoggedRequest {
  /** `iot:Publish` */
  readonly action: string
  /** A client id, a topic, a topic filter or a thing. */
  readonly subject: string
  /** Undefined over HTTPS. */
  readonly clientId: string | undefined
  readonly principalId: string
  readonly count: number
  /** So many of these were refused. */
  readonly refused: number
}

/** Entries as far as they tell what was asked for. */
export interface LoggedTraffic {
  /** Each once; the most frequent first. */
  readonly requests: readonly LoggedRequest[]
  /** So many entries were read. */
  readonly entries: number
  /** Of these, so many do not say who asked for what. */
  readonly unclear: number
  /** The first of them, ms; undefined without any. */
  readonly sinceMs: number | undefined
}

/**
 * The events that tell of a request that policies decide.
 * @see AWS IoT developer guide, "CloudWatch AWS IoT log entries"
 */
export const REQUEST_EVENTS = [
  'Connect',
  'Publish-In',
  'Publish-Out',
  'Subscribe',
  'GetThingShadow',
  'UpdateThingShadow',
  'DeleteThingShadow',
] as const

/** What policies were asked about each request of the log, and how often. */
export function loggedTraffic(entries: readonly IotLogEntry[]): LoggedTraffic {
  const requests = new Map<string, LoggedRequest>()
  let unclear = 0
  for (const entry of entries) {
    const asked = askedIn(entry)
    if (asked === undefined || entry.principalId === undefined) {
      unclear += 1
      continue
    }
    const { principalId } = entry
    const clientId = isHttps(entry) ? undefined : entry.clientId
    const isRefused = entry.status === 'Failure' && entry.reason === 'AUTHORIZATION_FAILURE'
    for (const { action, subject } of asked) {
      const key = [action, subject, clientId ?? '', principalId].join('\n')
      const before = requests.get(key) ?? { action, subject, clientId, principalId, count: 0, refused: 0 }
      requests.set(key, { ...before, count: before.count + 1, refused: before.refused + (isRefused ? 1 : 0) })
    }
  }
  const times = entries.map(({ at }) => Date.parse(at))
  return {
    requests: [...requests.values()].toSorted((one, other) => other.count - one.count),
    entries: entries.length,
    unclear,
    sinceMs: times.length === 0 ? undefined : Math.min(...times),
  }
}

const isHttps = ({ protocol }: IotLogEntry): boolean => protocol !== undefined && /^http/i.test(protocol)

interface Asked {
  readonly action: string
  readonly subject: string
}

/** Undefined: it does not say what was asked for, or it failed before policies were asked. */
function askedIn(entry: IotLogEntry): readonly Asked[] | undefined {
  const { eventType, clientId, topicName, thingName, status, reason } = entry
  if (status === 'Failure' && reason !== 'AUTHORIZATION_FAILURE') return undefined
  const one = (action: string, subject: string | undefined) =>
    subject === undefined ? undefined : [{ action, subject }]
  switch (eventType) {
    case 'Connect':
      return one('iot:Connect', clientId)
    case 'Publish-In':
      return one('iot:Publish', topicName)
    case 'Publish-Out':
      return one('iot:Receive', topicName)
    case 'Subscribe':
      return topicName?.split(',').map((subject) => ({ action: 'iot:Subscribe', subject }))
    case 'GetThingShadow':
    case 'UpdateThingShadow':
    case 'DeleteThingShadow':
      // Over MQTT the topics decide, of which there is an entry of its own.
      return isHttps(entry) ? one(`iot:${eventType}`, thingName) : []
    default:
      return undefined
  }
}
