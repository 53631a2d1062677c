import type { IotLogEntry, RulePayload } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import type { ActionRun } from './firings.ts'
import { emptyTemplatesOf, placeOfRun } from './run-place.ts'

const roleArn = 'arn:aws:iam::123456789012:role/r'
const RULE: RulePayload = {
  sql: "SELECT * FROM 'dt/#'",
  actions: [
    { s3: { roleArn, bucketName: 'raw', key: '${site}/${topic(2)}.json' } },
    { s3: { roleArn, bucketName: 'alarms', key: '${site}${line}.json' } },
    { sqs: { roleArn, queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q-${kind}' } },
  ],
  errorAction: { republish: { roleArn, topic: 'errors/${site}' } },
}

const run = (label: string, resources: Readonly<Record<string, string>>): ActionRun => ({
  label,
  outcome: 'done',
  entry: {} as IotLogEntry,
  resources,
})
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012/q-'

test.each([
  ['S3Action', { Bucket: 'raw', Key: 'north/p.json' }, '0'],
  ['S3Action', { Bucket: 'alarms', Key: 'north7.json' }, '1'],
  ['SqsAction', { QueueUrl: `${QUEUE}a` }, '2'],
  ['S3Action', {}, undefined],
  ['SnsAction', { TargetArn: 't' }, undefined],
])('%s on %o is action %s', (label, resources, place) => {
  expect(placeOfRun(run(label, resources), RULE)).toBe(place)
})

test.each([
  ['0', { Bucket: 'raw', Key: '/p.json' }, ['${site}']],
  ['0', { Bucket: 'raw', Key: 'north/p.json' }, []],
  ['2', { QueueUrl: QUEUE }, ['${kind}']],
  ['error', { RepublishTopic: 'errors/' }, ['${site}']],
  // Of two that touch nobody knows which was empty.
  ['1', { Bucket: 'alarms', Key: '.json' }, []],
  [undefined, { Key: '/p.json' }, []],
])('of action %s on %o %o was empty', (place, resources, empty) => {
  expect(emptyTemplatesOf(run('S3Action', resources), place, RULE)).toEqual(empty)
})
