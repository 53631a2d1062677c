import { isServerPath } from '@thingdeck/contract'
import type { FastifyBaseLogger } from 'fastify'
import plugin from 'fastify-plugin'
import type { Person, Tokens } from '../person.ts'
import { Problem, type ProblemCode } from '../problem.ts'

export interface SignedIn {
  readonly person: Person
  /** Of the issuer, where people sign in at one. */
  readonly tokens?: Tokens
}

export interface RenewalOptions {
  /**
   * The same while the sign-in is fresh; a renewed one otherwise, with the role that the person has now.
   * @throws {Problem} SIGNED_OUT or NO_ROLE when the sign-in is over
   */
  readonly renew: (signedIn: SignedIn) => Promise<SignedIn>
  /** Told when the role is another one; undefined: none. It does not throw. */
  readonly onRoleChange: (signedIn: SignedIn, log: FastifyBaseLogger) => Promise<void>
  /** Told when the sign-in is over, and its session has ended. It does not throw. */
  readonly onEnd: (signedIn: SignedIn, sessionId: string) => Promise<void>
}

const OVER: readonly ProblemCode[] = ['SIGNED_OUT', 'NO_ROLE']

/**
 * Asks the issuer again who the person is whenever their id token has run out, before anything is done with the role:
 * whoever loses a group at the issuer loses the role here within the life of a token.
 */
export const renewal = plugin<RenewalOptions>(async (app, { renew, onRoleChange, onEnd }) => {
  app.addHook('onRequest', async (request) => {
    const { person, tokens } = request.session
    if (!person || !isServerPath(request.url) || request.routeOptions.config.access === 'anyone') return
    const signedIn = { person, ...(tokens && { tokens }) }
    try {
      const now = await renew(signedIn)
      if (now.tokens !== tokens) request.session.set('tokens', now.tokens)
      if (now.person.role === person.role) return
      request.session.set('person', now.person)
      request.log.info({ person: person.id, from: person.role, to: now.person.role }, 'the role of a person changed')
      await onRoleChange(now, request.log)
    } catch (error) {
      if (error instanceof Problem && OVER.includes(error.code)) {
        request.log.info({ person: person.id, code: error.code }, 'the sign-in of a person is over')
        const { sessionId } = request.session
        await request.session.destroy()
        await onEnd(signedIn, sessionId)
      }
      throw error
    }
  })
})
