import { expect, test } from 'vitest'
import { presentedBy, type Sent } from './sent.ts'
import { putPairs, readPairs, writePairs } from './sent-pairs.ts'
import { putIntoUserName, readUserName } from './user-name.ts'

const NOTHING: Sent = { transport: 'mqtt', userName: '', password: '', clientId: 'pump-7', query: '', headers: '' }
const SIGNATURE = 'Zm9v+/8='

test('what a client writes percent-encoded is read as it was meant', () => {
  const userName = `pump?${writePairs([
    { key: 'x-amz-customauthorizer-name', value: 'by-token' },
    { key: 'token', value: 'a=b&c?d' },
    { key: 'x-amz-customauthorizer-signature', value: SIGNATURE },
  ])}`
  expect(presentedBy({ ...NOTHING, userName }, 'token')).toEqual({
    authorizerName: { value: 'by-token', place: 'MQTT user name' },
    token: { value: 'a=b&c?d', place: 'MQTT user name' },
    signature: { value: SIGNATURE, place: 'MQTT user name' },
    problems: [],
  })
  expect(readUserName(userName).name).toBe('pump')
})

test.each([
  ['a signature that was not encoded keeps its +', `?x-amz-customauthorizer-signature=${SIGNATURE}`, SIGNATURE],
  ['the names of AWS have no case', `?X-Amz-CustomAuthorizer-Signature=abc`, 'abc'],
  ['what the SDK says of itself is no fault', '?SDK=NodeJSv2&Version=1.2&x-amz-customauthorizer-signature=abc', 'abc'],
])('%s', (_, userName, signature) => {
  const presented = presentedBy({ ...NOTHING, userName }, 'token')
  expect(presented.signature?.value).toBe(signature)
  expect(presented.problems).toEqual([])
})

test('the name of the token has a case', () => {
  expect(presentedBy({ ...NOTHING, userName: '?Token=abc' }, 'token').token).toBeUndefined()
})

test.each([
  ['no question mark', 'x-amz-customauthorizer-name=by-token', /question mark/],
  ['two question marks', 'a?b=c?d=e', /second question mark/],
  ['no equals sign', '?token', /no pair/],
  ['a percent sign that begins nothing', '?token=100%', /no escape/],
  ['the same twice', '?token=a&token=b', /more than once/],
])('%s is said', (_, userName, problem) => {
  expect(presentedBy({ ...NOTHING, userName }, 'token').problems.join(' ')).toMatch(problem)
})

test('of HTTP a header goes before the query, and both before the user name', () => {
  const all: Sent = {
    ...NOTHING,
    transport: 'wss',
    headers: 'X-Amz-CustomAuthorizer-Name: of-header',
    query: 'x-amz-customauthorizer-name=of-query&token=of-query',
    userName: '?x-amz-customauthorizer-name=of-user&token=of-user&x-amz-customauthorizer-signature=of-user',
  }
  expect(presentedBy(all, 'token')).toMatchObject({
    authorizerName: { value: 'of-header', place: 'header' },
    token: { value: 'of-query', place: 'query' },
    signature: { value: 'of-user', place: 'MQTT user name' },
  })
  expect(presentedBy({ ...all, transport: 'https' }, 'token').signature).toBeUndefined()
  expect(presentedBy({ ...all, transport: 'mqtt' }, 'token').authorizerName?.value).toBe('of-user')
})

test('parameters are put in the place of those of the same keys, and others stay as they are written', () => {
  expect(putPairs('a=1&Token=old&b=%2', [{ key: 'token', value: 'n&w' }])).toBe('a=1&b=%2&token=n%26w')
  expect(putPairs('a=1&token=old', [{ key: 'token', value: '' }])).toBe('a=1')
  expect(putIntoUserName('pump?token=x', [{ key: 'token', value: '' }])).toBe('pump')
  expect(putIntoUserName('pump', [{ key: 'token', value: 'x' }])).toBe('pump?token=x')
  expect(readPairs(writePairs([{ key: 'a b', value: '+%' }])).pairs).toEqual([{ key: 'a b', value: '+%' }])
})
