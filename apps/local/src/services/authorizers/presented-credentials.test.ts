import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bringsCredentials, CredentialsError, presentedCredentials } from './presented-credentials.ts'

const ofUsername = (username: string) => presentedCredentials(undefined, { username })

test.each([
  ['u?x-amz-customauthorizer-name=a', 'a', undefined],
  ['?X-Amz-CustomAuthorizer-Name=a&x-amz-customauthorizer-signature=b%2B%3D', 'a', 'b+='],
  ['?x-amz-customauthorizer-signature=b+/=', undefined, 'b+/='],
  ['?x-amz-customauthorizer%2Dname=a', 'a', undefined],
  ['x-amz-customauthorizer-name=a', undefined, undefined],
  ['?%zz=1&&=&x-amz-customauthorizer-name=a', 'a', undefined],
  ['', undefined, undefined],
])('user name %s', (username, authorizerName, signature) => {
  expect(ofUsername(username)).toMatchObject({ authorizerName, signature })
})

test('keys of tokens are told apart by case, and are no members of anything', () => {
  const { token } = ofUsername('u?Token=1&token=2')
  expect([token('token'), token('Token'), token('constructor'), token('__proto__')]).toEqual([
    '2',
    '1',
    undefined,
    undefined,
  ])
})

test('a header goes before the query, and that before the user name', () => {
  const headers = { token: 'header' }
  const queryString = '?token=query&other=query'
  const { token } = presentedCredentials({ headers, queryString }, { username: '?token=name&other=name&third=name' })
  expect([token('token'), token('other'), token('third')]).toEqual(['header', 'query', 'name'])
})

describe('refused', () => {
  test.each([
    'a?b?c',
    '?x-amz-customauthorizer-name=a&X-AMZ-CUSTOMAUTHORIZER-NAME=a',
    '?x-amz-customauthorizer-name=%',
  ])('%s', (username) => {
    expect(() => ofUsername(username)).toThrow(CredentialsError)
  })
})

test('whatever stands there is read, or refused without a word of it', () => {
  const scraps = fc.string({
    unit: fc.constantFrom('?', '&', '=', '%', '%4', '%41', '+', 'secret', 'x-amz-customauthorizer-name', 'token', 'é'),
  })
  fc.assert(
    fc.property(scraps, scraps, (username, queryString) => {
      try {
        const { token } = presentedCredentials({ headers: {}, queryString: `?${queryString}` }, { username })
        const value = token('token')
        expect(value === undefined || typeof value === 'string').toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(CredentialsError)
        expect(String(error)).not.toContain('secret')
      }
      expect(typeof bringsCredentials({ headers: {}, queryString })).toBe('boolean')
    }),
  )
})

test('what was encoded comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      expect(ofUsername(`u?a=b&token=${encodeURIComponent(value)}&SDK=x`).token('token')).toBe(value)
    }),
  )
})
