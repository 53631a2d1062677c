import { describe, expect, test } from 'vitest'
import { type NeedRow, testNeeds } from './support/limited-role.ts'

const alias = 'arn:aws:iot:us-east-1:123456789012:rolealias/uploads'
const roleAlias = { roleAlias: 'uploads' }
const roleArn = 'arn:aws:iam::123456789012:role/of-devices'
const ruleArn = 'arn:aws:iot:us-east-1:123456789012:rule/asks'
const asking = `get_thing_shadow('pump-7', '${roleArn}')`
const templateArn = 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate/pumps'
const template = { templateName: 'pumps', provisioningRoleArn: roleArn }
const authority = 'a'.repeat(64)
const registrationConfig = { templateBody: '{}', roleArn }
const rule = (sql: string, functionArn: string) => ({
  ruleName: 'asks',
  topicRulePayload: { sql, awsIotSqlVersion: '2016-03-23', actions: [{ lambda: { functionArn } }] },
})

/** Source: Service Authorization Reference, "Actions defined by AWS IoT". */
const ROWS: readonly NeedRow[] = [
  ['DescribeRoleAlias', roleAlias, [alias]],
  ['DeleteRoleAlias', roleAlias, [alias]],
  ['ListRoleAliases', {}, []],
  ['UpdateRoleAlias', { ...roleAlias, credentialDurationSeconds: 900 }, [alias]],
  ['GetV2LoggingOptions', {}, []],
  ['SetV2LoggingOptions', { defaultLogLevel: 'ERROR' }, []],
]

const role = testNeeds(ROWS)

describe('whoever hands a role to AWS IoT has to be allowed to pass it', () => {
  test.each<[operation: string, input: object, resource: string, service: string]>([
    ['CreateRoleAlias', { ...roleAlias, roleArn }, alias, 'credentials.iot.amazonaws.com'],
    ['UpdateRoleAlias', { ...roleAlias, roleArn }, alias, 'credentials.iot.amazonaws.com'],
    ['SetV2LoggingOptions', { roleArn, defaultLogLevel: 'ERROR' }, '*', 'iot.amazonaws.com'],
    ['CreateTopicRule', rule(`SELECT ${asking} AS shadow FROM 'asks'`, 'none'), ruleArn, 'iot.amazonaws.com'],
    ['ReplaceTopicRule', rule("SELECT * FROM 'asks'", `\${${asking}}`), ruleArn, 'iot.amazonaws.com'],
    ['CreateProvisioningTemplate', { ...template, templateBody: '{}' }, templateArn, 'iot.amazonaws.com'],
    ['UpdateProvisioningTemplate', template, templateArn, 'iot.amazonaws.com'],
    ['RegisterCACertificate', { caCertificate: 'x', registrationConfig }, '*', 'iot.amazonaws.com'],
    [
      'UpdateCACertificate',
      { certificateId: authority, registrationConfig },
      `arn:aws:iot:us-east-1:123456789012:cacert/${authority}`,
      'iot.amazonaws.com',
    ],
    ['SetLoggingOptions', { loggingOptionsPayload: { roleArn, logLevel: 'ERROR' } }, '*', 'iot.amazonaws.com'],
  ])('%s', async (operation, input, Resource, service) => {
    const making = { Effect: 'Allow', Action: `iot:${operation}`, Resource }
    const passing = (to: string) => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': to } },
    })
    const refused = () => role().refusedOn(operation, input)
    await role().allow(making)
    expect(await refused()).toBe(roleArn)
    await role().allow(making, passing('lambda.amazonaws.com'))
    expect(await refused()).toBe(roleArn)
    await role().allow(making, passing(service))
    expect(await refused()).toBeUndefined()
  })
})
