import { jsonObjectIn } from '../../shared/json-object-in.ts'
import type { MqttMessage } from '../../shared/mqtt/message.ts'

/** A message that was copied: it may be kept. */
export type KeptMessage = Omit<MqttMessage, 'dup'>

/** What was heard of a device since it is waited for. */
export interface Arrival {
  /** The last connect. */
  readonly connected?: { readonly atMs: number; readonly sourceIp?: string; readonly principal?: string }
  /** The end of that connection. */
  readonly disconnected?: { readonly atMs: number; readonly reason?: string }
  /** The first message. */
  readonly message?: KeptMessage
}

export type Heard =
  | { readonly kind: 'connected' | 'disconnected'; readonly text: string; readonly nowMs: number }
  | { readonly kind: 'message'; readonly message: KeptMessage }

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * @see AWS IoT developer guide, "Lifecycle events": they may come twice and out of order, each with its own time
 */
export function arrivalAfter(before: Arrival, heard: Heard): Arrival {
  if (heard.kind === 'message') return before.message ? before : { ...before, message: heard.message }
  const event = jsonObjectIn(heard.text)
  if (!event) return before // anybody who may can publish there on a broker of another make
  const { timestamp, ipAddress, principalIdentifier, disconnectReason } = event
  const atMs = typeof timestamp === 'number' ? timestamp : heard.nowMs
  if (heard.kind === 'connected') {
    if (before.connected && before.connected.atMs >= atMs) return before
    const [sourceIp, principal] = [textIn(ipAddress), textIn(principalIdentifier)]
    const { disconnected, ...rest } = before
    return {
      ...rest,
      connected: { atMs, ...(sourceIp !== undefined && { sourceIp }), ...(principal !== undefined && { principal }) },
      ...(disconnected && disconnected.atMs >= atMs && { disconnected }),
    }
  }
  if (before.connected && before.connected.atMs > atMs) return before
  const reason = textIn(disconnectReason)
  return { ...before, disconnected: { atMs, ...(reason !== undefined && { reason }) } }
}
