import { expect, test } from 'vitest'
import { roleNeedsOf } from './role-needs.ts'
import { editedAction } from './rule-values.ts'

const HOME = { region: 'us-east-1', accountId: '123456789012' }
const ROLE = 'arn:aws:iam::123456789012:role/r'

test('what a rule needs is told by role, and what has none yet', () => {
  const found = roleNeedsOf(
    [
      editedAction('sqs', { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', roleArn: ROLE }),
      editedAction('dynamoDBv2', { putItem: { tableName: 't' } }),
      editedAction('lambda', { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }),
      editedAction('http', { url: 'https://example.com' }),
    ],
    `SELECT get_thing_shadow('pump', '${ROLE}') AS s FROM 'a'`,
    HOME,
  )
  expect(found.roles).toEqual([
    {
      roleArn: ROLE,
      users: ['SQS', 'get_thing_shadow()'],
      permissions: [
        { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:123456789012:q' },
        { action: 'iot:GetThingShadow', resource: 'arn:aws:iot:us-east-1:123456789012:thing/pump' },
      ],
    },
  ])
  expect(found.missing).toEqual({
    users: ['DynamoDBv2'],
    permissions: [{ action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/t' }],
  })
  expect(found.functions).toHaveLength(1)
})

test('what templates of an action ask, and functions that the SQL calls, are needs of the rule', () => {
  const onCall = 'arn:aws:lambda:us-east-1:123456789012:function:enrich'
  const found = roleNeedsOf(
    [
      editedAction('kafka', {
        destinationArn: 'arn:aws:iot:us-east-1:123456789012:ruledestination/vpc/a',
        topic: 't',
        clientProperties: { 'sasl.plain.password': `\${get_secret('kafka', 'SecretString', 'password', '${ROLE}')}` },
      }),
    ],
    `SELECT aws_lambda('${onCall}', *) AS a FROM 'a'`,
    HOME,
  )
  expect(found.roles).toEqual([
    {
      roleArn: ROLE,
      users: ['get_secret()'],
      permissions: [
        {
          action: 'secretsmanager:GetSecretValue',
          resource: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka*',
        },
      ],
    },
  ])
  expect(found.functions).toEqual([onCall])
})
