import { expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { startConsole } from './console.ts'
import { startIssuer } from './issuer.ts'

/** A console whose one person, an operator, has an id token that has to be renewed with each request. */
async function startWithIssuer() {
  const issuer = await startIssuer()
  issuer.said.lifetimeSeconds = 30
  const console = await startConsole({ OIDC_ISSUER: issuer.url.href, OIDC_CLIENT_ID: 'console' })
  const ada = new Browser()
  await ada.open(`${console.url}/auth/login?returnTo=/api/session`)
  return {
    issuer,
    console,
    async ask(path: string, method = 'GET') {
      const response = await ada.fetch(`${console.url}${path}`, {
        method,
        headers: { origin: console.url, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{"state":{"desired":{"on":true}}}' }),
      })
      return { status: response.status, body: (await response.json()) as { code?: string; person?: { role: string } } }
    },
    async [Symbol.asyncDispose]() {
      await console[Symbol.asyncDispose]()
      await issuer[Symbol.asyncDispose]()
    },
  }
}

test('who is demoted at the issuer loses the role with the next request, whatever it is', async () => {
  await using at = await startWithIssuer()
  expect((await at.ask('/api/things/lamp-1/shadow', 'POST')).status).toBe(200)
  at.issuer.said.groups = ['viewer']
  expect(await at.ask('/api/things/lamp-1/shadow', 'POST')).toMatchObject({
    status: 403,
    body: { code: 'ROLE_REQUIRED' },
  })
  expect(await at.ask('/api/session')).toMatchObject({ status: 200, body: { person: { role: 'viewer' } } })
  expect(at.console.logged()).toContain('the role of a person changed')
})

test('who is in no group any more is told so, and signed out', async () => {
  await using at = await startWithIssuer()
  at.issuer.said.groups = ['other']
  expect(await at.ask('/api/session')).toMatchObject({ status: 403, body: { code: 'NO_ROLE' } })
  at.issuer.said.groups = ['admin']
  expect(await at.ask('/api/session')).toMatchObject({ status: 401, body: { code: 'SIGNED_OUT' } })
})

test('an issuer in trouble signs nobody out, and lets nobody act on a role that may be gone', async () => {
  await using at = await startWithIssuer()
  at.issuer.said.trouble = 503
  expect(await at.ask('/api/session')).toMatchObject({ status: 502, body: { code: 'ISSUER_UNAVAILABLE' } })
  at.issuer.said.trouble = undefined
  expect((await at.ask('/api/session')).status).toBe(200)
})
