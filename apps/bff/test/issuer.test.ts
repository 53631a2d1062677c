import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createIssuer, type Issuer } from '../src/modules/session/issuer.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'

let other: TestIssuer
let issuer: Issuer
beforeAll(async () => {
  other = await startIssuer()
})
afterAll(async () => other[Symbol.asyncDispose]())
beforeEach(() => {
  Object.assign(other.said, {
    groups: ['operator'],
    withForeignKey: false,
    withoutIdToken: false,
    trouble: undefined,
    lifetimeSeconds: 3_600,
  })
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

test('an id token that another key has signed is not', async () => {
  other.said.withForeignKey = true
  await expect(signIn()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
})

test('nor one that comes with a renewal', async () => {
  other.said.lifetimeSeconds = 30
  const { tokens } = await signIn()
  other.said.withForeignKey = true
  await expect(issuer.renew(tokens)).rejects.toMatchObject({ code: 'SIGNED_OUT' })
})

test('a token that is longer than a session may keep is refused', async () => {
  other.said.groups = ['operator', 'x'.repeat(20_000)]
  await expect(signIn()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED', message: expect.stringContaining('longer') })
})
