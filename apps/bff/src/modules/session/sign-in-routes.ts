import { endpoints, ownPath } from '@thingdeck/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Person, Tokens } from '../../person.ts'
import { route } from '../../plugins/route.ts'
import { Problem, toProblem } from '../../problem.ts'
import type { Issuer } from './issuer.ts'
import type { MqttGrants } from './mqtt-grants.ts'
import type { PendingSignIns } from './pending-sign-ins.ts'
import { signInPage } from './sign-in-page.ts'

/** Signing in is rare; this stops a loop of redirects and a guesser alike. */
const MOST_PER_MINUTE = 30

/** The page to open after signing in. */
const returnToOf = (asked: string | undefined): string => ownPath(asked) ?? '/'

/** A new session id at the change of who is behind it (OWASP Session Management, "Renew the Session ID"). */
async function signIn(request: FastifyRequest, person: Person, tokens: Tokens): Promise<void> {
  await request.session.regenerate()
  request.session.set('person', person)
  request.session.set('tokens', tokens)
  request.session.set('signedInAtMs', Date.now())
}

/** Why a person could not be signed in: to whoever asks for a page, the address of the one that says it. */
function addressForPerson(error: FastifyError, request: FastifyRequest, reply: FastifyReply, returnTo: string): string {
  // A person does not read problem+json. The address holds the code and the request id; whatever the issuer said stays
  // in the log.
  if (!request.headers.accept?.includes('text/html')) throw error
  const problem = toProblem(error, request.id)
  const { code, detail, requestId } = problem
  if (problem.status >= 500) request.log.error(error, problem.title)
  else request.log.info({ code, detail }, 'sign-in refused')
  reply.code(303)
  return signInPage({ problem: code, requestId, returnTo })
}

interface SignInParts {
  readonly issuer: Issuer
  readonly pendingSignIns: PendingSignIns
  readonly grants: Pick<MqttGrants, 'sessionEnded'>
  readonly publicUrl: URL
}

export function signInRoutes(app: FastifyInstance, { issuer, pendingSignIns, grants, publicUrl }: SignInParts): void {
  route(
    app,
    endpoints.signIn,
    async (request, reply) => {
      const { url, pending } = await issuer.begin(returnToOf(request.query.returnTo), request.query.prompt)
      pendingSignIns.keep(reply, pending)
      return url.href
    },
    {
      mostPerMinute: MOST_PER_MINUTE,
      async errorHandler(error, request, reply) {
        // It may be the query that was refused.
        const { returnTo } = request.query as { readonly returnTo?: unknown }
        const asked = typeof returnTo === 'string' ? returnTo : undefined
        return reply.redirect(addressForPerson(error, request, reply, returnToOf(asked)))
      },
    },
  )

  route(
    app,
    endpoints.finishSignIn,
    async (request, reply) => {
      const pending = pendingSignIns.take(request, reply)
      // The back button, or a bookmark of this address: begin again instead of failing.
      if (!pending) return endpoints.signIn.path
      try {
        const { person, tokens } = await issuer.finish(new URL(request.url, publicUrl), pending)
        await signIn(request, person, tokens)
        request.auditAs({ person })
      } catch (error) {
        return addressForPerson(error as FastifyError, request, reply, pending.returnTo)
      }
      return pending.returnTo
    },
    {
      mostPerMinute: MOST_PER_MINUTE,
      errorHandler: async (error, request, reply) => reply.redirect(addressForPerson(error, request, reply, '/')),
    },
  )

  route(app, endpoints.signOut, async (request, reply) => {
    const { person, sessionId } = request.session
    await request.session.destroy()
    reply.clearSessionCookie()
    if (person) await grants.sessionEnded(person.id, sessionId)
    // Signed out here in any case; that the issuer is away must not keep a person signed in.
    const redirectTo = await issuer.endSessionUrl().catch((error: Error) => {
      if (!(error instanceof Problem)) throw error
      request.log.warn(error, 'the issuer was not told of the sign-out')
      return undefined
    })
    return { redirectTo: redirectTo?.href ?? '/' }
  })
}
