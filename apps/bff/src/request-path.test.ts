import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizedUrl } from './request-path.ts'

test.each([
  ['/api/session', '/api/session'],
  ['/%61pi/session', '/api/session'],
  ['/%61%70%69/%73ession?returnTo=%61', '/api/session?returnTo=%61'],
  ['/api%2fsession', '/api%2Fsession'],
  ['/%2561pi/session', '/%2561pi/session'],
  ['/api/things/a%3ab', '/api/things/a%3Ab'],
  ['/api/things/%zz', '/api/things/%25zz'],
  ['/api/things/a%', '/api/things/a%25'],
  ['/api/things/%ff/shadow', '/api/things/%25ff/shadow'],
  ['/%%361pi/session', '/%25%25361pi/session'],
  ['/%7Euser/%2e%2e/%5f', '/~user/../_'],
  ['http://any.host/api/session?x', '/api/session?x'],
  ['HTTPS://any.host:1/%61pi/session', '/api/session'],
  ['http://any.host', '/'],
  ['http://any.host?x', '/?x'],
  ['*', '*'],
])('%s → %s', (url, expected) => {
  expect(normalizedUrl(url)).toBe(expected)
})

test('it is already what it makes of any path', () => {
  const scraps = fc
    .array(fc.constantFrom('%', '6', '1', '2', '5', 'f', 'F', '/', 'a', '?', '.'))
    .map((all) => all.join(''))
  fc.assert(
    fc.property(scraps, (scrap) => {
      const once = normalizedUrl(`/${scrap}`)
      expect(normalizedUrl(once)).toBe(once)
    }),
  )
})
