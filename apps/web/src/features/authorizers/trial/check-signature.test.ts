import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import type { Authorizer } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { makeSigningKeys, readPublicKey, signToken } from '../signing-key.ts'
import { checkSignature } from './check-signature.ts'

const keysOf = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const KEYS = keysOf(2_048)
const OTHER = keysOf(2_048)
/** As a token issuer signs that knows nothing of this page. */
const signed = (token: string) => createSign('RSA-SHA256').update(token).sign(KEYS.privateKey, 'base64')

const AUTHORIZER: Authorizer = {
  authorizerName: 'by-token',
  authorizerArn: 'arn:aws:iot:us-east-1:123456789012:authorizer/by-token',
  authorizerFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:by-token',
  status: 'ACTIVE',
  signingDisabled: false,
  tokenKeyName: 'token',
  tokenSigningPublicKeys: { old: OTHER.publicKey, new: KEYS.publicKey },
  enableCachingForHttp: false,
}

test('any of the keys verifies the token, letter by letter', async () => {
  expect(await checkSignature(AUTHORIZER, 'grüße', signed('grüße'))).toEqual({ kind: 'verified', keyName: 'new' })
})

test('without signing nothing is verified', async () => {
  expect(await checkSignature({ ...AUTHORIZER, signingDisabled: true }, undefined, undefined)).toEqual({
    kind: 'not-needed',
  })
})

test.each<[string, string | undefined, string | undefined, RegExp]>([
  ['no token', undefined, signed('abc'), /no token in what/],
  ['no signature', 'abc', undefined, /without a signature/],
  ['another token', 'abd', signed('abc'), /not that of this token by any of the public keys old, new/],
  ['a line end behind the token', 'abc\n', signed('abc'), /not that of this token/],
  ['lost plus signs', 'abc', 'Zm9v Zm9v', /\+ signs were lost/],
  ['encoded twice', 'abc', 'Zm9vZg%3D%3D', /encoded twice/],
  ['base64url', 'abc', 'Zm9v-_8=', /base64url/],
  ['no base64', 'abc', '???', /no base64/],
])('%s is told', async (_, token, signature, why) => {
  const verdict = await checkSignature(AUTHORIZER, token, signature)
  expect(verdict).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) })
})

test('keys that are made here, and tokens that are signed here, are as others read them', async () => {
  const { privateKeyPem, publicKeyPem } = await makeSigningKeys()
  const signature = await signToken(privateKeyPem, 'abc')
  const authorizer = { ...AUTHORIZER, tokenSigningPublicKeys: { only: publicKeyPem } }
  expect(await checkSignature(authorizer, 'abc', signature)).toEqual({ kind: 'verified', keyName: 'only' })
  expect(createPublicKey(publicKeyPem).asymmetricKeyDetails?.modulusLength).toBe(2_048)
})

test.each([1_024, 2_048, 3_072])('the size of a key of %i bits is read', async (bits) => {
  const key = await readPublicKey(keysOf(bits).publicKey)
  expect(key.bits).toBe(bits)
  expect(key.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
})

test.each([
  ['a private key', KEYS.privateKey, /private key, which must not leave/],
  ['no PEM', 'abc', /BEGIN PUBLIC KEY/],
  [
    'another kind of key',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    /no RSA key/,
  ],
])('in place of a public key, %s is told', async (_, pem, why) => {
  await expect(readPublicKey(pem)).rejects.toThrow(why)
})

test('in place of a private key, a public one is told', async () => {
  await expect(signToken(KEYS.publicKey, 'abc')).rejects.toThrow(/signed with the private one/)
})
