import { DELETE_AFTER_DEPRECATION_MS, type ThingType } from '@thingdeck/contract'

/** How long until AWS deletes a deprecated type, in ms; 0: it can be now. Undefined: it is not deprecated. */
export function untilDeletableMs(type: Pick<ThingType, 'isDeprecated' | 'deprecatedAt'>, nowMs: number) {
  if (!type.isDeprecated) return undefined
  if (type.deprecatedAt === undefined) return 0
  return Math.max(0, Date.parse(type.deprecatedAt) + DELETE_AFTER_DEPRECATION_MS - nowMs)
}

/** `4:07`: minutes and seconds, the second that runs counted. */
export function formatCountdown(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Why a type cannot be deleted yet; undefined: as far as it itself goes, it can. */
export function whyNotDeletable(
  type: Pick<ThingType, 'isDeprecated' | 'deprecatedAt'>,
  nowMs: number,
): string | undefined {
  const leftMs = untilDeletableMs(type, nowMs)
  if (leftMs === undefined) return 'Deprecate it first: five minutes after that AWS deletes it, if no thing has it.'
  return leftMs > 0 ? `AWS deletes it five minutes after it was deprecated: in ${formatCountdown(leftMs)}.` : undefined
}
