import { HIDDEN_RULE_SECRET, type RuleActionName } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import type { ActionSettings } from '../actions/action-description.ts'
import { describeAction } from '../actions/actions.ts'
import { actionProblems } from './action-problems.ts'

const ROLE = 'arn:aws:iam::123456789012:role/r'

function problems(name: RuleActionName, settings: ActionSettings, isErrorAction = false) {
  const known = { sqlVersion: '2016-03-23', variables: ['x'] } as const
  const place = { accountId: '123456789012', isErrorAction }
  return Object.fromEntries(actionProblems(describeAction(name), settings, known, place))
}

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012/q'

test('what AWS would refuse is said at the member', () => {
  expect(problems('sqs', { queueUrl: QUEUE, roleArn: ROLE })).toEqual({})
  expect(Object.keys(problems('sqs', {}))).toEqual(['queueUrl', 'roleArn'])
  expect(problems('sqs', { queueUrl: `${QUEUE}.fifo`, roleArn: ROLE }).queueUrl).toContain('FIFO')
  const other = 'arn:aws:iam::999999999999:role/r'
  expect(problems('sqs', { queueUrl: QUEUE, roleArn: other }).roleArn).toContain('123456789012')
  expect(problems('sqs', { queueUrl: QUEUE, roleArn: '${role}' }).roleArn).toContain('ARN of a role')
})

test('templates are looked at as AWS reads them', () => {
  const republish = (topic: string) => problems('republish', { topic, roleArn: ROLE }).topic
  expect(republish('alarms/${topic(2)}/${@x}')).toBeUndefined()
  expect(republish('alarms/${topic(2)')).toContain('not closed')
  expect(republish('alarms/${foor(a)}')).toContain('is floor() meant?')
  expect(republish('alarms/${@y}')).toContain('@y is not set')
  expect(republish('alarms/@{y}')).toContain('only for InfluxDB')
  const headers = [{ key: '${topic()}', value: 'a' }]
  expect(problems('http', { url: 'https://example.com', headers })['headers[0].key']).toContain('resolves no ${…} here')
})

test('members that belong together are looked at together', () => {
  expect(problems('http', { url: 'https://${host}/a' }).confirmationUrl).toContain('has templates')
  expect(problems('http', { url: 'http://example.com' }).url).toContain('https://')
  expect(problems('http', { url: 'https://example.com', enableBatching: true }, true).enableBatching).toContain('error')
  expect(
    problems('kafka', { destinationArn: 'arn:aws:iot:us-east-1:123456789012:ruledestination/vpc/1', topic: 't' }),
  ).toEqual({
    clientProperties: 'This cannot be empty.',
  })
  const timestream = { databaseName: 'd', tableName: 't', dimensions: [{ name: 'n', value: 'v' }], roleArn: ROLE }
  expect(problems('timestream', { ...timestream, timestamp: { value: '1' } })['timestamp.unit']).toContain('unit')
})

test('a secret that was not kept has to be written again', () => {
  const headers = [{ key: 'x-api-key', value: HIDDEN_RULE_SECRET }]
  expect(problems('http', { url: 'https://example.com', headers })['headers[0].value']).toContain('write it again')
})
