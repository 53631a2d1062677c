import { endpoints, ownPath } from '@thingdeck/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignedIn } from '../../plugins/renewal.ts'
import { route } from '../../plugins/route.ts'
import { toProblem } from '../../problem.ts'
import { sessionName } from '../../stores/session-store.ts'
import { deviceOf } from './sign-in-device.ts'
import { signInPage } from './sign-in-page.ts'
import { SignInFailure, type SignInWay } from './sign-in-way.ts'

/** Signing in is rare; this stops a loop of redirects and a guesser alike. */
const MOST_PER_MINUTE = 30

/** The page to open after signing in. */
const returnToOf = (asked: string | undefined): string => ownPath(asked) ?? '/'

/** A new session id at the change of who is behind it (OWASP Session Management, "Renew the Session ID"). */
async function signIn(request: FastifyRequest, { person, tokens }: SignedIn, knowsAddress: boolean): Promise<void> {
  await request.session.regenerate()
  request.session.set('person', person)
  if (tokens) request.session.set('tokens', tokens)
  request.session.set('signedInAtMs', Date.now())
  request.session.set('device', deviceOf(request, knowsAddress))
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

/** @param knowsAddress whether the address of a request is that of the browser: where proxies are trusted to tell it */
export function signInRoutes(app: FastifyInstance, way: SignInWay, knowsAddress: boolean): void {
  route(
    app,
    endpoints.signIn,
    async ({ query: { returnTo, prompt } }, reply) =>
      way.begin(reply, { returnTo: returnToOf(returnTo), ...(prompt && { prompt }) }),
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
      try {
        const arrival = await way.finish(request, reply)
        if (!arrival) return endpoints.signIn.path
        await signIn(request, arrival, knowsAddress)
        request.auditAs({ person: arrival.person })
        return arrival.returnTo
      } catch (error) {
        if (!(error instanceof SignInFailure)) throw error
        return addressForPerson(error.cause as FastifyError, request, reply, error.returnTo)
      }
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
    if (person) await way.mqtt.sessionEnded(person.id, sessionName(sessionId))
    return { redirectTo: await way.afterSignOut(request.log) }
  })
}
