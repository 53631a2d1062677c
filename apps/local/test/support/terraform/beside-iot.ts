import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import type { LifeCycle } from '../life-cycle.ts'
import { makeZip } from '../zip.ts'
import { type Account, NONE, policyOf, TAGGED, TAGGED_AGAIN, trust } from './account.ts'

/** What stacks of AWS IoT have beside it. */
export function otherLifeCycles(account: Account): LifeCycle[] {
  const rows: LifeCycle[] = []
  rows.push({
    resource: 'aws_iam_role',
    create: () =>
      account().iam.send(
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
      const { Role } = await account().iam.send(new iam.GetRoleCommand({ RoleName: 'x' }))
      const inline = await account().iam.send(new iam.ListRolePoliciesCommand({ RoleName: 'x' }))
      const attached = await account().iam.send(new iam.ListAttachedRolePoliciesCommand({ RoleName: 'x' }))
      return { ...Role, ...inline, ...attached }
    },
    created: {
      Path: '/',
      Description: '1',
      MaxSessionDuration: 3_600,
      Tags: TAGGED,
      PolicyNames: [],
      AttachedPolicies: [],
    },
    update: async () => {
      await account().iam.send(new iam.UpdateRoleDescriptionCommand({ RoleName: 'x', Description: '2' }))
      await account().iam.send(new iam.TagRoleCommand({ RoleName: 'x', Tags: TAGGED_AGAIN }))
    },
    updated: { Description: '2', Tags: TAGGED_AGAIN },
    remove: async () => {
      await account().iam.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: 'x' }))
      await account().iam.send(new iam.DeleteRoleCommand({ RoleName: 'x' }))
    },
    gone: 'NoSuchEntityException',
  })

  const inline = { RoleName: 'rules', PolicyName: 'p' }
  const put = (client: string) =>
    account().iam.send(new iam.PutRolePolicyCommand({ ...inline, PolicyDocument: policyOf(client) }))
  rows.push({
    resource: 'aws_iam_role_policy',
    create: () => put('1'),
    read: () => account().iam.send(new iam.GetRolePolicyCommand(inline)),
    created: { PolicyDocument: encodeURIComponent(policyOf('1')) },
    update: () => put('2'),
    updated: { PolicyDocument: encodeURIComponent(policyOf('2')) },
    remove: () => account().iam.send(new iam.DeleteRolePolicyCommand(inline)),
    gone: 'NoSuchEntityException',
  })

  const FunctionName = 'enrich'
  rows.push({
    resource: 'aws_lambda_function',
    create: async () => {
      await account().iam.send(
        new iam.CreateRoleCommand({ RoleName: 'enrich', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
      )
      await account().lambda.send(
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
      const { Configuration, Tags } = await account().lambda.send(new lambda.GetFunctionCommand({ FunctionName }))
      const versions = await account().lambda.send(new lambda.ListVersionsByFunctionCommand({ FunctionName }))
      const signing = await account().lambda.send(new lambda.GetFunctionCodeSigningConfigCommand({ FunctionName }))
      return { ...Configuration, Tags, versions: versions.Versions?.length, signing: signing.CodeSigningConfigArn }
    },
    created: { Description: '1', State: 'Active', Tags: { v: '1' }, versions: 1, signing: undefined },
    update: async () => {
      await account().lambda.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName, Description: '2' }))
      const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`
      await account().lambda.send(new lambda.TagResourceCommand({ Resource, Tags: { v: '2' } }))
    },
    updated: { Description: '2', LastUpdateStatus: 'Successful', Tags: { v: '2' } },
    remove: () => account().lambda.send(new lambda.DeleteFunctionCommand({ FunctionName })),
    gone: NONE,
  })

  const logGroupName = '/x/y'
  const keep = (retentionInDays: number) =>
    account().logs.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays }))
  rows.push({
    resource: 'aws_cloudwatch_log_group',
    create: async () => {
      await account().logs.send(new logs.CreateLogGroupCommand({ logGroupName, tags: { v: '1' } }))
      await keep(7)
    },
    read: async () => {
      const { logGroups = [] } = await account().logs.send(
        new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      )
      const [found] = logGroups
      if (!found) return { logGroupName: undefined }
      const { tags } = await account().logs.send(
        new logs.ListTagsForResourceCommand({ resourceArn: found.arn?.replace(/:\*$/, '') }),
      )
      return { ...found, tags }
    },
    created: { logGroupName, retentionInDays: 7, tags: { v: '1' } },
    update: () => keep(14),
    updated: { retentionInDays: 14 },
    remove: () => account().logs.send(new logs.DeleteLogGroupCommand({ logGroupName })),
    gone: { logGroupName: undefined },
  })

  let IdentityPoolId: string | undefined
  rows.push({
    resource: 'aws_cognito_identity_pool',
    create: async () => {
      const made = await account().cognito.send(
        new cognito.CreateIdentityPoolCommand({
          IdentityPoolName: 'people',
          AllowUnauthenticatedIdentities: true,
          IdentityPoolTags: { v: '1' },
        }),
      )
      IdentityPoolId = made.IdentityPoolId
    },
    read: () => account().cognito.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId })),
    created: { IdentityPoolName: 'people', AllowUnauthenticatedIdentities: true, IdentityPoolTags: { v: '1' } },
    update: () =>
      account().cognito.send(
        new cognito.UpdateIdentityPoolCommand({
          IdentityPoolId,
          IdentityPoolName: 'people',
          AllowUnauthenticatedIdentities: false,
        }),
      ),
    updated: { AllowUnauthenticatedIdentities: false },
    remove: () => account().cognito.send(new cognito.DeleteIdentityPoolCommand({ IdentityPoolId })),
    gone: NONE,
  })
  return rows
}
