// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import type { RulePayload } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { templateFaults } from '../../../../../../../scripts/deploy/cloudformation/lint.ts'
import { readTemplate } from '../../../../../../../scripts/deploy/cloudformation/template.ts'
import { asCdk } from './cdk.ts'
import { asCli } from './cli.ts'
import { asCloudFormation } from './cloudformation.ts'
import type { ExportedRule } from './exported-rule.ts'
import { asTerraform } from './terraform.ts'

const ROLE = 'arn:aws:iam::123456789012:role/r'

const PAYLOAD: RulePayload = {
  sql: "SELECT *, get(*, 'it''s \"bar\"') AS a\nFROM 'plant/+/data'\nWHERE name <> '\\\\x${y} %{z}'",
  description: 'Alarms: it\'s "on"',
  awsIotSqlVersion: '2016-03-23',
  ruleDisabled: false,
  actions: [
    { sqs: { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', roleArn: ROLE } },
    { dynamoDBv2: { putItem: { tableName: 'pumps' }, roleArn: ROLE } },
    { dynamoDB: { tableName: 't', hashKeyField: 'd', hashKeyValue: '${topic(2)}', roleArn: ROLE } },
    { s3: { bucketName: 'b', key: "${get(*, '}')}/\t$${x}", roleArn: ROLE } },
    { firehose: { deliveryStreamName: 's', separator: '\r\n', roleArn: ROLE } },
    {
      kafka: {
        destinationArn: 'arn:aws:iot:us-east-1:123456789012:ruledestination/vpc/1',
        topic: 'k',
        clientProperties: { 'bootstrap.servers': 'b:9092' },
        headers: [{ key: 'h', value: '${clientid()}' }],
      },
    },
    { openSearch: { endpoint: 'https://x', index: 'i', type: '_doc', id: '1', roleArn: ROLE } },
  ],
  errorAction: { republish: { topic: 'errors/${topic()}', qos: 1, roleArn: ROLE } },
}

const RULE: ExportedRule = { ruleName: 'alarms', payload: PAYLOAD, tags: { team: 'a&b "c"' }, isReplacement: false }

/** The words that a shell reads, each in a line of JSON. */
function wordsOf(command: string): string[] {
  const script = `aws() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('a shell reads the command as it is meant', () => {
  const words = wordsOf(asCli(RULE).text)
  expect(words.slice(0, 4)).toEqual(['iot', 'create-topic-rule', '--rule-name', 'alarms'])
  expect(JSON.parse(words[words.indexOf('--topic-rule-payload') + 1] ?? '')).toEqual(PAYLOAD)
  expect(Object.fromEntries(new URLSearchParams(words[words.indexOf('--tags') + 1]))).toEqual(RULE.tags)
  expect(wordsOf(asCli({ ...RULE, isReplacement: true }).text).slice(0, 2)).toEqual(['iot', 'replace-topic-rule'])
})

test('a template of CloudFormation has the rule by its names, and texts as they are', () => {
  const { text, lacks } = asCloudFormation(RULE)
  const { Rule } = JSON.parse(text).Resources
  expect(Rule.Type).toBe('AWS::IoT::TopicRule')
  const { TopicRulePayload, Tags } = Rule.Properties
  expect(TopicRulePayload).toMatchObject({ Sql: PAYLOAD.sql, AwsIotSqlVersion: '2016-03-23', RuleDisabled: false })
  expect(TopicRulePayload.Actions[0]).toEqual({ Sqs: { QueueUrl: PAYLOAD.actions[0]?.sqs?.queueUrl, RoleArn: ROLE } })
  expect(TopicRulePayload.Actions[1]).toEqual({ DynamoDBv2: { PutItem: { TableName: 'pumps' }, RoleArn: ROLE } })
  expect(TopicRulePayload.Actions[3].S3.Key).toBe(PAYLOAD.actions[3]?.s3?.key)
  expect(TopicRulePayload.Actions[5].Kafka).toMatchObject({
    ClientProperties: { 'bootstrap.servers': 'b:9092' },
    Headers: [{ Key: 'h', Value: '${clientid()}' }],
  })
  expect(TopicRulePayload.ErrorAction.Republish.Topic).toBe('errors/${topic()}')
  expect(Tags).toEqual([{ Key: 'team', Value: 'a&b "c"' }])
  expect(lacks).toEqual([])
})

test('the template is as the schemas of CloudFormation take it', () => {
  const { text } = asCloudFormation(RULE)
  expect(templateFaults(readTemplate('rule.json', text), 'rule')).toEqual([])
  // It is looked at in depth.
  const broken = text.replace('"QueueUrl"', '"QueueURL"')
  expect(templateFaults(readTemplate('rule.json', broken), 'rule')).toEqual([
    'Rule.TopicRulePayload.Actions[0].Sqs.QueueUrl is missing',
    expect.stringContaining('QueueURL: there is no such property'),
  ])
})

test('the construct of CDK is TypeScript with the same in it', () => {
  const { text } = asCdk(RULE)
  const body = text.replace(/^import .*\n/, '').replace(/^const stack.*\n/m, '')
  let made: unknown
  class CfnTopicRule {
    constructor(_stack: unknown, _id: string, properties: unknown) {
      made = properties
    }
  }
  runInNewContext(body, { iot: { CfnTopicRule }, stack: {} })
  const { dynamoDB } = PAYLOAD.actions[2] ?? {}
  const actions = PAYLOAD.actions.map((action) => (action.dynamoDB ? { dynamoDb: dynamoDB } : action))
  expect(JSON.parse(JSON.stringify(made))).toEqual({
    ruleName: 'alarms',
    topicRulePayload: { ...PAYLOAD, actions },
    tags: [{ key: 'team', value: 'a&b "c"' }],
  })
})

/** A text of HCL as Terraform reads it (HCL native syntax specification, "Quoted template expressions"). */
const unquoted = (text: string) =>
  text
    .slice(1, -1)
    .replace(/([$%])\1\{|\\(n|r|t|"|\\)/g, (_, sign: string | undefined, escaped: string) =>
      sign ? `${sign}{` : ({ n: '\n', r: '\r', t: '\t' }[escaped] ?? escaped),
    )

test('Terraform reads its texts as they are, and what its resource has no block for is said', () => {
  const { text, lacks } = asTerraform(RULE)
  const texts = (text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map(unquoted)
  for (const meant of [
    PAYLOAD.sql,
    PAYLOAD.description,
    PAYLOAD.actions[3]?.s3?.key,
    '${topic(2)}',
    '\r\n',
    'a&b "c"',
  ]) {
    expect(texts).toContain(meant)
  }
  // Nothing begins a template of Terraform's own.
  expect(text.replace(/[$%]{2}\{/g, '')).not.toMatch(/[$%]\{/)
  for (const part of [
    'dynamodbv2 {',
    'put_item {',
    'hash_key_field = "d"',
    'use_base64 = false',
    'error_action {',
    'header {',
  ]) {
    expect(text).toContain(part)
  }
  expect(lacks).toEqual(['OpenSearch'])
})
