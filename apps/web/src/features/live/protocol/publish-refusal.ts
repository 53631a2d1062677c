import type { PublishOutcome } from './publish.ts'

/** Why a message was not taken, as the audit trail has it; undefined where it was. */
export function refusalOf({
  ok,
  reason,
  reasonCode,
}: PublishOutcome): { readonly code: string; readonly message: string } | undefined {
  if (ok) return undefined
  return { code: reasonCode === undefined ? 'NOT_CONNECTED' : `MQTT_0x${reasonCode.toString(16)}`, message: reason }
}
