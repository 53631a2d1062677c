import { afterEach, expect, test, vi } from 'vitest'
import { IdTokens } from './id-tokens.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an issuer elsewhere has nothing asked of this machine', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return Response.json({ issuer: 'https://idp.example', jwks_uri: 'http://127.0.0.1:9200/_all' })
  })
  const tokens = new IdTokens(() => 0)
  await expect(tokens.verify('a.b.c', { issuer: 'https://idp.example' })).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('no https address'),
  })
  expect(asked).toEqual(['https://idp.example/.well-known/openid-configuration'])
})
