// @vitest-environment node
import { policyHome } from '@thingdeck/policies'
import { expect, test } from 'vitest'
import { GzipWriter } from '../../../shared/recording/gzip-writer.ts'
import { endLine, headerLine, messageLine } from '../../../shared/recording/recording-format.ts'
import { policyOfRecording } from '../policy-of-traffic.ts'
import { type Party, recordedRequests } from './recorded-requests.ts'
import { readRecordedTopics, topicsOfMessages } from './recorded-topics.ts'
import { brokenPattern, thingInTopic } from './thing-pattern.ts'

test.each<[pattern: string, topic: string, thing: string | undefined]>([
  ['dt/{thing}/#', 'dt/pump-7/t', 'pump-7'],
  ['dt/{thing}/#', 'dt/pump-7', undefined],
  ['dt/{thing}/#', 'cmd/pump-7', undefined],
  ['+/hall/{thing}', 'x/hall/pump-7', 'pump-7'],
  ['dt/{thing}/#', 'dt/no thing/t', undefined],
  ['+/{thing}/#', '$aws/things/pump-7', undefined],
])('%s finds in %s the thing %s', (pattern, topic, thing) => {
  expect(brokenPattern(pattern)).toBeUndefined()
  expect(thingInTopic(pattern, topic)).toBe(thing)
})

test.each([['dt/#'], ['{thing}/{thing}'], ['dt/x{thing}'], ['#/{thing}'], ['']])('%s is no pattern', (pattern) => {
  expect(brokenPattern(pattern)).toMatch(/dt\/\+\/\{thing\}\/#/)
})

const NOBODY: Party = { kind: 'nobody' }
const BY_TOPIC: Party = { kind: 'topic', pattern: 'dt/{thing}/#' }
const told = (topics: readonly string[], publisher: Party, receiver: Party) => {
  const { requests, ...counts } = recordedRequests(
    topics.map((topic) => ({ topic, count: 2, retained: topic.endsWith('/kept') ? 1 : 0 })),
    publisher,
    receiver,
  )
  return { ...counts, asked: requests.map((each) => `${each.thingName} ${each.action} ${each.subject} ${each.count}`) }
}

test('what is published and received is of whom a person says, and what AWS published is of no client', () => {
  const topics = [
    'dt/pump-7/t',
    'dt/pump-7/kept',
    'spare',
    '$aws/things/pump-7/shadow/update',
    '$aws/things/pump-7/shadow/update/delta',
    '$aws/events/thing/pump-7/updated',
  ]
  expect(told(topics, BY_TOPIC, BY_TOPIC)).toEqual({
    asked: [
      'pump-7 iot:Publish dt/pump-7/t 2',
      'pump-7 iot:Receive dt/pump-7/t 2',
      'pump-7 iot:Publish dt/pump-7/kept 2',
      'pump-7 iot:RetainPublish dt/pump-7/kept 1',
      'pump-7 iot:Receive dt/pump-7/kept 2',
      'pump-7 iot:Publish $aws/things/pump-7/shadow/update 2',
      'pump-7 iot:Receive $aws/things/pump-7/shadow/update/delta 2',
    ],
    byAws: 4,
    unnamed: 2,
  })
  expect(told(['spare', '$aws/things/x/shadow/update/delta'], NOBODY, { kind: 'thing', thingName: 'gateway' })).toEqual(
    {
      asked: ['gateway iot:Receive spare 2', 'gateway iot:Receive $aws/things/x/shadow/update/delta 2'],
      byAws: 2,
      unnamed: 0,
    },
  )
  expect(told(['spare'], { kind: 'thing', thingName: 'gateway' }, NOBODY).asked).toEqual([
    'gateway iot:Publish spare 2',
  ])
})

test('what things are said to have done makes one policy of them, with the name of each as a variable', () => {
  const { requests } = recordedRequests(
    ['dt/pump-7/t', 'dt/pump-8/t'].map((topic) => ({ topic, count: 2, retained: 0 })),
    BY_TOPIC,
    NOBODY,
  )
  const home = policyHome('eu-central-1', '123456789012')
  const made = policyOfRecording(requests, { home })
  expect(made?.lines).toMatchObject([
    {
      action: 'iot:Publish',
      resource: 'arn:aws:iot:eu-central-1:123456789012:topic/dt/${iot:Connection.Thing.ThingName}/t',
      count: 4,
      clientIds: ['pump-7', 'pump-8'],
    },
  ])
  expect(policyOfRecording([], { home })).toBeUndefined()
})

test('of a recording topics, counts and times are kept, and that it breaks off', async () => {
  const message = (topic: string, receivedAtMs: number, retain = false) => {
    return { topic, receivedAtMs, retain, payload: new Uint8Array(), qos: 0, dup: false } as const
  }
  const messages = [message('a', 3), message('b', 5), message('b', 4, true)]
  const writer = new GzipWriter()
  writer.line(headerLine({ startedAtMs: 1, subscriptions: [], endpoint: 'broker.test' }))
  for (const each of messages) writer.line(messageLine(each))
  const whole = topicsOfMessages(messages)
  expect(whole).toMatchObject({
    topics: [
      { topic: 'b', count: 2, retained: 1 },
      { topic: 'a', count: 1, retained: 0 },
    ],
    messages: 3,
    firstAtMs: 3,
    lastAtMs: 5,
    untold: 0,
  })
  const file = await writer.finish()
  expect(await readRecordedTopics(file)).toEqual({ ...whole, isWhole: false, endpoint: 'broker.test' })
  const end = new Blob([
    `${headerLine({ startedAtMs: 1, subscriptions: [] })}\n`,
    endLine({ atMs: 1, messages: 0, gaps: 0 }),
  ])
  expect(await readRecordedTopics(end)).toMatchObject({ isWhole: true, messages: 0, endpoint: undefined })
})
