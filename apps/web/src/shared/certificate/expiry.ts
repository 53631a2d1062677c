import { EXPIRES_WITHIN_DAYS } from '@thingdeck/contract'

const DAY_MS = 86_400_000
const SOON_MS = EXPIRES_WITHIN_DAYS * DAY_MS

const UNITS = [
  [365 * DAY_MS, 'year'],
  [30 * DAY_MS, 'month'],
  [DAY_MS, 'day'],
  [DAY_MS / 24, 'hour'],
  [60_000, 'minute'],
] as const

/** `23 years`, `5 days`: in the largest unit of which there are two, rounded down. */
function span(ms: number): string {
  const [unitMs, unit] = UNITS.find(([size]) => ms >= 2 * size) ?? ([60_000, 'minute'] as const)
  const count = Math.max(1, Math.floor(ms / unitMs))
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

interface Expiry {
  readonly type: 'success' | 'warning' | 'error' | 'pending' | 'info'
  readonly text: string
}

/** How long a certificate is good. Dates are ISO 8601. */
export function expiryInWords(notBefore: string | undefined, notAfter: string | undefined, nowMs: number): Expiry {
  if (notBefore !== undefined && Date.parse(notBefore) > nowMs)
    return { type: 'pending', text: `valid in ${span(Date.parse(notBefore) - nowMs)}` }
  if (notAfter === undefined) return { type: 'info', text: 'validity not known' }
  const leftMs = Date.parse(notAfter) - nowMs
  if (leftMs <= 0) return { type: 'error', text: `expired ${span(-leftMs)} ago` }
  return { type: leftMs < SOON_MS ? 'warning' : 'success', text: `expires in ${span(leftMs)}` }
}
