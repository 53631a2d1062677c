import * as sdk from '@aws-sdk/client-iot'
import type { LifeCycle } from '../life-cycle.ts'
import { type Account, IOT, NONE, ROLE, retag, TAGGED, TAGGED_AGAIN, tagsOf } from './account.ts'

/** Rules, provisioning and credentials. */
export function ruleLifeCycles(account: Account): LifeCycle[] {
  const rows: LifeCycle[] = []
  const payload = (description: string): sdk.TopicRulePayload => ({
    sql: `SELECT * FROM 'dt/#' WHERE v = '${description}'`,
    awsIotSqlVersion: '2016-03-23',
    description,
    ruleDisabled: false,
    actions: [{ republish: { roleArn: ROLE, topic: 'out', qos: 1 } }],
    errorAction: { republish: { roleArn: ROLE, topic: 'errors', qos: 1 } },
  })
  rows.push({
    resource: 'aws_iot_topic_rule',
    create: () =>
      account().iot.send(
        new sdk.CreateTopicRuleCommand({ ruleName: 'r', topicRulePayload: payload('1'), tags: 'v=1' }),
      ),
    // The provider looks for it in the list, as GetTopicRule of a rule that is not there is answered as one that is not allowed.
    read: async () => {
      const { rules = [] } = await account().iot.send(new sdk.ListTopicRulesCommand({}))
      if (!rules.some(({ ruleName }) => ruleName === 'r')) return { rule: undefined }
      const found = await account().iot.send(new sdk.GetTopicRuleCommand({ ruleName: 'r' }))
      return { ...found, tags: await tagsOf(account, found.ruleArn) }
    },
    created: { ruleArn: `${IOT}rule/r`, rule: payload('1'), tags: TAGGED },
    update: async () => {
      await account().iot.send(new sdk.ReplaceTopicRuleCommand({ ruleName: 'r', topicRulePayload: payload('2') }))
      await retag(account, `${IOT}rule/r`)
    },
    updated: { rule: payload('2'), tags: TAGGED_AGAIN },
    remove: () => account().iot.send(new sdk.DeleteTopicRuleCommand({ ruleName: 'r' })),
    gone: { rule: undefined },
  })

  let arn: string | undefined
  const vpcConfiguration = { roleArn: ROLE, securityGroups: ['sg-1'], subnetIds: ['subnet-1'], vpcId: 'vpc-1' }
  rows.push({
    resource: 'aws_iot_topic_rule_destination',
    create: async () => {
      const made = await account().iot.send(
        new sdk.CreateTopicRuleDestinationCommand({ destinationConfiguration: { vpcConfiguration } }),
      )
      arn = made.topicRuleDestination?.arn
    },
    read: async () =>
      (await account().iot.send(new sdk.GetTopicRuleDestinationCommand({ arn }))).topicRuleDestination ?? {},
    created: { status: 'ENABLED', vpcProperties: vpcConfiguration },
    update: () => account().iot.send(new sdk.UpdateTopicRuleDestinationCommand({ arn, status: 'DISABLED' })),
    updated: { status: 'DISABLED' },
    remove: () => account().iot.send(new sdk.DeleteTopicRuleDestinationCommand({ arn })),
    gone: 'UnauthorizedException',
  })

  rows.push({
    resource: 'aws_iot_role_alias',
    create: () =>
      account().iot.send(
        new sdk.CreateRoleAliasCommand({
          roleAlias: 'a',
          roleArn: ROLE,
          credentialDurationSeconds: 1_801,
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = (await account().iot.send(new sdk.DescribeRoleAliasCommand({ roleAlias: 'a' })))
        .roleAliasDescription
      return { ...found, tags: await tagsOf(account, found?.roleAliasArn) }
    },
    created: { roleAlias: 'a', roleArn: ROLE, credentialDurationSeconds: 1_801, tags: TAGGED },
    update: () =>
      account().iot.send(new sdk.UpdateRoleAliasCommand({ roleAlias: 'a', credentialDurationSeconds: 1_802 })),
    updated: { credentialDurationSeconds: 1_802 },
    remove: () => account().iot.send(new sdk.DeleteRoleAliasCommand({ roleAlias: 'a' })),
    gone: NONE,
  })

  const templateBody = (v: string) =>
    JSON.stringify({
      Parameters: { SerialNumber: { Type: 'String' } },
      Resources: {
        thing: {
          Type: 'AWS::IoT::Thing',
          Properties: { ThingName: { Ref: 'SerialNumber' }, AttributePayload: { v } },
        },
        certificate: {
          Type: 'AWS::IoT::Certificate',
          Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'Active' },
        },
      },
    })
  rows.push({
    resource: 'aws_iot_provisioning_template',
    create: () =>
      account().iot.send(
        new sdk.CreateProvisioningTemplateCommand({
          templateName: 'f',
          templateBody: templateBody('1'),
          provisioningRoleArn: ROLE,
          description: '1',
          enabled: true,
          type: 'FLEET_PROVISIONING',
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await account().iot.send(new sdk.DescribeProvisioningTemplateCommand({ templateName: 'f' }))
      return { ...found, tags: await tagsOf(account, found.templateArn) }
    },
    created: { templateBody: templateBody('1'), description: '1', enabled: true, defaultVersionId: 1, tags: TAGGED },
    update: async () => {
      await account().iot.send(
        new sdk.CreateProvisioningTemplateVersionCommand({
          templateName: 'f',
          templateBody: templateBody('2'),
          setAsDefault: true,
        }),
      )
      await account().iot.send(
        new sdk.UpdateProvisioningTemplateCommand({ templateName: 'f', description: '2', enabled: false }),
      )
    },
    updated: { templateBody: templateBody('2'), description: '2', enabled: false, defaultVersionId: 2 },
    remove: () => account().iot.send(new sdk.DeleteProvisioningTemplateCommand({ templateName: 'f' })),
    gone: NONE,
  })

  const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:token'
  rows.push({
    resource: 'aws_iot_authorizer',
    create: () =>
      account().iot.send(
        new sdk.CreateAuthorizerCommand({
          authorizerName: 'z',
          authorizerFunctionArn,
          signingDisabled: true,
          status: 'ACTIVE',
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = (await account().iot.send(new sdk.DescribeAuthorizerCommand({ authorizerName: 'z' })))
        .authorizerDescription
      return { ...found, tags: await tagsOf(account, found?.authorizerArn) }
    },
    created: { authorizerFunctionArn, signingDisabled: true, status: 'ACTIVE', tags: TAGGED },
    update: () => account().iot.send(new sdk.UpdateAuthorizerCommand({ authorizerName: 'z', status: 'INACTIVE' })),
    updated: { status: 'INACTIVE' },
    // One that is active is made inactive first.
    remove: () => account().iot.send(new sdk.DeleteAuthorizerCommand({ authorizerName: 'z' })),
    gone: NONE,
  })

  const disabled = { domainConfigurationName: 'd', domainConfigurationStatus: 'DISABLED' } as const
  rows.push({
    resource: 'aws_iot_domain_configuration',
    create: () =>
      account().iot.send(
        new sdk.CreateDomainConfigurationCommand({ domainConfigurationName: 'd', serviceType: 'DATA', tags: TAGGED }),
      ),
    read: async () => {
      const found = await account().iot.send(
        new sdk.DescribeDomainConfigurationCommand({ domainConfigurationName: 'd' }),
      )
      return { ...found, tags: await tagsOf(account, found.domainConfigurationArn) }
    },
    created: { domainConfigurationStatus: 'ENABLED', domainType: 'AWS_MANAGED', serviceType: 'DATA', tags: TAGGED },
    update: () => account().iot.send(new sdk.UpdateDomainConfigurationCommand(disabled)),
    updated: { domainConfigurationStatus: 'DISABLED' },
    // AWS keeps a disabled one for seven days after it was made (AWS IoT guide, "Deleting a domain configuration").
    remove: async () => {
      account().local.advanceClock(7 * 24 * 3_600_000)
      await account().iot.send(new sdk.DeleteDomainConfigurationCommand({ domainConfigurationName: 'd' }))
    },
    gone: NONE,
  })
  return rows
}
