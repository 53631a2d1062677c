import { expect, test } from 'vitest'
import { eventWords } from './event-kinds.ts'
import { entryReasonWords } from './reason-words.ts'

const refused = { status: 'Failure', reason: 'AUTHORIZATION_FAILURE', details: 'Authorization Failure' }

test.each([
  [{ eventType: 'Connect', ...refused }, /^No policy of its principal allows the connect or its last will/],
  [{ eventType: 'Publish-In', topicName: 'dt/a', ...refused }, /^No policy of its principal allows it/],
  [{ eventType: 'Publish-Out', topicName: 'cmd/a', ...refused }, /^No policy of the receiver allows it to receive/],
  [{ eventType: 'Publish-In', topicName: '$aws/events/presence/connected/a', ...refused }, /written by AWS IoT alone/],
  [
    { eventType: 'Publish-In', status: 'Failure', reason: 'CLIENT_ERROR', details: 'A PUBLISH with QoS 3' },
    /^The device broke the protocol: A PUBLISH with QoS 3$/,
  ],
  [
    { eventType: 'Publish-In', status: 'Failure', reason: 'CLIENT_ERROR', details: 'The payload is too large' },
    /^The message is larger than AWS IoT takes \(128 KB\)$/,
  ],
  [
    { eventType: 'ProvisionDevice', reason: 'InvalidParameters', details: 'Parameters.Serial: has no value' },
    /^The parameter Serial is missing$/,
  ],
  [
    { eventType: 'Disconnect', reason: 'AUTH_ERROR', details: 'Not authorized to publish to this topic' },
    /^The device could not be authenticated, or was not authorized: Not authorized to publish to this topic$/,
  ],
  [
    { eventType: 'GetThingShadow', reason: 'RESOURCE_NOT_FOUND', details: "No shadow exists with name: 'pump-1'" },
    /^There is no such .*: No shadow exists with name: 'pump-1'$/,
  ],
  [
    { eventType: 'Connection.AuthNError', status: 'Failure', reason: 'CUSTOM_AUTHORIZER_NOT_FOUND' },
    /^There is no active custom authorizer for it/,
  ],
  [
    {
      eventType: 'Connection.AuthNError',
      status: 'Failure',
      reason: 'NOT_AUTHENTICATED',
      details: 'The signature of the token is not one of the authorizer’s keys',
    },
    /^The signature of its token is not that of any public key/,
  ],
  [
    {
      eventType: 'Connection.AuthNError',
      status: 'Failure',
      reason: 'NOT_AUTHENTICATED',
      details: 'The function of authorizer by-password says no',
    },
    /^The custom authorizer's function does not know it$/,
  ],
  [{ eventType: 'Disconnect', disconnectReason: 'CONNECTION_LOST' }, /^The network connection was lost$/],
])('%j is explained by what was tried and by what AWS says of it', (entry, why) => {
  expect(entryReasonWords(entry)?.why).toMatch(why)
})

test('what is not known is not explained', () => {
  expect(entryReasonWords({ eventType: 'Connect', reason: 'NEW_REASON', details: 'x' })).toBeUndefined()
  expect(entryReasonWords({ eventType: 'Connect' })).toBeUndefined()
})

test.each([
  ['Connect', 'A client was not let in'],
  ['Publish-Out', 'A message was not delivered'],
  ['Disconnect', 'A connection ended'],
  ['Connection.AuthNError', 'Who connected could not be authenticated'],
  ['UpdateJobExecution', 'A job execution was updated, and that failed'],
])('no failure of %s reads as done', (eventType, words) => {
  expect(eventWords({ eventType, status: 'Failure' })).toBe(words)
})

test('what was done reads as done', () => {
  expect(eventWords({ eventType: 'Connect', status: 'Success' })).toBe('A client connected')
  expect(eventWords({ eventType: 'SomethingNew', status: 'Failure' })).toBeUndefined()
})
