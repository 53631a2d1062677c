import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import session from '@fastify/session'
import plugin from 'fastify-plugin'

/** A working day: after it the person signs in again. */
const SESSION_MS = 12 * 60 * 60 * 1_000

/**
 * Server-side sessions behind an opaque cookie. `SameSite=Lax` and not `Strict`, because the issuer's redirect back to
 * us is a cross-site navigation that must find the pending login.
 */
export const sessions = plugin<{ secret: string | undefined; secure: boolean }>(async (app, { secret, secure }) => {
  await app.register(cookie)
  await app.register(session, {
    secret: secret ?? randomBytes(32).toString('base64url'),
    // The __Host- prefix pins the cookie to this origin (RFC 6265bis §4.1.3.2); browsers want https for it.
    cookieName: secure ? '__Host-thingdeck' : 'thingdeck',
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: SESSION_MS },
    saveUninitialized: false,
    rolling: false,
  })
})
