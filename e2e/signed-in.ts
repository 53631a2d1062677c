import { type Cookie, request } from '@playwright/test'

/** The people of the embedded issuer: a viewer, an operator and an admin. */
export type PersonName = 'Vera' | 'Ada' | 'Grace'

const sessions = new Map<string, Promise<readonly Cookie[]>>()

/**
 * The cookies of a person who signed in at a console, once for each worker: with them a test begins where it has
 * something to say. A test that signs out, or is about signing in, signs in by hand.
 * @param origin of the console
 */
export function signedIn(origin: string, person: PersonName): Promise<readonly Cookie[]> {
  const key = `${person} at ${origin}`
  const known = sessions.get(key)
  if (known) return known
  const session = signIn(origin, person)
  sessions.set(key, session)
  session.catch(() => sessions.delete(key)) // the next test tries for itself
  return session
}

/** The cookies of a person who signs in at a console now. */
export async function signIn(origin: string, person: PersonName): Promise<readonly Cookie[]> {
  const http = await request.newContext()
  const page = await http.get(`${origin}/auth/login?returnTo=/api/session`)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await page.text()) ?? []
  const issuer = new URL(page.url())
  const session = await http.post(new URL(action, issuer).href, {
    form: { person: person.toLowerCase() },
    headers: { origin: issuer.origin },
  })
  if (!session.ok()) throw new Error(`${person} could not sign in at ${origin}: ${await session.text()}`)
  const { cookies } = await http.storageState()
  await http.dispose()
  return cookies
}
