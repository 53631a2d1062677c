import { describe, expect, test } from 'vitest'
import { type NeedRow, testNeeds } from './support/limited-role.ts'

const rule = 'arn:aws:iot:us-east-1:123456789012:rule/r'
const r = { ruleName: 'r' }
const payload = { ...r, topicRulePayload: { sql: "SELECT * FROM 'a'", actions: [] } }

const arn = 'arn:aws:iot:us-east-1:123456789012:ruledestination/http/b7c8d9e0-1111-4222-8333-444455556666'
const destinationConfiguration = { httpUrlConfiguration: { confirmationUrl: 'http://127.0.0.1:9/none' } }

/** Source: Service Authorization Reference, "Actions defined by AWS IoT". */
const ROWS: readonly NeedRow[] = [
  ['CreateTopicRule', payload, [rule]],
  // Whoever has the token may, but one who signs is asked about all the same.
  [
    'ConfirmTopicRuleDestination',
    { confirmationToken: 'none' },
    ['arn:aws:iot:us-east-1:123456789012:ruledestination/*'],
  ],
  ['CreateTopicRuleDestination', { destinationConfiguration }, []],
  ['DeleteTopicRule', r, [rule]],
  ['DeleteTopicRuleDestination', { arn }, [arn]],
  ['DisableTopicRule', r, [rule]],
  ['EnableTopicRule', r, [rule]],
  ['GetTopicRule', r, [rule]],
  ['GetTopicRuleDestination', { arn }, [arn]],
  ['ListTopicRuleDestinations', {}, []],
  ['ListTopicRules', {}, []],
  ['ReplaceTopicRule', payload, [rule]],
  ['UpdateTopicRuleDestination', { arn, status: 'ENABLED' }, [arn]],
]

const role = testNeeds(ROWS)

describe('whoever makes a rule hands its roles to AWS IoT, which each has to be allowed', () => {
  const [one, other] = ['republish', 'errors'].map((name) => `arn:aws:iam::123456789012:role/${name}`)
  const topicRulePayload = {
    sql: "SELECT * FROM 'a'",
    actions: [{ republish: { topic: 'b', roleArn: one } }],
    errorAction: { republish: { topic: 'c', roleArn: other } },
  }

  test.each(['CreateTopicRule', 'ReplaceTopicRule'])('%s', async (operation) => {
    const making = { Effect: 'Allow', Action: `iot:${operation}`, Resource: rule }
    const passing = (...Resource: unknown[]) => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource,
      Condition: { StringEquals: { 'iam:PassedToService': 'iot.amazonaws.com' } },
    })
    const refused = () => role().refusedOn(operation, { ...r, topicRulePayload })
    await role().allow(making)
    expect(await refused()).toBe(one)
    await role().allow(making, passing(one))
    expect(await refused()).toBe(other)
    await role().allow(making, passing(one, other))
    expect(await refused()).toBeUndefined()
  })
})
