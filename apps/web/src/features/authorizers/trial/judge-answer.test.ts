import type { AuthorizerTestResult } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { functionEvent, testRequest } from './function-event.ts'
import { judgeAnswer, letsIn } from './judge-answer.ts'
import { presentedBy, type Sent } from './sent.ts'

const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}'
const GOOD: AuthorizerTestResult = {
  outcome: 'answered',
  isAuthenticated: true,
  principalId: 'pump7',
  policyDocuments: [DOCUMENT],
  refreshAfterInSeconds: 300,
  disconnectAfterInSeconds: 86_400,
  tookMs: 12,
}

test('an answer as AWS IoT wants it lets the client in', () => {
  const judged = judgeAnswer(GOOD)
  expect(judged.map(({ verdict }) => verdict)).toEqual(['good', 'good', 'good', 'good', 'good'])
  expect(letsIn(judged)).toBe(true)
})

test.each<[string, Partial<AuthorizerTestResult>, string]>([
  ['says no', { isAuthenticated: false }, 'isAuthenticated'],
  ['a hyphen in the name', { principalId: 'pump-7' }, 'principalId'],
  ['a name of 129 letters', { principalId: 'a'.repeat(129) }, 'principalId'],
  ['no policy', { policyDocuments: [] }, 'policyDocuments'],
  ['eleven policies', { policyDocuments: Array.from({ length: 11 }, () => DOCUMENT) }, 'policyDocuments'],
  ['a policy that is none', { policyDocuments: ['{}'] }, 'policyDocuments[0]'],
  ['a policy of 2,049 characters', { policyDocuments: [DOCUMENT.padEnd(2_049)] }, 'policyDocuments[0]'],
  ['a refresh after 299 s', { refreshAfterInSeconds: 299 }, 'refreshAfterInSeconds'],
  ['a disconnect after more than a day', { disconnectAfterInSeconds: 86_401 }, 'disconnectAfterInSeconds'],
])('%s does not', (_, change, member) => {
  const judged = judgeAnswer({ ...GOOD, ...change })
  expect(judged.filter(({ verdict }) => verdict === 'bad').map((each) => each.member)).toEqual([member])
  expect(letsIn(judged)).toBe(false)
})

test('with a certificate the principal has to be its id', () => {
  const verdicts = (principalId: string) =>
    judgeAnswer({ ...GOOD, principalId }, { principalId: 'c'.repeat(64) }).find(
      ({ member }) => member === 'principalId',
    )
  expect(verdicts('c'.repeat(64))?.verdict).toBe('good')
  expect(verdicts('pump7')).toMatchObject({ verdict: 'note', words: expect.stringContaining('c'.repeat(64)) })
})

test('of an answer that says no, nothing else counts', () => {
  const { outcome, tookMs } = GOOD
  const judged = judgeAnswer({ outcome, tookMs, isAuthenticated: false })
  expect(judged.map(({ member, verdict }) => [member, verdict])).toEqual([['isAuthenticated', 'bad']])
})

test('with a certificate besides, no policy is none at fault', () => {
  expect(letsIn(judgeAnswer({ ...GOOD, policyDocuments: [] }, { principalId: undefined }))).toBe(true)
})

const SENT: Sent = {
  transport: 'wss',
  userName: 'pump?token=abc',
  password: 'grün',
  clientId: 'pump-7',
  query: '?x-amz-customauthorizer-name=by-token',
  headers: 'X-Site: hall-2',
}

test.each([
  ['mqtt', ['tls', 'mqtt']],
  ['wss', ['tls', 'http', 'mqtt']],
  ['https', ['tls', 'http']],
] as const)('the event of %s names its protocols, and what was sent by them alone', (transport, protocols) => {
  const sent = { ...SENT, transport }
  const event = functionEvent({ sent, presented: presentedBy(sent, 'token'), isVerified: false, serverName: 'host' })
  expect(event).toMatchObject({ signatureVerified: false, protocols, protocolData: { tls: { serverName: 'host' } } })
  expect(Object.keys(event.protocolData)).toEqual(protocols)
})

test('what TestInvokeAuthorizer is asked: the password as base64 of its bytes, the query with its question mark', () => {
  expect(testRequest({ sent: SENT, presented: presentedBy(SENT, 'token'), serverName: 'host' })).toEqual({
    token: 'abc',
    httpContext: { headers: { 'X-Site': 'hall-2' }, queryString: '?x-amz-customauthorizer-name=by-token' },
    mqttContext: { username: 'pump?token=abc', password: Buffer.from('grün').toString('base64'), clientId: 'pump-7' },
    tlsContext: { serverName: 'host' },
  })
})
