import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { ownPath } from '@thingdeck/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Person, Tokens } from '../../person.ts'
import { Problem, toProblem } from '../../problem.ts'
import type { Issuer } from './issuer.ts'
import { signInPage } from './sign-in-page.ts'

/** Signing in is rare; this stops a loop of redirects and a guesser alike. */
const LOGIN_LIMIT = { mostPerMinute: 30 }

/** The page to open after signing in. */
const returnToOf = (asked: string | undefined): string => ownPath(asked) ?? '/'

/** A new session id at the change of who is behind it (OWASP Session Management, "Renew the Session ID"). */
async function signIn(request: FastifyRequest, person: Person, tokens: Tokens): Promise<void> {
  await request.session.regenerate()
  request.session.set('person', person)
  request.session.set('tokens', tokens)
  request.session.set('signedInAtMs', Date.now())
}

/**
 * A person does not read problem+json: their browser is led to the console's own page, which says what failed. The
 * address holds the code and the request id; whatever the issuer said stays in the log.
 */
async function tellPerson(error: FastifyError, request: FastifyRequest, reply: FastifyReply, returnTo: string) {
  if (!request.headers.accept?.includes('text/html')) throw error
  const problem = toProblem(error, request.id)
  const { code, detail, requestId } = problem
  if (problem.status >= 500) request.log.error(error, problem.title)
  else request.log.info({ code, detail }, 'sign-in refused')
  return reply.header('cache-control', 'no-store').redirect(signInPage({ problem: code, requestId, returnTo }), 303)
}

export const authRoutes: FastifyPluginAsyncTypebox<{ issuer: Issuer; publicUrl: URL }> = async (
  app,
  { issuer, publicUrl },
) => {
  app.get(
    '/auth/login',
    {
      config: { access: 'public', ...LOGIN_LIMIT },
      schema: {
        querystring: Type.Object({
          returnTo: Type.Optional(Type.String()),
          prompt: Type.Optional(Type.Literal('login', { description: 'Ask who it is even if the issuer knows' })),
        }),
      },
      errorHandler(error, request, reply) {
        const { returnTo } = request.query as { returnTo?: unknown }
        return tellPerson(error, request, reply, returnToOf(typeof returnTo === 'string' ? returnTo : undefined))
      },
    },
    async (request, reply) => {
      const { url, pending } = await issuer.begin(returnToOf(request.query.returnTo), request.query.prompt)
      request.session.set('pendingLogin', pending)
      return reply.header('cache-control', 'no-store').redirect(url.href)
    },
  )

  app.get(
    '/auth/callback',
    {
      config: { access: 'public', audit: 'SignIn', ...LOGIN_LIMIT },
      errorHandler: (error, request, reply) => tellPerson(error, request, reply, '/'),
    },
    async (request, reply) => {
      const pending = request.session.get('pendingLogin')
      // The back button, or a bookmark of this address: begin again instead of failing.
      if (!pending) return reply.redirect('/auth/login')
      request.session.set('pendingLogin', undefined)
      try {
        const { person, tokens } = await issuer.finish(new URL(request.url, publicUrl), pending)
        await signIn(request, person, tokens)
        request.noteAudit({ person })
      } catch (error) {
        return tellPerson(error as FastifyError, request, reply, pending.returnTo)
      }
      return reply.header('cache-control', 'no-store').redirect(pending.returnTo)
    },
  )

  app.post(
    '/auth/logout',
    {
      config: { access: 'public', audit: 'SignOut' },
      schema: { response: { 200: Type.Object({ redirectTo: Type.String() }) } },
    },
    async (request, reply) => {
      await request.session.destroy()
      // Signed out here in any case; that the issuer is away must not keep a person signed in.
      const redirectTo = await issuer.endSessionUrl().catch((error: Error) => {
        if (!(error instanceof Problem)) throw error
        request.log.warn(error, 'the issuer was not told of the sign-out')
        return undefined
      })
      return reply.send({ redirectTo: redirectTo?.href ?? '/' })
    },
  )
}
