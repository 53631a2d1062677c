import { expect, test } from 'vitest'
import { logWords } from './log-words.ts'
import type { LogFact } from './moment.ts'
import { CERTIFICATE_A, fact, refused } from './test-facts.ts'

const row = (eventType: string, members: Partial<LogFact>) => fact(0, eventType, members)

test.each<[entry: LogFact, words: ReturnType<typeof logWords>]>([
  [
    row('Connect', { sourceIp: '198.51.100.20', principalId: CERTIFICATE_A }),
    { kind: 'connection', tone: 'success', title: 'Connected from 198.51.100.20', why: 'certificate a1a1a1a1a1a1…' },
  ],
  [
    row('Connect', { clientId: 'gateway-9', match: 'exclusive' }),
    { kind: 'connection', tone: 'success', title: 'Connected as gateway-9' },
  ],
  [
    row('Disconnect', { disconnectReason: 'CONNECTION_LOST' }),
    {
      kind: 'connection',
      tone: 'warning',
      title: 'Disconnected',
      why: 'the network connection was lost (CONNECTION_LOST)',
    },
  ],
  [
    row('Disconnect', { disconnectReason: 'CLIENT_INITIATED_DISCONNECT' }),
    {
      kind: 'connection',
      tone: 'stopped',
      title: 'Disconnected',
      why: 'the device said goodbye (CLIENT_INITIATED_DISCONNECT)',
    },
  ],
  [
    row('Disconnect', { status: 'Failure', disconnectReason: 'DUPLICATE_CLIENTID', reason: 'DUPLICATE_CLIENT_ID' }),
    {
      kind: 'connection',
      tone: 'warning',
      title: 'Disconnected',
      why: 'another connection took its client id (DUPLICATE_CLIENTID)',
    },
  ],
  [
    row('Disconnect', {}),
    { kind: 'connection', tone: 'warning', title: 'Disconnected', why: 'the log does not say why' },
  ],
  [
    row('Connect', refused),
    {
      kind: 'refusal',
      tone: 'error',
      title: 'Connect refused',
      why: expect.stringMatching(/^No policy .* \(AUTHORIZATION_FAILURE\)$/),
    },
  ],
  [
    row('Publish-In', { ...refused, topicName: 'dt/pump-8/t' }),
    {
      kind: 'refusal',
      tone: 'error',
      title: 'Publish to dt/pump-8/t refused',
      why: expect.stringMatching(/^No policy .* \(AUTHORIZATION_FAILURE\)$/),
    },
  ],
  [
    row('Connection.AuthNError', { status: 'Failure', reason: 'DEVICE_CERTIFICATE_INACTIVE', details: 'x' }),
    {
      kind: 'refusal',
      tone: 'error',
      title: 'Connect refused',
      why: expect.stringMatching(/not active.* \(DEVICE_CERTIFICATE_INACTIVE\)$/),
    },
  ],
  [
    row('Queued', { status: 'Failure', topicName: 'cmd/pump-7', details: 'Server Error' }),
    { kind: 'refusal', tone: 'error', title: 'Queueing a message of cmd/pump-7 failed', why: 'Server Error' },
  ],
  [
    row('Subscribe', { refusedFilters: ['a/#', 'b/+'] }),
    {
      kind: 'refusal',
      tone: 'error',
      title: 'Subscribe to a/#, b/+ refused',
      why: 'the broker answered with a reason code of failure for each of them',
    },
  ],
  [row('Subscribe', { topicName: 'a/#' }), undefined],
  [
    row('UpdateThingShadow', { topicName: '$aws/things/pump-7/shadow/name/config/update' }),
    { kind: 'shadow', tone: 'info', title: 'Update of shadow config' },
  ],
  [
    row('DeleteThingShadow', { topicName: '$aws/things/pump-7/shadow/delete' }),
    { kind: 'shadow', tone: 'warning', title: 'The classic shadow deleted' },
  ],
  [row('UpdateThingShadow', { match: 'thingName' }), { kind: 'shadow', tone: 'info', title: 'Update of a shadow' }],
  [
    row('UpdateJobExecution', { jobId: 'fw-2', details: 'The destination status is IN_PROGRESS.' }),
    {
      kind: 'job',
      tone: 'info',
      title: 'UpdateJobExecution of job fw-2',
      why: 'The destination status is IN_PROGRESS.',
    },
  ],
  [
    row('RuleExecution', {
      status: 'Failure',
      ruleName: 'to_table',
      ruleAction: 'DynamoAction',
      details: 'Access denied',
    }),
    { kind: 'rule', tone: 'error', title: 'Rule to_table: DynamoAction failed', why: 'Access denied' },
  ],
  [row('RuleExecution', { ruleName: 'to_table', ruleAction: 'DynamoAction' }), undefined],
  [
    row('IndexingCustomFieldFailed', { status: 'SucceededWithIssues', match: 'thingName' }),
    { kind: 'registry', tone: 'warning', title: 'A field could not be indexed' },
  ],
  [
    row('DeleteConnection', { principalId: 'AROAX:ada', sourceIp: '203.0.113.9' }),
    {
      kind: 'connection',
      tone: 'warning',
      title: 'Its connection was ended through the API',
      why: 'by principal AROAX:ada from 203.0.113.9',
    },
  ],
  [row('Publish-In', { topicName: 'dt/x' }), undefined],
  // It asked for a shadow that it does not have yet: the page Refusals has none of these either.
  [row('GetThingShadow', { status: 'Failure', reason: 'RESOURCE_NOT_FOUND' }), undefined],
  [
    row('GetThingShadow', { ...refused, topicName: '$aws/things/pump-7/shadow/get' }),
    expect.objectContaining({ kind: 'refusal' }),
  ],
  [
    row('SomethingNew', { status: 'Failure', reason: 'NEW_REASON', details: 'in words' }),
    { kind: 'refusal', tone: 'error', title: 'SomethingNew failed', why: 'NEW_REASON: in words' },
  ],
])('%j', (entry, words) => {
  expect(logWords(entry)).toEqual(words)
})
