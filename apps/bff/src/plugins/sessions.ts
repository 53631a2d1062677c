import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import { isServerPath } from '@thingdeck/contract'
import type { Session } from 'fastify'
import plugin from 'fastify-plugin'
import { SESSION_MS } from '../session-life.ts'
import type { PluginStore } from '../stores/session-store.ts'
import { SessionSigner } from './session-signer.ts'

declare module 'fastify' {
  interface Session {
    /** The store did not answer: this is not what it holds. */
    storeFailure?: Error
  }
  interface FastifyReply {
    /** Has the browser forget its session, which has ended. */
    clearSessionCookie(): void
  }
}

export interface SessionOptions {
  readonly secret: string | undefined
  readonly secure: boolean
  readonly store: PluginStore
}

/**
 * Server-side sessions behind an opaque cookie. `SameSite=Lax` and not `Strict`, so that a link into the console finds
 * the person signed in. A store that does not answer signs nobody out: the
 * request is refused with STORE_UNAVAILABLE.
 */
export const sessions = plugin<SessionOptions>(async (app, { secret, secure, store }) => {
  await app.register(cookie)
  // TLS ends before us, so the public address says what browsers speak, and no header of a request: the session's
  // cookie is sent over https alone.
  if (secure) {
    app.addHook('onRequest', async (request) => {
      Object.defineProperty(request, 'protocol', { value: 'https' })
    })
  }
  // The __Host- prefix pins the cookie to this origin (RFC 6265bis §4.1.3.2); browsers want https for it.
  const cookieName = secure ? '__Host-thingdeck' : 'thingdeck'
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const
  app.decorateReply('clearSessionCookie', function () {
    this.clearCookie(cookieName, attributes)
  })
  await app.register(session, {
    secret: new SessionSigner(secret ?? randomBytes(32).toString('base64url')),
    cookieName,
    cookie: { ...attributes, maxAge: SESSION_MS },
    saveUninitialized: false,
    rolling: false,
    store: rememberingFailure(store),
  })
  app.addHook('onRequest', async (request) => {
    const { storeFailure, person, signedInAtMs = 0 } = request.session
    // The web app's own files need no session, and are served without the store.
    if (storeFailure && isServerPath(request.url)) throw storeFailure
    // Each time that it is saved, with renewed tokens say, the cookie begins a day anew.
    if (person && Date.now() >= signedInAtMs + SESSION_MS) await request.session.regenerate()
  })
})

/** The failure is in the session, where the hook above finds it once it is known what is asked for. */
function rememberingFailure(store: PluginStore): PluginStore {
  return {
    get(sessionId, done) {
      store.get(sessionId, (error: unknown, found?: Session | null) => {
        if (!error) done(null, found)
        else done(null, { cookie: { originalMaxAge: SESSION_MS }, storeFailure: error as Error })
      })
    },
    set: (sessionId, value, done) => store.set(sessionId, value, done),
    destroy: (sessionId, done) => store.destroy(sessionId, done),
  }
}
