import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import type { PendingLogin } from '../../person.ts'
import { createSeal } from '../../stores/seal.ts'

/** Typing a password and a code of a second factor takes some minutes. */
const PENDING_MS = 15 * 60_000
const PLACE = 'pending sign-in'

/**
 * Sealed, a cookie with a page of this length stays below the 4,096 bytes that every browser keeps (RFC 6265 §6.1).
 * A path has ASCII alone.
 */
const LONGEST_RETURN_TO = 2_500

interface Remembered extends PendingLogin {
  readonly endsAtMs: number
}

/**
 * What has to be remembered between the redirect to the issuer and its answer. It is with the browser, sealed, so that
 * whoever begins ten thousand sign-ins fills no memory here, and pushes out nobody else's.
 */
export interface PendingSignIns {
  keep(reply: FastifyReply, pending: PendingLogin): void
  /** @returns undefined when this browser began none, or too long ago; each can be had once */
  take(request: FastifyRequest, reply: FastifyReply): PendingLogin | undefined
}

export function createPendingSignIns({ publicUrl, sessionSecret }: Config): PendingSignIns {
  const seal = createSeal(sessionSecret ?? randomBytes(32).toString('base64url'), 'thingdeck sign-in')
  const secure = publicUrl.protocol === 'https:'
  const cookie = secure ? '__Host-thingdeck-sign-in' : 'thingdeck-sign-in'
  // Lax: the issuer's redirect back to us is a navigation from another site.
  const where = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  return {
    keep(reply, pending) {
      const remembered: Remembered = {
        ...pending,
        returnTo: shortened(pending.returnTo),
        endsAtMs: Date.now() + PENDING_MS,
      }
      reply.setCookie(cookie, seal.seal(JSON.stringify(remembered), PLACE), { ...where, maxAge: PENDING_MS / 1_000 })
    },
    take(request, reply) {
      const sealed = request.cookies[cookie]
      if (sealed === undefined) return undefined
      reply.clearCookie(cookie, where)
      const text = seal.open(sealed, PLACE)
      if (text === undefined) return undefined
      const { endsAtMs, ...pending } = JSON.parse(text) as Remembered // sealed above
      return Date.now() < endsAtMs ? pending : undefined
    },
  }
}

/** A page whose address is too long is opened without its query; the sign-in does not fail for it. */
function shortened(returnTo: string): string {
  if (returnTo.length <= LONGEST_RETURN_TO) return returnTo
  const [path = '/'] = returnTo.split(/[?#]/)
  return path.length <= LONGEST_RETURN_TO ? path : '/'
}
