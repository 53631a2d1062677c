import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatReservedTopic } from './reserved-topic.ts'
import { mayPublish, maySubscribe, parseReservedTopic } from './reserved-topic-parser.ts'
import { RESERVED_TOPICS } from './reserved-topic-table.ts'
import { presenceTopic, shadowTopics, subscriptionEventTopic } from './topic-builders.ts'
import { validateTopicFilter } from './topic-filter.ts'
import { validateTopicName } from './topic-name.ts'

const thingName = 'pump-7'

test.each([
  ['$aws/things/pump-7/shadow/get', { kind: 'shadow', thingName, operation: 'get' }],
  [
    '$aws/things/pump-7/shadow/update/documents',
    { kind: 'shadow', thingName, operation: 'update', suffix: 'documents' },
  ],
  [
    '$aws/things/pump-7/shadow/name/config/update/delta',
    { kind: 'shadow', thingName, shadowName: 'config', operation: 'update', suffix: 'delta' },
  ],
  ['$aws/things/pump-7/shadow/get/delta', { kind: 'unknown' }],
  ['$aws/things/pump-7/jobs/get', { kind: 'jobs', thingName, operation: 'GetPendingJobExecutions' }],
  [
    '$aws/things/pump-7/jobs/start-next/rejected',
    { kind: 'jobs', operation: 'StartNextPendingJobExecution', suffix: 'rejected' },
  ],
  ['$aws/things/pump-7/jobs/$next/get', { kind: 'jobs', operation: 'DescribeJobExecution', jobId: '$next' }],
  [
    '$aws/things/pump-7/jobs/j1/update/accepted',
    { kind: 'jobs', operation: 'UpdateJobExecution', jobId: 'j1', suffix: 'accepted' },
  ],
  ['$aws/things/pump-7/jobs/get/update', { kind: 'jobs', operation: 'UpdateJobExecution', jobId: 'get' }],
  ['$aws/things/pump-7/jobs/get/accepted', { kind: 'jobs', operation: 'GetPendingJobExecutions', suffix: 'accepted' }],
  ['$aws/things/pump-7/jobs/notify-next', { kind: 'jobNotification', list: 'notify-next' }],
  [
    '$aws/things/pump-7/jobs/j1/notify-namespace-green',
    { kind: 'jobNamespaceNotification', jobId: 'j1', namespaceId: 'green' },
  ],
  ['$aws/things/pump-7/jobs/j1/notify-namespace-', { kind: 'unknown' }],
  [
    '$aws/certificates/create-from-csr/cbor/rejected',
    { kind: 'certificates', operation: 'CreateCertificateFromCsr', format: 'cbor', suffix: 'rejected' },
  ],
  ['$aws/certificates/create/xml', { kind: 'unknown' }],
  ['$aws/provisioning-templates/fleet/provision/json', { kind: 'provisioning', templateName: 'fleet', format: 'json' }],
  ['$aws/rules/store/dt/pump-7', { kind: 'rule', ruleName: 'store', topic: 'dt/pump-7' }],
  ['$aws/rules/store', { kind: 'rule', ruleName: 'store', topic: '' }],
  ['$aws/rules/', { kind: 'unknown' }],
  ['$aws/events/presence/connected/pump-7', { family: 'presence', event: 'connected', clientId: 'pump-7' }],
  ['$aws/events/job/j1/deletion_in_progress', { family: 'job', event: 'deletion_in_progress', jobId: 'j1' }],
  ['$aws/things//shadow/get', { kind: 'unknown' }],
  ['$AWS/things/pump-7/shadow/get', { kind: 'unknown' }],
  ['$SYS/uptime', { kind: 'unknown' }],
  ['$', { kind: 'unknown' }],
])('parseReservedTopic(%j), AWS IoT guide, Reserved topics', (topic, expected) => {
  const parsed = parseReservedTopic(topic)
  expect(parsed).toMatchObject(expected)
  if (parsed && !topic.endsWith('/')) expect(formatReservedTopic(parsed)).toBe(topic)
})

test('a topic without a leading $ is not reserved', () => {
  expect(parseReservedTopic('aws/things/a')).toBeUndefined()
  expect(mayPublish('dt/a')).toBe(true)
})

