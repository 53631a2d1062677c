import { stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { rejectedMessage, ShadowError } from './error.ts'
import { formatUpdateRequest, parseUpdateRequest, readClientToken } from './update-request.ts'

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

test.each([
  ['', 400, 'Invalid JSON'],
  ['{"state":', 400, 'Invalid JSON'],
  ['[]', 400, 'Invalid JSON'],
  ['"state"', 400, 'Invalid JSON'],
  ['{}', 400, 'Missing required node: state'],
  ['{"desired":{}}', 400, 'Missing required node: state'],
  ['{"state":[]}', 400, 'State node must be an object'],
  ['{"state":"x"}', 400, 'State node must be an object'],
  ['{"state":{"desired":[]}}', 400, 'Desired node must be an object'],
  ['{"state":{"reported":1}}', 400, 'Reported node must be an object'],
  ['{"state":{"desird":{}}}', 400, "State contains an invalid node: 'desird'"],
  ['{"state":{"delta":{}}}', 400, "State contains an invalid node: 'delta'"],
  ['{"state":{"desired":{"l":[1,[null]]}}}', 400, 'State contains an invalid node: null in an array'],
  ['{"state":{},"version":"1"}', 400, 'Invalid version'],
  ['{"state":{},"version":null}', 400, 'Invalid version'],
  ['{"state":{},"version":1.5}', 400, 'Invalid version'],
  ['{"state":{},"version":1.00000000000000000001}', 400, 'Invalid version'],
  ['{"state":{},"version":1e999}', 400, 'Invalid version'],
  ['{"state":{},"clientToken":1}', 400, 'Invalid clientToken'],
  [`{"state":{},"clientToken":"${'ü'.repeat(33)}"}`, 400, 'Invalid clientToken'],
  [`{"state":{"desired":${nested(9)}}}`, 400, 'JSON contains too many levels of nesting; maximum is 8'],
  [
    `{"state":{"reported":{"l":${'['.repeat(8)}${']'.repeat(8)}}}}`,
    400,
    'JSON contains too many levels of nesting; maximum is 8',
  ],
  ['['.repeat(50_000), 400, 'JSON contains too many levels of nesting; maximum is 8'],
  [Uint8Array.of(0x7b, 0xff, 0x7d), 415, 'Unsupported documented encoding; supported encoding is UTF-8'],
  [' '.repeat(131_073), 413, 'The payload exceeds the maximum size allowed'],
])('%.60s is refused: %i %s', (payload, code, message) => {
  expect(refusal(payload)).toMatchObject({ code, message })
})

test.each([
  ['{"state":{},"clientToken":"t","version":7.0}', { state: {}, clientToken: 't', version: 7 }],
  ['{"state":null}', { state: null }],
  ['{"state":{"desired":null},"version":12345678901234567890}', { state: { desired: null } }],
  ['{"state":{},"other":[null],"timestamp":"now"}', { state: {} }],
  [`{"state":{},"clientToken":"${'ü'.repeat(32)}"}`, { clientToken: 'ü'.repeat(32) }],
  [`{"state":{"desired":${nested(8)}}}`, {}],
])('%.60s is a request', (payload, expected) => {
  expect(parseUpdateRequest(payload)).toMatchObject(expected)
})

test('limits can be set', () => {
  expect(refusal(`{"state":{"desired":${nested(7)}}}`, { maxDepth: 6 }).message).toContain('maximum is 6')
  expect(parseUpdateRequest(`{"state":{"desired":${nested(20)}}}`, { maxDepth: 20 }).version).toBeUndefined()
  expect(refusal('{"state":{}}', { maxRequestBytes: 11 }).code).toBe(413)
})

test.each([
  '{"clientToken":"t"}',
  '{"clientToken":"t","state":1}',
  '{"clientToken":"t","state":{"x":1}}',
  '{"clientToken":"t","state":{},"version":[]}',
  `{"clientToken":"t","state":{"desired":${nested(9)}}}`,
])('the token of %.60s is echoed in the rejection', (payload) => {
  const error = refusal(payload)
  expect(error.clientToken).toBe('t')
  expect(stringifyJson(rejectedMessage(error, 1_700_000_000))).toBe(
    `{"code":400,"message":${JSON.stringify(error.message)},"timestamp":1700000000,"clientToken":"t"}`,
  )
})

test('an error says where in the document it is', () => {
  expect(refusal('{"state":{"desired":{"l":[1,[null]]}}}').path).toEqual(['state', 'desired', 'l', 1, 0])
  expect(refusal(`{"state":{"reported":${nested(9)}}}`).path).toEqual(['state', 'reported', ...'aaaaaaaa'])
  expect(refusal('{"state":{"a b":1}}').path).toEqual(['state', 'a b'])
  expect(refusal('{"state":{},}').cause).toMatchObject({ line: 1, column: 13 })
})

test('a request is written as it was read', () => {
  const text = '{"state":{"desired":{"a":null,"b":1.0},"reported":null},"version":3,"clientToken":"t"}'
  expect(stringifyJson(formatUpdateRequest(parseUpdateRequest(text)))).toBe(text)
  expect(stringifyJson(formatUpdateRequest({ state: null }))).toBe('{"state":null}')
})

test.each([
  ['', undefined],
  ['{"clientToken":"t"}', 't'],
  ['{"clientToken":5}', undefined],
  ['hello', undefined],
  ['[]', undefined],
])('the token of a get with payload %j is %s', (payload, token) => {
  expect(readClientToken(payload)).toBe(token)
})

function refusal(payload: Uint8Array | string, limits = {}): ShadowError {
  try {
    parseUpdateRequest(payload, limits)
  } catch (error) {
    if (error instanceof ShadowError) return error
    throw error
  }
  throw new Error('was accepted')
}
