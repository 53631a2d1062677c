import { expect, test } from 'vitest'
import type { RuleAction } from './rule-actions.ts'
import { HIDDEN_RULE_SECRET, ruleSecrets, withoutActionSecrets } from './rule-secrets.ts'

const KAFKA = {
  destinationArn: 'arn:aws:iot:us-east-1:123456789012:ruledestination/vpc/1',
  topic: 't',
  clientProperties: {
    'bootstrap.servers': 'b:9094',
    'sasl.scram.username': 'me',
    'sasl.scram.password': 'open sesame',
    'ssl.key.password': "${get_secret('key', 'SecretString', 'password', 'arn:aws:iam::123456789012:role/r')}",
  },
}

test('passwords of a Kafka client are hidden, but for those that Secrets Manager is asked for', () => {
  expect(withoutActionSecrets({ kafka: KAFKA }).kafka?.clientProperties).toEqual({
    ...KAFKA.clientProperties,
    'sasl.scram.password': HIDDEN_RULE_SECRET,
  })
})

test('an action without secrets is the same', () => {
  const action: RuleAction = { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:a', roleArn: 'r' } }
  expect(withoutActionSecrets(action)).toBe(action)
})

test('all secrets of a rule, those of its error action last', () => {
  const headers = [
    { key: 'Authorization', value: 'Bearer 1' },
    { key: 'Content-Type', value: 'application/json' },
  ]
  const errorAction = { http: { url: 'https://a.test', headers } }
  expect(ruleSecrets({ sql: 'SELECT *', actions: [{ kafka: KAFKA }], errorAction })).toEqual([
    'open sesame',
    'Bearer 1',
  ])
})
