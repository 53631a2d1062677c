import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { describe, expect, test } from 'vitest'
import { COGNITO_IDENTITY, IOT, IOT_JOBS_DATA, type ServiceTraits } from './index.ts'
import { readService } from './operation.ts'
import { validate } from './validation.ts'

const NAME_PATTERN = 'Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]+'
const NAME_RULES = `Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ${NAME_PATTERN}`

/** What is wrong with an input of an operation, as the dispatcher asks. */
function check(traits: ServiceTraits & { sdk: object }, operation: string, input: Record<string, unknown>) {
  const { operations } = readService({ ...traits, handlers: {} })
  return validate(operations.get(operation)?.input.shape.members ?? [], input)
}

const one = (text: string) => `1 validation error detected: ${text}`
const failed = (value: string, at: string, rule: string) =>
  `Value ${value} at '${at}' failed to satisfy constraint: ${rule}`

describe('the control plane', () => {
  test.each<[operation: string, input: Record<string, unknown>, expected: string | undefined]>([
    ['CreateThing', { thingName: 'pump-7' }, undefined],
    ['CreateThing', { thingName: 'a:b_c-D9' }, undefined],
    ['CreateThing', {}, one(failed('null', 'thingName', 'Member must not be null'))],
    ['CreateThing', { thingName: 'pump 7' }, one(failed("'pump 7'", 'thingName', NAME_PATTERN))],
    ['CreateThing', { thingName: 'pump7\n' }, one(failed("'pump7\n'", 'thingName', NAME_PATTERN))],
    [
      'CreateThing',
      { thingName: 'x'.repeat(129) },
      one(failed(`'${'x'.repeat(129)}'`, 'thingName', 'Member must have length less than or equal to 128')),
    ],
    [
      'CreateThing',
      { thingName: '' },
      `2 validation errors detected: ${failed("''", 'thingName', 'Member must have length greater than or equal to 1')}; ${failed("''", 'thingName', NAME_PATTERN)}`,
    ],
    [
      'CreateThing',
      { thingName: 'a', attributePayload: { attributes: { room: 'machine hall' } } },
      one(
        failed(
          "'{room=machine hall}'",
          'attributePayload.attributes',
          'Map value must satisfy constraint: [Member must have length less than or equal to 800, Member must satisfy regular expression pattern: [a-zA-Z0-9_.,@/:#=\\[\\]-]*]',
        ),
      ),
    ],
    [
      'CreateThing',
      { thingName: 'a', attributePayload: { attributes: { 'a b': '1' } } },
      one(
        failed(
          "'{a b=1}'",
          'attributePayload.attributes',
          'Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must satisfy regular expression pattern: [a-zA-Z0-9_.,@/:#-]+]',
        ),
      ),
    ],
    [
      'ListThings',
      { maxResults: 251 },
      one(failed("'251'", 'maxResults', 'Member must have value less than or equal to 250')),
    ],
    [
      'ListThings',
      { maxResults: 0 },
      one(failed("'0'", 'maxResults', 'Member must have value greater than or equal to 1')),
    ],
    // Found in review: half a row reached the database, and that was a 500.
    ['ListThings', { maxResults: 1.5 }, one(failed("'1.5'", 'maxResults', 'Member must be a whole number'))],
    ['GetPercentiles', { queryString: '*', percents: [99.9] }, undefined],
    ['ListTopicRules', { maxResults: 10_000 }, undefined],
    ['ListIndices', { maxResults: 500 }, undefined],
    [
      'UpdateCertificate',
      { certificateId: 'a'.repeat(64), newStatus: 'BROKEN' },
      one(
        failed(
          "'BROKEN'",
          'newStatus',
          `Member must satisfy enum value set: [${Object.values(iot.CertificateStatus).join(', ')}]`,
        ),
      ),
    ],
    [
      'UpdateThingGroupsForThing',
      { thingName: 'a', thingGroupsToAdd: ['ok', 'not ok'] },
      one(failed("'[ok, not ok]'", 'thingGroupsToAdd', `Member must satisfy constraint: [${NAME_RULES}]`)),
    ],
    [
      'TagResource',
      { resourceArn: 'arn', tags: [{ Key: 'a', Value: '1' }, { Value: '2' }] },
      one(failed('null', 'tags.2.member.key', 'Member must not be null')),
    ],
    [
      'UpdateThingGroupsForThing',
      { thingGroupsToAdd: ['a', null] },
      one(failed('null', 'thingGroupsToAdd.2.member', 'Member must not be null')),
    ],
    ['CreatePolicy', { policyName: 'a', policyDocument: '' }, undefined],
    [
      'ReplaceTopicRule', // `endpoint` and `maxBatchSize` are bounded elsewhere, not here
      {
        ruleName: 'a',
        topicRulePayload: {
          sql: 'SELECT *',
          actions: [
            {
              influxDB: {
                destinationArn: 'arn',
                roleArn: 'arn:aws:iam::123456789012:role/a',
                databaseName: 'a',
                tableName: 'a',
                batchConfig: { maxBatchSize: 5000 },
              },
            },
          ],
        },
      },
      undefined,
    ],
    [
      'CreateProvisioningTemplate',
      { templateName: 'a'.repeat(37), templateBody: '{}', provisioningRoleArn: 'arn:aws:iam::123456789012:role/x' },
      one(failed(`'${'a'.repeat(37)}'`, 'templateName', 'Member must have length less than or equal to 36')),
    ],
    [
      'CreateThingType',
      { thingTypeName: 'a', thingTypeProperties: { thingTypeDescription: 'two\nlines' } },
      one(
        failed(
          "'two\nlines'",
          'thingTypeProperties.thingTypeDescription',
          'Member must satisfy regular expression pattern: [\\p{Graph}\\x20]*',
        ),
      ),
    ],
  ])('%s %j', (operation, input, expected) => {
    expect(check({ ...IOT, sdk: iot }, operation, input)).toBe(expected)
  })

  test('a length is counted in characters, not in UTF-16 units', () => {
    const job = { jobId: 'a', targets: ['arn'], document: '{}' }
    expect(check({ ...IOT, sdk: iot }, 'CreateJob', { ...job, description: '🌡'.repeat(2028) })).toBeUndefined()
    expect(check({ ...IOT, sdk: iot }, 'CreateJob', { ...job, description: '🌡'.repeat(2029) })).toContain('2028')
  })

  test('a value that holds something sensitive is not repeated', () => {
    const logins = { IdentityPoolId: 'eu-west-1:0', Logins: { 'idp.example.com': '', other: 'secret' } }
    const message = check({ ...COGNITO_IDENTITY, sdk: cognitoIdentity }, 'GetId', logins)
    expect(message).toContain(": Value at 'logins' failed to satisfy constraint: Map value must")
    expect(message).not.toContain('secret')
  })

  test('ten violations are named at most, of values of bounded length', () => {
    const tags = Array.from({ length: 1000 }, () => ({ Key: '~'.repeat(5000), Value: 'x'.repeat(5000) }))
    const message = check({ ...IOT, sdk: iot }, 'TagResource', { resourceArn: 'a', tags })
    expect(message).toMatch(/^10 validation errors detected: /)
    expect(message?.length).toBeLessThan(20_000)
  })
})

test('Cognito names members in lower case', () => {
  expect(check({ ...COGNITO_IDENTITY, sdk: cognitoIdentity }, 'GetId', { IdentityPoolId: 'no-colon' })).toBe(
    one(failed("'no-colon'", 'identityPoolId', 'Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+')),
  )
})

test.each([
  ['DescribeJobExecution', { thingName: 'a', jobId: '$next' }, undefined],
  ['UpdateJobExecution', { thingName: 'a', jobId: '$next', status: 'SUCCEEDED' }, "'jobId'"],
  [
    'UpdateJobExecution',
    { thingName: 'a', jobId: 'j' },
    "'status' failed to satisfy constraint: Member must not be null",
  ],
])('jobs data plane: %s %j', (operation, input, expected) => {
  const message = check({ ...IOT_JOBS_DATA, sdk: iotJobsData }, operation, input)
  if (expected === undefined) expect(message).toBeUndefined()
  else expect(message).toContain(expected)
})
