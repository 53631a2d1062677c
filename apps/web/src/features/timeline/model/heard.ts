import { jsonObjectIn } from '../../../shared/json-object-in.ts'
import { firstFrom } from './first-from.ts'
import type { LogFact } from './moment.ts'

/** What AWS IoT announced and what it logged of the same are this close in time. */
export const SAME_MS = 3_000

const TYPES: Readonly<Record<string, Pick<LogFact, 'eventType' | 'status'>>> = {
  connected: { eventType: 'Connect', status: 'Success' },
  disconnected: { eventType: 'Disconnect', status: 'Success' },
  connect_failed: { eventType: 'Connect', status: 'Failure' },
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * A lifecycle event as the log would have it. Undefined: it is none that this console knows.
 * Source: AWS IoT developer guide, "Lifecycle events".
 */
export function heardFact(payload: string): LogFact | undefined {
  const event = jsonObjectIn(payload) ?? {}
  const type = TYPES[text(event.eventType) ?? '']
  const { clientId, timestamp } = event
  if (!type || typeof clientId !== 'string' || typeof timestamp !== 'number') return undefined
  const [principalId, sourceIp] = [text(event.principalIdentifier), text(event.ipAddress)]
  const [disconnectReason, reason] = [text(event.disconnectReason), text(event.connectFailureReason)]
  return {
    id: `heard:${event.eventType}:${text(event.sessionIdentifier) ?? ''}:${timestamp}`,
    atMs: timestamp,
    time: new Date(timestamp).toISOString(),
    match: 'clientId',
    isHeard: true,
    ...type,
    clientId,
    ...(principalId !== undefined && { principalId }),
    ...(sourceIp !== undefined && { sourceIp }),
    ...(disconnectReason !== undefined && { disconnectReason }),
    ...(reason !== undefined && { reason: REASONS[reason] ?? reason }),
  }
}

/**
 * What an id tells of the lifecycle event that a moment was known from. Undefined: it was known from elsewhere.
 * @param momentId as a link has it; whoever opens it may have heard nothing, and read the log's entry of the same
 */
export function heardIn(momentId: string): Pick<LogFact, 'eventType' | 'atMs'> | undefined {
  const [, event = '', atMs] = /heard:(\w+):[^:]*:(\d+)$/.exec(momentId) ?? []
  const type = TYPES[event]
  return type && { eventType: type.eventType, atMs: Number(atMs) }
}

/** The one reason that AWS names for `connect_failed`, in the log's spelling. */
const REASONS: Readonly<Record<string, string>> = { AUTHORIZATION_FAILED: 'AUTHORIZATION_FAILURE' }

/** What was heard and is not in the log, or not yet. @param log oldest first */
export function withHeard(log: readonly LogFact[], heard: readonly LogFact[]): readonly LogFact[] {
  const further = heard.filter((event) => {
    for (let index = firstFrom(log, event.atMs - SAME_MS); index < log.length; index++) {
      const entry = log[index]
      if (!entry || entry.atMs > event.atMs + SAME_MS) break
      if (entry.clientId === event.clientId && entry.eventType === event.eventType) return false
    }
    return true
  })
  return further.length === 0 ? log : [...log, ...further]
}
