import { expect, test } from 'vitest'
import { heardFact, withHeard } from './heard.ts'
import { CERTIFICATE_A, fact, START_MS } from './test-facts.ts'

const event = (members: object) =>
  JSON.stringify({
    clientId: 'pump-7',
    timestamp: START_MS,
    sessionIdentifier: 's',
    principalIdentifier: CERTIFICATE_A,
    ...members,
  })

test('lifecycle events are what the log would have', () => {
  expect(heardFact(event({ eventType: 'connected', ipAddress: '198.51.100.20' }))).toMatchObject({
    eventType: 'Connect',
    status: 'Success',
    atMs: START_MS,
    sourceIp: '198.51.100.20',
    principalId: CERTIFICATE_A,
    isHeard: true,
  })
  expect(heardFact(event({ eventType: 'disconnected', disconnectReason: 'CONNECTION_LOST' }))).toMatchObject({
    eventType: 'Disconnect',
    disconnectReason: 'CONNECTION_LOST',
  })
  expect(heardFact(event({ eventType: 'connect_failed', connectFailureReason: 'AUTHORIZATION_FAILED' }))).toMatchObject(
    {
      eventType: 'Connect',
      status: 'Failure',
      reason: 'AUTHORIZATION_FAILURE',
    },
  )
})

test.each(['', 'null', '[]', '{"eventType":"connected"}', event({ eventType: 'something' })])(
  '%s is none',
  (payload) => {
    expect(heardFact(payload)).toBeUndefined()
  },
)

test('what is in the log already is not told twice', () => {
  const heard = [heardFact(event({ eventType: 'connected' }))].filter((each) => each !== undefined)
  expect(withHeard([fact(1, 'Connect')], heard)).toHaveLength(1)
  expect(withHeard([fact(60, 'Connect')], heard)).toHaveLength(2)
  expect(withHeard([fact(1, 'Disconnect')], heard)).toHaveLength(2)
  expect(withHeard([fact(1, 'Connect', { clientId: 'other' })], heard)).toHaveLength(2)
})
