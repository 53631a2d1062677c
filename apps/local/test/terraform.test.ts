import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as sdk from '@aws-sdk/client-iot'
import * as lambda from '@aws-sdk/client-lambda'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { testLifeCycle } from './support/life-cycle.ts'

import { makeZip } from './support/zip.ts'

/*
 * What Terraform's AWS provider does to each resource, in its order and with the calls that it makes: read off the server's
 * log while Terraform with provider 5.100.0 applied, changed and destroyed all of these. docs/guides/terraform-and-cdk.md
 * lists the same resources.
 */

let local: Local
let iot: sdk.IoTClient
let roles: iam.IAMClient
let functions: lambda.LambdaClient
let groups: logs.CloudWatchLogsClient
let pools: cognito.CognitoIdentityClient

const IOT = 'arn:aws:iot:us-east-1:123456789012:'
const ROLE = 'arn:aws:iam::123456789012:role/rules'
const NONE = 'ResourceNotFoundException'
const TAGGED = [{ Key: 'v', Value: '1' }]
const TAGGED_AGAIN = [{ Key: 'v', Value: '2' }]

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })
const policyOf = (client: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iot:Connect'], Resource: [`${IOT}client/${client}`] }],
  })

beforeAll(async () => {
  local = await startLocal()
  iot = new sdk.IoTClient(local.sdk)
  roles = new iam.IAMClient(local.sdk)
  functions = new lambda.LambdaClient(local.sdk)
  groups = new logs.CloudWatchLogsClient(local.sdk)
  pools = new cognito.CognitoIdentityClient(local.sdk)
  await roles.send(
    new iam.CreateRoleCommand({ RoleName: 'rules', AssumeRolePolicyDocument: trust('iot.amazonaws.com') }),
  )
  await iot.send(new sdk.CreateThingCommand({ thingName: 'member' }))
  await iot.send(new sdk.CreateThingGroupCommand({ thingGroupName: 'members' }))
  await iot.send(new sdk.CreatePolicyCommand({ policyName: 'attached', policyDocument: policyOf('a') }))
  const made = await iot.send(new sdk.CreateKeysAndCertificateCommand({ setAsActive: true }))
  principal = made.certificateArn ?? ''
})
afterAll(async () => {
  for (const client of [iot, roles, functions, groups, pools]) client.destroy()
  await local.close()
})

/** A certificate that is attached to something. */
let principal = ''

const tagsOf = async (resourceArn: string | undefined) => (await iot.send(new sdk.ListTagsForResourceCommand({ resourceArn }))).tags
/** As the provider changes tags: what is new is set, what is not there any more is taken away. */
const retag = (resourceArn: string) => iot.send(new sdk.TagResourceCommand({ resourceArn, tags: TAGGED_AGAIN }))

