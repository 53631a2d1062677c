import { expect, test } from 'vitest'
import { refusedPlace } from './refused-place.ts'

const TEXT = JSON.stringify(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iot:Connect', 'Publish'], Resource: '*' }] },
  undefined,
  2,
)
const SINGLE = '{"Statement":{"Effect":"Allow","Action":"Publish","Resource":"*"}}'

test.each([
  ['Policy document is Malformed: An action is "service:Name" (at Statement[0].Action[1])', TEXT, '"Publish"'],
  ['Policy document is Malformed: Unknown member (at Statement[0].Effect)', TEXT, '"Allow"'],
  ['(at Statement[0].Action[0])', SINGLE, '"Publish"'],
  ['Syntax error on line 2, column 3', TEXT, '"Version": "2012-10-17",'],
  ['unexpected end, Line: 2', TEXT, '  "Version": "2012-10-17",'],
  ['on line 2', TEXT.replaceAll('\n', '\r\n'), '  "Version": "2012-10-17",'],
  ['MalformedPolicyException: Policy document is malformed', TEXT, undefined],
  ['(at Statement[7].Action)', TEXT, undefined],
  ['on line 700', TEXT, undefined],
  ['(at Statement[0].Action)', 'no json', undefined],
])('%s', (words, text, expected) => {
  const place = refusedPlace(words, text)
  expect(place && text.slice(place.start, place.end)).toBe(expected)
})
