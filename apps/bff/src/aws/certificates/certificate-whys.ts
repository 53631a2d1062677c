import { type CertificateLook, type CertificateWhy, EXPIRES_WITHIN_DAYS, LONG_LIVED_YEARS } from '@thingdeck/contract'
import type { CertificateFacts } from './certificate-facts.ts'

const DAY_MS = 86_400_000

/** All that AWS IoT signs ends then, whoever made the key (AWS IoT developer guide, X.509 client certificates). */
const AWS_ENDS_MS = Date.parse('2049-12-31T23:59:59Z')

type Known = Pick<
  CertificateLook,
  'notBefore' | 'notAfter' | 'caCertificateId' | 'things' | 'thingCount' | 'toldBy'
> & {
  /** When it came into the account. */
  readonly createdAt?: Date | undefined
}

/** Why somebody should look at it, the worst first. */
export function whysOf(known: Known, facts: CertificateFacts | undefined, nowMs: number): CertificateWhy[] {
  const { notBefore, notAfter, caCertificateId, things, thingCount, toldBy, createdAt } = known
  const endMs = notAfter === undefined ? Number.POSITIVE_INFINITY : Date.parse(notAfter)
  const lastsMs = notBefore === undefined ? 0 : endMs - Date.parse(notBefore)
  // Nobody chose how long AWS's own last: were they said to last long, nearly every certificate would be.
  const isOfAws = caCertificateId === undefined && endMs === AWS_ENDS_MS
  // An index that knows no connection of any of its things: nobody was ever seen with it. Who connected before it was
  // there did so with another one, as the devices of a rotation do.
  const beginMs = createdAt?.getTime() ?? Number.NEGATIVE_INFINITY
  const isSeen = things.some(({ connected, changedAt }) =>
    changedAt === undefined ? connected === true : Date.parse(changedAt) >= beginMs,
  )
  const areAllAsked = thingCount === things.length && things.every(({ connected }) => connected !== undefined)
  const whys: readonly (readonly [CertificateWhy, boolean])[] = [
    ['expired', endMs <= nowMs],
    ['weak', facts?.isWeak === true],
    ['expiring', endMs > nowMs && endMs < nowMs + EXPIRES_WITHIN_DAYS * DAY_MS],
    ['shared', things.filter(({ connected }) => connected).length > 1],
    ['onNothing', thingCount === 0],
    ['neverSeen', toldBy === 'index' && thingCount > 0 && areAllAsked && !isSeen],
    ['longLived', !isOfAws && Number.isFinite(lastsMs) && lastsMs > LONG_LIVED_YEARS * 365.25 * DAY_MS],
  ]
  return whys.flatMap(([why, holds]) => (holds ? why : []))
}