describe('the registry', () => {
  testLifeCycle({
    resource: 'aws_iot_thing_type',
    create: () =>
      iot.send(
        new sdk.CreateThingTypeCommand({
          thingTypeName: 'pump',
          thingTypeProperties: { thingTypeDescription: 'd', searchableAttributes: ['site'] },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await iot.send(new sdk.DescribeThingTypeCommand({ thingTypeName: 'pump' }))
      return { ...found, tags: await tagsOf(found.thingTypeArn) }
    },
    created: {
      thingTypeName: 'pump',
      thingTypeProperties: { thingTypeDescription: 'd', searchableAttributes: ['site'] },
      thingTypeMetadata: { deprecated: false },
      tags: TAGGED,
    },
    update: async () => {
      await iot.send(new sdk.DeprecateThingTypeCommand({ thingTypeName: 'pump', undoDeprecate: false }))
      await retag(`${IOT}thingtype/pump`)
    },
    updated: { thingTypeMetadata: { deprecated: true }, tags: TAGGED_AGAIN },
    // "You need to wait for 5 minutes": the provider tries again for so long.
    remove: async () => {
      local.advanceClock(5 * 60_000)
      await iot.send(new sdk.DeleteThingTypeCommand({ thingTypeName: 'pump' }))
    },
    gone: NONE,
  })

  testLifeCycle({
    resource: 'aws_iot_thing',
    create: () => iot.send(new sdk.CreateThingCommand({ thingName: 't', attributePayload: { attributes: { a: '1' } } })),
    read: () => iot.send(new sdk.DescribeThingCommand({ thingName: 't' })),
    created: { thingName: 't', thingArn: `${IOT}thing/t`, defaultClientId: 't', attributes: { a: '1' }, version: 1 },
    update: () => iot.send(new sdk.UpdateThingCommand({ thingName: 't', attributePayload: { attributes: { a: '2' } } })),
    updated: { attributes: { a: '2' }, version: 2 },
    remove: () => iot.send(new sdk.DeleteThingCommand({ thingName: 't' })),
    gone: NONE,
  })

  testLifeCycle({
    resource: 'aws_iot_thing_group',
    create: () =>
      iot.send(
        new sdk.CreateThingGroupCommand({
          thingGroupName: 'g',
          parentGroupName: 'members',
          thingGroupProperties: { thingGroupDescription: 'd' },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await iot.send(new sdk.DescribeThingGroupCommand({ thingGroupName: 'g' }))
      return { ...found, tags: await tagsOf(found.thingGroupArn) }
    },
    created: {
      thingGroupName: 'g',
      thingGroupProperties: { thingGroupDescription: 'd' },
      thingGroupMetadata: { parentGroupName: 'members', rootToParentThingGroups: [{ groupName: 'members' }] },
      version: 1,
      tags: TAGGED,
    },
    update: async () => {
      await iot.send(
        new sdk.UpdateThingGroupCommand({
          thingGroupName: 'g',
          expectedVersion: 1,
          thingGroupProperties: { thingGroupDescription: 'e', attributePayload: { attributes: { a: 'b' } } },
        }),
      )
      await retag(`${IOT}thinggroup/g`)
    },
    updated: {
      thingGroupProperties: { thingGroupDescription: 'e', attributePayload: { attributes: { a: 'b' } } },
      version: 2,
      tags: TAGGED_AGAIN,
    },
    remove: () => iot.send(new sdk.DeleteThingGroupCommand({ thingGroupName: 'g' })),
    gone: NONE,
  })

  const membership = { thingName: 'member', thingGroupName: 'members' }
  testLifeCycle({
    resource: 'aws_iot_thing_group_membership',
    create: () => iot.send(new sdk.AddThingToThingGroupCommand({ ...membership, overrideDynamicGroups: false })),
    read: () => iot.send(new sdk.ListThingGroupsForThingCommand({ thingName: 'member' })),
    created: { thingGroups: [{ groupName: 'members' }] },
    remove: () => iot.send(new sdk.RemoveThingFromThingGroupCommand(membership)),
    gone: { thingGroups: [] },
  })

  testLifeCycle({
    resource: 'aws_iot_billing_group',
    create: () =>
      iot.send(
        new sdk.CreateBillingGroupCommand({
          billingGroupName: 'b',
          billingGroupProperties: { billingGroupDescription: 'd' },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await iot.send(new sdk.DescribeBillingGroupCommand({ billingGroupName: 'b' }))
      return { ...found, tags: await tagsOf(found.billingGroupArn) }
    },
    created: { billingGroupProperties: { billingGroupDescription: 'd' }, version: 1, tags: TAGGED },
    update: async () => {
      const billingGroupProperties = { billingGroupDescription: 'e' }
      await iot.send(
        new sdk.UpdateBillingGroupCommand({ billingGroupName: 'b', expectedVersion: 1, billingGroupProperties }),
      )
      await retag(`${IOT}billinggroup/b`)
    },
    updated: { billingGroupProperties: { billingGroupDescription: 'e' }, version: 2, tags: TAGGED_AGAIN },
    remove: () => iot.send(new sdk.DeleteBillingGroupCommand({ billingGroupName: 'b' })),
    gone: NONE,
  })
})

describe('certificates and policies', () => {
  testLifeCycle({
    resource: 'aws_iot_policy',
    create: () => iot.send(new sdk.CreatePolicyCommand({ policyName: 'p', policyDocument: policyOf('1'), tags: TAGGED })),
    read: async () => {
      const found = await iot.send(new sdk.GetPolicyCommand({ policyName: 'p' }))
      return { ...found, tags: await tagsOf(found.policyArn) }
    },
    created: { policyName: 'p', policyDocument: policyOf('1'), defaultVersionId: '1', tags: TAGGED },
    update: async () => {
      const policyDocument = policyOf('2')
      await iot.send(new sdk.CreatePolicyVersionCommand({ policyName: 'p', policyDocument, setAsDefault: true }))
      await retag(`${IOT}policy/p`)
    },
    updated: { policyDocument: policyOf('2'), defaultVersionId: '2', tags: TAGGED_AGAIN },
    remove: async () => {
      const { policyVersions = [] } = await iot.send(new sdk.ListPolicyVersionsCommand({ policyName: 'p' }))
      for (const { versionId, isDefaultVersion } of policyVersions) {
        if (isDefaultVersion) continue
        await iot.send(new sdk.DeletePolicyVersionCommand({ policyName: 'p', policyVersionId: versionId }))
      }
      await iot.send(new sdk.DeletePolicyCommand({ policyName: 'p' }))
    },
    gone: NONE,
  })

  testLifeCycle({
    resource: 'aws_iot_policy_attachment',
    create: () => iot.send(new sdk.AttachPolicyCommand({ policyName: 'attached', target: principal })),
    read: () => iot.send(new sdk.ListAttachedPoliciesCommand({ target: principal, recursive: false })),
    created: { policies: [{ policyName: 'attached' }] },
    remove: () => iot.send(new sdk.DetachPolicyCommand({ policyName: 'attached', target: principal })),
    gone: { policies: [] },
  })

  testLifeCycle({
    resource: 'aws_iot_thing_principal_attachment',
    create: () => iot.send(new sdk.AttachThingPrincipalCommand({ thingName: 'member', principal })),
    read: () => iot.send(new sdk.ListThingPrincipalsCommand({ thingName: 'member' })),
    created: { principals: [expect.stringContaining(':cert/')] },
    remove: () => iot.send(new sdk.DetachThingPrincipalCommand({ thingName: 'member', principal })),
    gone: { principals: [] },
  })

  let certificateId: string | undefined
  testLifeCycle({
    resource: 'aws_iot_certificate',
    create: async () => {
      const made = await iot.send(new sdk.CreateKeysAndCertificateCommand({ setAsActive: true }))
      certificateId = made.certificateId
    },
    read: async () =>
      (await iot.send(new sdk.DescribeCertificateCommand({ certificateId }))).certificateDescription ?? {},
    created: { status: 'ACTIVE', certificateMode: 'DEFAULT' },
    update: () => iot.send(new sdk.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' })),
    updated: { status: 'INACTIVE' },
    remove: () => iot.send(new sdk.DeleteCertificateCommand({ certificateId })),
    gone: NONE,
  })

  let authority: string | undefined
  testLifeCycle({
    resource: 'aws_iot_ca_certificate',
    create: async () => {
      const made = await iot.send(
        new sdk.RegisterCACertificateCommand({
          caCertificate: (await TestCertificate.selfSigned('CN=Plant CA')).pem,
          certificateMode: 'SNI_ONLY',
          setAsActive: true,
          allowAutoRegistration: true,
          tags: TAGGED,
        }),
      )
      authority = made.certificateId
    },
    read: async () => {
      const { certificateDescription } = await iot.send(
        new sdk.DescribeCACertificateCommand({ certificateId: authority }),
      )
      return { ...certificateDescription, tags: await tagsOf(certificateDescription?.certificateArn) }
    },
    created: { status: 'ACTIVE', autoRegistrationStatus: 'ENABLE', certificateMode: 'SNI_ONLY', tags: TAGGED },
    update: () =>
      iot.send(
        new sdk.UpdateCACertificateCommand({
          certificateId: authority,
          newStatus: 'INACTIVE',
          newAutoRegistrationStatus: 'DISABLE',
        }),
      ),
    updated: { status: 'INACTIVE', autoRegistrationStatus: 'DISABLE' },
    remove: () => iot.send(new sdk.DeleteCACertificateCommand({ certificateId: authority })),
    gone: NONE,
  })
})

describe('rules, provisioning and credentials', () => {
  const payload = (description: string): sdk.TopicRulePayload => ({
    sql: `SELECT * FROM 'dt/#' WHERE v = '${description}'`,
    awsIotSqlVersion: '2016-03-23',
    description,
    ruleDisabled: false,
    actions: [{ republish: { roleArn: ROLE, topic: 'out', qos: 1 } }],
    errorAction: { republish: { roleArn: ROLE, topic: 'errors', qos: 1 } },
  })
  testLifeCycle({
    resource: 'aws_iot_topic_rule',
    create: () =>
      iot.send(new sdk.CreateTopicRuleCommand({ ruleName: 'r', topicRulePayload: payload('1'), tags: 'v=1' })),
    // The provider looks for it in the list, as GetTopicRule of a rule that is not there is answered as one that is not allowed.
    read: async () => {
      const { rules = [] } = await iot.send(new sdk.ListTopicRulesCommand({}))
      if (!rules.some(({ ruleName }) => ruleName === 'r')) return { rule: undefined }
      const found = await iot.send(new sdk.GetTopicRuleCommand({ ruleName: 'r' }))
      return { ...found, tags: await tagsOf(found.ruleArn) }
    },
    created: { ruleArn: `${IOT}rule/r`, rule: payload('1'), tags: TAGGED },
    update: async () => {
      await iot.send(new sdk.ReplaceTopicRuleCommand({ ruleName: 'r', topicRulePayload: payload('2') }))
      await retag(`${IOT}rule/r`)
    },
    updated: { rule: payload('2'), tags: TAGGED_AGAIN },
    remove: () => iot.send(new sdk.DeleteTopicRuleCommand({ ruleName: 'r' })),
    gone: { rule: undefined },
  })

  let arn: string | undefined
  const vpcConfiguration = { roleArn: ROLE, securityGroups: ['sg-1'], subnetIds: ['subnet-1'], vpcId: 'vpc-1' }
  testLifeCycle({
    resource: 'aws_iot_topic_rule_destination',
    create: async () => {
      const made = await iot.send(
        new sdk.CreateTopicRuleDestinationCommand({ destinationConfiguration: { vpcConfiguration } }),
      )
      arn = made.topicRuleDestination?.arn
    },
    read: async () =>
      (await iot.send(new sdk.GetTopicRuleDestinationCommand({ arn }))).topicRuleDestination ?? {},
    created: { status: 'ENABLED', vpcProperties: vpcConfiguration },
    update: () => iot.send(new sdk.UpdateTopicRuleDestinationCommand({ arn, status: 'DISABLED' })),
    updated: { status: 'DISABLED' },
    remove: () => iot.send(new sdk.DeleteTopicRuleDestinationCommand({ arn })),
    gone: 'UnauthorizedException',
  })

  testLifeCycle({
    resource: 'aws_iot_role_alias',
    create: () =>
      iot.send(
        new sdk.CreateRoleAliasCommand({
          roleAlias: 'a',
          roleArn: ROLE,
          credentialDurationSeconds: 1_801,
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = (await iot.send(new sdk.DescribeRoleAliasCommand({ roleAlias: 'a' }))).roleAliasDescription
      return { ...found, tags: await tagsOf(found?.roleAliasArn) }
    },
    created: { roleAlias: 'a', roleArn: ROLE, credentialDurationSeconds: 1_801, tags: TAGGED },
    update: () => iot.send(new sdk.UpdateRoleAliasCommand({ roleAlias: 'a', credentialDurationSeconds: 1_802 })),
    updated: { credentialDurationSeconds: 1_802 },
    remove: () => iot.send(new sdk.DeleteRoleAliasCommand({ roleAlias: 'a' })),
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
  testLifeCycle({
    resource: 'aws_iot_provisioning_template',
    create: () =>
      iot.send(
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
      const found = await iot.send(new sdk.DescribeProvisioningTemplateCommand({ templateName: 'f' }))
      return { ...found, tags: await tagsOf(found.templateArn) }
    },
    created: { templateBody: templateBody('1'), description: '1', enabled: true, defaultVersionId: 1, tags: TAGGED },
    update: async () => {
      await iot.send(
        new sdk.CreateProvisioningTemplateVersionCommand({
          templateName: 'f',
          templateBody: templateBody('2'),
          setAsDefault: true,
        }),
      )
      await iot.send(
        new sdk.UpdateProvisioningTemplateCommand({ templateName: 'f', description: '2', enabled: false }),
      )
    },
    updated: { templateBody: templateBody('2'), description: '2', enabled: false, defaultVersionId: 2 },
    remove: () => iot.send(new sdk.DeleteProvisioningTemplateCommand({ templateName: 'f' })),
    gone: NONE,
  })

  const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:token'
  testLifeCycle({
    resource: 'aws_iot_authorizer',
    create: () =>
      iot.send(
        new sdk.CreateAuthorizerCommand({
          authorizerName: 'z',
          authorizerFunctionArn,
          signingDisabled: true,
          status: 'ACTIVE',
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = (await iot.send(new sdk.DescribeAuthorizerCommand({ authorizerName: 'z' }))).authorizerDescription
      return { ...found, tags: await tagsOf(found?.authorizerArn) }
    },
    created: { authorizerFunctionArn, signingDisabled: true, status: 'ACTIVE', tags: TAGGED },
    update: () => iot.send(new sdk.UpdateAuthorizerCommand({ authorizerName: 'z', status: 'INACTIVE' })),
    updated: { status: 'INACTIVE' },
    // One that is active is made inactive first.
    remove: () => iot.send(new sdk.DeleteAuthorizerCommand({ authorizerName: 'z' })),
    gone: NONE,
  })

  const disabled = { domainConfigurationName: 'd', domainConfigurationStatus: 'DISABLED' } as const
  testLifeCycle({
    resource: 'aws_iot_domain_configuration',
    create: () =>
      iot.send(
        new sdk.CreateDomainConfigurationCommand({ domainConfigurationName: 'd', serviceType: 'DATA', tags: TAGGED }),
      ),
    read: async () => {
      const found = await iot.send(new sdk.DescribeDomainConfigurationCommand({ domainConfigurationName: 'd' }))
      return { ...found, tags: await tagsOf(found.domainConfigurationArn) }
    },
    created: { domainConfigurationStatus: 'ENABLED', domainType: 'AWS_MANAGED', serviceType: 'DATA', tags: TAGGED },
    update: () => iot.send(new sdk.UpdateDomainConfigurationCommand(disabled)),
    updated: { domainConfigurationStatus: 'DISABLED' },
    // AWS keeps a disabled one for seven days after it was made (AWS IoT guide, "Deleting a domain configuration").
    remove: async () => {
      local.advanceClock(7 * 24 * 3_600_000)
      await iot.send(new sdk.DeleteDomainConfigurationCommand({ domainConfigurationName: 'd' }))
    },
    gone: NONE,
  })
})

// The provider leaves these as they are when a stack is destroyed; whoever wants them off says so in the stack.
describe('settings of the account, of which there always is one', () => {
  const events = (Enabled: boolean) => ({ THING: { Enabled }, CERTIFICATE: { Enabled } })
  testLifeCycle({
    resource: 'aws_iot_event_configurations',
    create: () => iot.send(new sdk.UpdateEventConfigurationsCommand({ eventConfigurations: events(true) })),
    read: async () => (await iot.send(new sdk.DescribeEventConfigurationsCommand({}))).eventConfigurations ?? {},
    created: events(true),
    remove: () => iot.send(new sdk.UpdateEventConfigurationsCommand({ eventConfigurations: events(false) })),
    gone: events(false),
  })

  const index = (thingIndexingMode: sdk.ThingIndexingMode): sdk.UpdateIndexingConfigurationCommandInput => ({
    thingIndexingConfiguration: { thingIndexingMode },
  })
  testLifeCycle({
    resource: 'aws_iot_indexing_configuration',
    create: () => iot.send(new sdk.UpdateIndexingConfigurationCommand(index('REGISTRY'))),
    read: () => iot.send(new sdk.GetIndexingConfigurationCommand({})),
    created: index('REGISTRY'),
    update: () => iot.send(new sdk.UpdateIndexingConfigurationCommand(index('REGISTRY_AND_SHADOW'))),
    updated: index('REGISTRY_AND_SHADOW'),
    remove: () => iot.send(new sdk.UpdateIndexingConfigurationCommand(index('OFF'))),
    gone: index('OFF'),
  })

  const logging = (defaultLogLevel: sdk.LogLevel, disableAllLogs = false) =>
    iot.send(new sdk.SetV2LoggingOptionsCommand({ defaultLogLevel, disableAllLogs, roleArn: ROLE }))
  testLifeCycle({
    resource: 'aws_iot_logging_options',
    create: () => logging('WARN'),
    read: () => iot.send(new sdk.GetV2LoggingOptionsCommand({})),
    created: { defaultLogLevel: 'WARN', roleArn: ROLE, disableAllLogs: false },
    update: () => logging('ERROR'),
    updated: { defaultLogLevel: 'ERROR' },
    remove: () => logging('ERROR', true),
    gone: { disableAllLogs: true },
  })
})

describe('beside AWS IoT', () => {
  testLifeCycle({
    resource: 'aws_iam_role',
    create: () =>
      roles.send(
        new iam.CreateRoleCommand({
          RoleName: 'x',
          Path: '/',
          Description: '1',
          AssumeRolePolicyDocument: trust('iot.amazonaws.com'),
          MaxSessionDuration: 3_600,
          Tags: TAGGED,
        }),
      ),
    read: async () => {
      const { Role } = await roles.send(new iam.GetRoleCommand({ RoleName: 'x' }))
      const inline = await roles.send(new iam.ListRolePoliciesCommand({ RoleName: 'x' }))
      const attached = await roles.send(new iam.ListAttachedRolePoliciesCommand({ RoleName: 'x' }))
      return { ...Role, ...inline, ...attached }
    },
    created: { Path: '/', Description: '1', MaxSessionDuration: 3_600, Tags: TAGGED, PolicyNames: [], AttachedPolicies: [] },
    update: async () => {
      await roles.send(new iam.UpdateRoleDescriptionCommand({ RoleName: 'x', Description: '2' }))
      await roles.send(new iam.TagRoleCommand({ RoleName: 'x', Tags: TAGGED_AGAIN }))
    },
    updated: { Description: '2', Tags: TAGGED_AGAIN },
    remove: async () => {
      await roles.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: 'x' }))
      await roles.send(new iam.DeleteRoleCommand({ RoleName: 'x' }))
    },
    gone: 'NoSuchEntityException',
  })

  const inline = { RoleName: 'rules', PolicyName: 'p' }
  const put = (client: string) => roles.send(new iam.PutRolePolicyCommand({ ...inline, PolicyDocument: policyOf(client) }))
  testLifeCycle({
    resource: 'aws_iam_role_policy',
    create: () => put('1'),
    read: () => roles.send(new iam.GetRolePolicyCommand(inline)),
    created: { PolicyDocument: encodeURIComponent(policyOf('1')) },
    update: () => put('2'),
    updated: { PolicyDocument: encodeURIComponent(policyOf('2')) },
    remove: () => roles.send(new iam.DeleteRolePolicyCommand(inline)),
    gone: 'NoSuchEntityException',
  })

  const FunctionName = 'enrich'
  testLifeCycle({
    resource: 'aws_lambda_function',
    create: async () => {
      await roles.send(
        new iam.CreateRoleCommand({ RoleName: 'enrich', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
      )
      await functions.send(
        new lambda.CreateFunctionCommand({
          FunctionName,
          Role: 'arn:aws:iam::123456789012:role/enrich',
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
          Code: { ZipFile: makeZip({ 'index.mjs': 'export const handler = async () => ({})' }) },
          Description: '1',
          Tags: { v: '1' },
        }),
      )
    },
    read: async () => {
      const { Configuration, Tags } = await functions.send(new lambda.GetFunctionCommand({ FunctionName }))
      const versions = await functions.send(new lambda.ListVersionsByFunctionCommand({ FunctionName }))
      const signing = await functions.send(new lambda.GetFunctionCodeSigningConfigCommand({ FunctionName }))
      return { ...Configuration, Tags, versions: versions.Versions?.length, signing: signing.CodeSigningConfigArn }
    },
    created: { Description: '1', State: 'Active', Tags: { v: '1' }, versions: 1, signing: undefined },
    update: async () => {
      await functions.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName, Description: '2' }))
      const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`
      await functions.send(new lambda.TagResourceCommand({ Resource, Tags: { v: '2' } }))
    },
    updated: { Description: '2', LastUpdateStatus: 'Successful', Tags: { v: '2' } },
    remove: () => functions.send(new lambda.DeleteFunctionCommand({ FunctionName })),
    gone: NONE,
  })

  const logGroupName = '/x/y'
  const keep = (retentionInDays: number) => groups.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
  testLifeCycle({
    resource: 'aws_cloudwatch_log_group',
    create: async () => {
      await groups.send(new logs.CreateLogGroupCommand({ logGroupName, tags: { v: '1' } }))
      await keep(7)
    },
    read: async () => {
      const { logGroups = [] } = await groups.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }))
      const [found] = logGroups
      if (!found) return { logGroupName: undefined }
      const { tags } = await groups.send(
        new logs.ListTagsForResourceCommand({ resourceArn: found.arn?.replace(/:\*$/, '') }),
      )
      return { ...found, tags }
    },
    created: { logGroupName, retentionInDays: 7, tags: { v: '1' } },
    update: () => keep(14),
    updated: { retentionInDays: 14 },
    remove: () => groups.send(new logs.DeleteLogGroupCommand({ logGroupName })),
    gone: { logGroupName: undefined },
  })

  let IdentityPoolId: string | undefined
  testLifeCycle({
    resource: 'aws_cognito_identity_pool',
    create: async () => {
      const made = await pools.send(
        new cognito.CreateIdentityPoolCommand({
          IdentityPoolName: 'people',
          AllowUnauthenticatedIdentities: true,
          IdentityPoolTags: { v: '1' },
        }),
      )
      IdentityPoolId = made.IdentityPoolId
    },
    read: () => pools.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId })),
    created: { IdentityPoolName: 'people', AllowUnauthenticatedIdentities: true, IdentityPoolTags: { v: '1' } },
    update: () =>
      pools.send(
        new cognito.UpdateIdentityPoolCommand({
          IdentityPoolId,
          IdentityPoolName: 'people',
          AllowUnauthenticatedIdentities: false,
        }),
      ),
    updated: { AllowUnauthenticatedIdentities: false },
    remove: () => pools.send(new cognito.DeleteIdentityPoolCommand({ IdentityPoolId })),
    gone: NONE,
  })
})
