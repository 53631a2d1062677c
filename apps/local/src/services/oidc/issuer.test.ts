import * as client from 'openid-client'
import { describe, expect, test, vi } from 'vitest'
import { serveHttp } from '../../../test/support/http-server.ts'
import { testContext } from '../../foundation/context.test-support.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { Browser } from './browser.test-support.ts'
import { Issuer } from './issuer.ts'

const CONSOLE = 'http://localhost:7300'

/** The issuer behind a port of its own. */
async function serve(context: LocalContext = testContext().context, clientSecret?: string) {
  const server = await serveHttp((request, response) => void issuer.handle(request, response))
  const url = new URL('/oidc', server.url)
  const issuer = new Issuer(context, {
    url,
    clientId: 'console',
    ...(clientSecret !== undefined && { clientSecret }),
    redirectUris: [`${CONSOLE}/auth/callback`],
    postLogoutRedirectUris: [`${CONSOLE}/`],
  })
  return {
    context,
    issuer,
    url,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function begin(
  served: Awaited<ReturnType<typeof serve>>,
  redirectUri = `${CONSOLE}/auth/callback`,
  secret?: string,
) {
  const authentication = secret === undefined ? client.None() : client.ClientSecretPost(secret)
  const settings = await client.discovery(served.url, 'console', undefined, authentication, {
    execute: [client.allowInsecureRequests],
  })
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(settings, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const finish = (callback: URL) =>
    client.authorizationCodeGrant(settings, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    })
  return { settings, url, finish, browser: new Browser(served.url.origin) }
}

describe('sign-in', () => {
  test.each([
    ['vera', 'Vera', 'viewer'],
    ['ada', 'Ada', 'operator'],
    ['grace', 'Grace', 'admin'],
  ])('as %s gives an id token with name and group', async (username, name, group) => {
    await using served = await serve()
    const { url, finish, browser } = await begin(served)
    const login = await browser.open(url)
    expect(login.text).toContain(`<strong>${name}</strong> <span>(${group})</span>`)
    const { url: callback } = await browser.open(login.url, { person: username })
    expect(callback.origin + callback.pathname).toBe(`${CONSOLE}/auth/callback`)
    const tokens = await finish(callback)
    expect(tokens.claims()).toMatchObject({
      iss: served.url.href,
      aud: 'console',
      name,
      'cognito:groups': [group],
      'cognito:username': username,
    })
    expect(tokens.claims()?.exp).toBe((tokens.claims()?.iat ?? 0) + 3600)
  })

  test('a second sign-in in the same browser needs no login page; signing out ends that', async () => {
    await using served = await serve()
    const { settings, url, browser } = await begin(served)
    await browser.open((await browser.open(url)).url, { person: 'ada' })
    expect((await browser.open(url)).url.pathname).toBe('/auth/callback')
    const end = client.buildEndSessionUrl(settings, { post_logout_redirect_uri: `${CONSOLE}/`, state: 'back' })
    expect((await browser.open(end)).url.href).toBe(`${CONSOLE}/?state=back`)
    expect((await browser.open(url)).text).toContain('Sign in')
  })

  test('signing out does not lead to an address that nobody registered', async () => {
    await using served = await serve()
    const { settings, url, browser } = await begin(served)
    await browser.open((await browser.open(url)).url, { person: 'ada' })
    const end = client.buildEndSessionUrl(settings, { post_logout_redirect_uri: 'https://evil.example/' })
    const { response, text } = await browser.open(end)
    expect(response?.status).toBe(400)
    expect(text).toContain('post_logout_redirect_uri not registered')
  })

  test('can be cancelled', async () => {
    await using served = await serve()
    const { url, finish, browser } = await begin(served)
    const { url: callback } = await browser.open((await browser.open(url)).url, { cancel: 'yes' })
    await expect(finish(callback)).rejects.toMatchObject({ error: 'access_denied' })
  })

  test('refresh tokens give new id tokens until the person signs out', async () => {
    await using served = await serve()
    const { settings, url, finish, browser } = await begin(served)
    const tokens = await finish((await browser.open((await browser.open(url)).url, { person: 'ada' })).url)
    const refreshed = await client.refreshTokenGrant(settings, tokens.refresh_token ?? '')
    expect(refreshed.claims()).toMatchObject({ sub: tokens.claims()?.sub, 'cognito:groups': ['operator'] })
    await browser.open(client.buildEndSessionUrl(settings, { post_logout_redirect_uri: `${CONSOLE}/` }))
    await expect(client.refreshTokenGrant(settings, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  test('a client with a secret has to show it', async () => {
    await using served = await serve(undefined, 'a well kept secret')
    const good = await begin(served, undefined, 'a well kept secret')
    const callback = async ({ browser, url }: typeof good) =>
      (await browser.open((await browser.open(url)).url, { person: 'ada' })).url
    expect((await good.finish(await callback(good))).id_token).toBeDefined()
    const bad = await begin(served, undefined, 'guess')
    await expect(bad.finish(await callback(bad))).rejects.toMatchObject({ error: 'invalid_client' })
  })
})

describe('what is refused', () => {
  test.each([
    ['any loopback port', 'http://localhost:5173/auth/callback', true], // RFC 8252 §7.3
    ['another path', 'http://localhost:7300/elsewhere', false],
    ['another host', 'https://evil.example/auth/callback', false],
  ])('redirect address: %s', async (_, redirectUri, accepted) => {
    await using served = await serve()
    const { url, browser } = await begin(served, redirectUri)
    const { response, text } = await browser.open(url)
    expect(response?.status).toBe(accepted ? 200 : 400)
    expect(text).toContain(accepted ? 'Vera' : 'redirect_uri')
  })

  test('a request without PKCE', async () => {
    await using served = await serve()
    const { url, finish, browser } = await begin(served)
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    await expect(finish((await browser.open(url)).url)).rejects.toMatchObject({ error: 'invalid_request' })
  })

  test.each([
    [{ person: 'mallory' }, 'not known'],
    [{}, 'not known'],
  ])('the form %j', async (form, message) => {
    await using served = await serve()
    const { url, browser } = await begin(served)
    const { response, text } = await browser.open((await browser.open(url)).url, form)
    expect(response?.status).toBe(400)
    expect(text).toContain(message)
  })

  test('the login page of another browser', async () => {
    await using served = await serve()
    const { url, browser } = await begin(served)
    const login = await browser.open(url)
    const { response } = await new Browser(served.url.origin).open(login.url, { person: 'grace' })
    expect(response?.status).toBe(400)
  })
})

describe('the login page', () => {
  test('runs no script, loads nothing, and may lead only to the console', async () => {
    await using served = await serve()
    const { url, browser } = await begin(served)
    const { response, text } = await browser.open(url)
    const policy = response?.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`form-action 'self' ${CONSOLE};`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toContain('<script')
    expect(text).toContain('<html lang="en">')
  })
})

test('keys and sessions outlive a restart', async () => {
  const { context } = testContext()
  const first = await serve(context)
  const { url, browser } = await begin(first)
  await browser.open((await browser.open(url)).url, { person: 'ada' })
  const key = await first.issuer.publicKey()
  await first[Symbol.asyncDispose]()
  const again = new Issuer(context, first.issuer.options)
  expect(await again.publicKey()).toEqual(key)
  expect(key).not.toHaveProperty('d')
})

test('no setting is left that oidc-provider calls one for development', async () => {
  const spies = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')].map((spy) => spy.mockImplementation(() => {}))
  await using served = await serve()
  const { url, finish, browser } = await begin(served)
  await finish((await browser.open((await browser.open(url)).url, { person: 'ada' })).url)
  const notices = spies.flatMap((spy) => spy.mock.calls.flat().map(String))
  for (const spy of spies) spy.mockRestore()
  expect(notices).toEqual([])
})
