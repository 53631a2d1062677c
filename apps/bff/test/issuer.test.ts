import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createIssuer, type Issuer } from '../src/modules/session/issuer.ts'
import { RIGHT, startIssuer, type TestIssuer } from './issuer.ts'

let other: TestIssuer
let issuer: Issuer
beforeAll(async () => {
  other = await startIssuer()
})
afterAll(async () => other[Symbol.asyncDispose]())
beforeEach(() => {
  Object.assign(other.said, RIGHT)
  issuer = createIssuer({
    publicUrl: new URL('http://localhost:7300'),
    oidc: { issuer: other.url, clientId: 'console', groupsClaim: 'cognito:groups' },
  })
})

async function signIn() {
  const { url, pending } = await issuer.begin('/')
  const { headers } = await fetch(url, { redirect: 'manual' })
  return issuer.finish(new URL(headers.get('location') ?? ''), pending)
}

test("an id token is taken when one of the issuer's keys has signed it", async () => {
  expect(await signIn()).toMatchObject({ person: { id: 'ada', name: 'Ada', role: 'operator' } })
})

test.each<[what: string, said: Partial<TestIssuer['said']>]>([
  ['that another key has signed', { withForeignKey: true }],
  ['that nobody has signed', { algorithm: 'none' }],
  ['that whoever knows the public key has signed', { algorithm: 'HS256' }],
  ['of another issuer', { claims: { iss: 'https://issuer.test' } }],
  ['for another client', { claims: { aud: 'another' } }],
  ['for another client, too, who asked for it', { claims: { aud: ['console', 'another'], azp: 'another' } }],
  ['of another sign-in', { claims: { nonce: 'another' } }],
  ['that has expired', { claims: { exp: 1 } }],
  ['without an end', { claims: { exp: undefined } }],
  ['of nobody', { claims: { sub: undefined } }],
])('an id token %s is not', async (_what, said) => {
  Object.assign(other.said, said)
  await expect(signIn()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('nor one that comes with a renewal', async () => {
  other.said.lifetimeSeconds = 30
  const signedIn = await signIn()
  other.said.withForeignKey = true
  await expect(issuer.renew(signedIn)).rejects.toMatchObject({ code: 'SIGNED_OUT' })
})

test('a token that is longer than a session may keep is refused', async () => {
  other.said.groups = ['operator', 'x'.repeat(20_000)]
  await expect(signIn()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED', message: expect.stringContaining('longer') })
})

test('a fresh sign-in is not asked for again', async () => {
  const signedIn = await signIn()
  other.said.trouble = 500
  expect(await issuer.renew(signedIn)).toBe(signedIn)
})

test.each([
  [['viewer'], 'viewer'],
  [['viewer', 'admin'], 'admin'],
])('a renewal reads the groups again: %j → %s', async (groups, role) => {
  other.said.lifetimeSeconds = 30
  const signedIn = await signIn()
  other.said.groups = groups
  expect(await issuer.renew(signedIn)).toMatchObject({ person: { id: 'ada', role }, tokens: { refreshToken: 'r' } })
})

test.each<[what: string, said: Partial<TestIssuer['said']>, code: string]>([
  ['that names no role any more', { groups: [] }, 'NO_ROLE'],
  ['that does not say who it is of', { withoutIdToken: true }, 'SIGNED_OUT'],
  ['that is refused', { trouble: 400 }, 'SIGNED_OUT'],
  ['of an issuer in trouble', { trouble: 500 }, 'ISSUER_UNAVAILABLE'],
])('a renewal %s is none', async (_what, said, code) => {
  other.said.lifetimeSeconds = 30
  const signedIn = await signIn()
  Object.assign(other.said, said)
  await expect(issuer.renew(signedIn)).rejects.toMatchObject({ code })
})