test.each([
  ['$aws/things/t/shadow/update', true, true, 'the guide lists shadow requests as Publish/Subscribe'],
  ['$aws/things/t/shadow/update/accepted', false, true, ''],
  ['$aws/things/t/jobs/get', true, false, ''],
  ['$aws/things/t/jobs/j1/update/rejected', false, true, ''],
  ['$aws/things/t/jobs/notify', false, true, ''],
  ['$aws/things/t/defender/metrics/json', true, false, ''],
  ['$aws/things/t/tunnels/notify', false, true, ''],
  ['$aws/things/t/streams/s/get/cbor', true, false, ''],
  ['$aws/things/t/streams/s/data/cbor', false, true, ''],
  ['$aws/certificates/create/json', true, false, ''],
  ['$aws/provisioning-templates/n/provision/cbor/accepted', false, true, ''],
  ['$aws/rules/r/a/b', true, false, 'Basic Ingest is publish only'],
  ['$aws/events/presence/disconnected/c', false, true, ''],
  ['$aws/events/thing/t/created', false, true, ''],
  ['$aws/commands/things/d/executions/e/response/json', true, false, ''],
  ['$aws/commands/clients/d/executions/e/request', false, true, ''],
  ['$aws/device_location/d/get_position_estimate', true, false, ''],
  ['$aws/made/up', false, false, 'what is not listed is not supported'],
  ['$SYS/uptime', false, false, ''],
])('%s: publish %s, subscribe %s (AWS IoT guide, Reserved topics) %s', (topic, publish, subscribe) => {
  expect(mayPublish(topic)).toBe(publish)
  expect(maySubscribe(topic)).toBe(subscribe)
})

test.each([
  ['$aws/things/+/shadow/#', true],
  ['$aws/things/t/jobs/#', true],
  ['$aws/things/t/jobs/$next/get/+', true],
  ['$aws/events/#', true],
  ['$aws/events/presence/+/+', true],
  ['$aws/#', true],
  ['$aws/+/+/shadow/update/delta', true],
  ['$aws/rules/#', false],
  ['$aws/rules/r/+', false],
  ['$aws/things/t/shadow/update/accepted/#', false],
  ['$aws/things/t/nothing/#', false],
  ['$SYS/#', false],
  ['#', true],
  ['+/things/t/shadow/get', true],
  ['$share/g/$aws/things/t/shadow/#', true],
  ['$share/g/$aws/rules/#', false],
  ['$share/g/dt/+', true],
  ['$share/g', false],
  ['$share/g/$share/h/dt', false],
])('maySubscribe(%j) → %s', (filter, expected) => {
  expect(maySubscribe(filter)).toBe(expected)
})

const names = fc.stringMatching(/^[a-zA-Z0-9:_.$-]{1,12}$/)

test('every form in the table is parsed as itself and written back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RESERVED_TOPICS), fc.array(names, { minLength: 3, maxLength: 3 }), (row, values) => {
      let used = 0
      const topic = row.pattern.replaceAll(/\{\w+\}/g, () => values[used++] ?? '')
      const parsed = parseReservedTopic(topic)
      expect(parsed?.kind).not.toBe('unknown')
      expect(parsed && formatReservedTopic(parsed)).toBe(topic)
      expect(validateTopicName(topic)).toBeUndefined()
      expect(validateTopicFilter(topic)).toBeUndefined()
      expect([mayPublish(topic), maySubscribe(topic)]).toEqual([row.access !== 'subscribe', row.access !== 'publish'])
    }),
    { numRuns: 1000 },
  )
})

test('shadowTopics names the eleven topics of a shadow', () => {
  expect(shadowTopics('pump-7').updateDelta).toBe('$aws/things/pump-7/shadow/update/delta')
  const topics = shadowTopics('pump-7', 'config')
  expect(topics.get).toBe('$aws/things/pump-7/shadow/name/config/get')
  expect(new Set(Object.values(topics)).size).toBe(11)
  for (const topic of Object.values(topics)) expect(parseReservedTopic(topic)).toMatchObject({ shadowName: 'config' })
})

test('lifecycle event topics', () => {
  expect(presenceTopic('connect_failed', 'c1')).toBe('$aws/events/presence/connect_failed/c1')
  expect(subscriptionEventTopic('unsubscribed', 'c1')).toBe('$aws/events/subscriptions/unsubscribed/c1')
})
