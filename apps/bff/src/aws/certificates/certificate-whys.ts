import { type CertificateLook, type CertificateWhy, EXPIRES_WITHIN_DAYS, LONG_LIVED_YEARS } from '@thingdeck/contract'
import type { CertificateFacts } from './certificate-facts.ts'

const DAY_MS = 86_400_000

type Known = Pick<CertificateLook, 'notBefore' | 'notAfter' | 'things' | 'thingCount' | 'toldBy'>

/** Why somebody should look at it, the worst first. */
export function whysOf(known: Known, facts: CertificateFacts | undefined, nowMs: number): CertificateWhy[] {
  const { notBefore, notAfter, things, thingCount, toldBy } = known
  const endMs = notAfter === undefined ? Number.POSITIVE_INFINITY : Date.parse(notAfter)
  const lastsMs = notBefore === undefined ? 0 : endMs - Date.parse(notBefore)
  // An index that knows no connection of any of its things: nobody was ever seen with it.
  const isSeen = things.some(({ connected, changedAt }) => connected === true || changedAt !== undefined)
  const areAllAsked = thingCount === things.length && things.every(({ connected }) => connected !== undefined)
  const whys: readonly (readonly [CertificateWhy, boolean])[] = [
    ['expired', endMs <= nowMs],
    ['weak', facts?.isWeak === true],
    ['expiring', endMs > nowMs && endMs < nowMs + EXPIRES_WITHIN_DAYS * DAY_MS],
    ['shared', things.filter(({ connected }) => connected).length > 1],
    ['onNothing', thingCount === 0],
    ['neverSeen', toldBy === 'index' && thingCount > 0 && areAllAsked && !isSeen],
    ['longLived', Number.isFinite(lastsMs) && lastsMs > LONG_LIVED_YEARS * 365.25 * DAY_MS],
  ]
  return whys.flatMap(([why, holds]) => (holds ? why : []))
}
