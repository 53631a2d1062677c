import * as lambda from '@aws-sdk/client-lambda'
import { FUNCTION_ROLE, zipOf } from './functions.ts'

const FunctionName = 'tour'
const PAGE = { MaxItems: 10, Marker: 'next' }
const Code = { ZipFile: zipOf('export const handler = async () => 1') }
const CONFIGURATION = {
  FunctionName,
  Role: FUNCTION_ROLE,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Description: 'd',
  Timeout: 3,
  MemorySize: 128,
  EphemeralStorage: { Size: 512 },
  Environment: { Variables: { COLOR: 'green' } },
  LoggingConfig: { LogFormat: 'Text', LogGroup: '/functions' },
} as const

/** What this server does not have: each is refused. */
const BEYOND = [
  { VpcConfig: { SubnetIds: ['s'] } },
  { VpcConfig: { SecurityGroupIds: ['s'] } },
  { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:123456789012:q' } },
  { TracingConfig: { Mode: 'Active' } },
  { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:l:1'] },
  { FileSystemConfigs: [{ Arn: 'a', LocalMountPath: '/mnt/a' }] },
  { SnapStart: { ApplyOn: 'PublishedVersions' } },
  { ImageConfig: { Command: ['c'] } },
  { KMSKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' },
  { CapacityProviderConfig: {} },
  { DurableConfig: {} },
  { LoggingConfig: { LogFormat: 'JSON' } },
  { LoggingConfig: { ApplicationLogLevel: 'INFO' } },
  { LoggingConfig: { SystemLogLevel: 'INFO' } },
] as unknown as readonly Partial<lambda.UpdateFunctionConfigurationCommandInput>[] // as far as the client looks at them

const BEYOND_NEW = [
  { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } },
  { CodeSigningConfigArn: 'arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0' },
  { PublishTo: 'LATEST_PUBLISHED' },
  { PackageType: 'Image' },
] as unknown as readonly Partial<lambda.CreateFunctionCommandInput>[] // likewise

const refusedWhole = (operation: string, members: readonly string[]) =>
  members.map((member) => [`lambda.${operation} ${member}.*`, 'refused whatever is in it'] as const)
const OF_CONFIGURATIONS = ['CapacityProviderConfig', 'DurableConfig', 'FileSystemConfigs', 'ImageConfig']
const VPC = 'VpcConfig.Ipv6AllowedForDualStack'

/** Not looked at, and why, in the words of `InputReads`. */
export const KNOWN_OF_LAMBDA: Readonly<Record<string, string>> = {
  ...Object.fromEntries([
    ...refusedWhole('CreateFunction', [...OF_CONFIGURATIONS, 'TenancyConfig']),
    ...refusedWhole('UpdateFunctionConfiguration', OF_CONFIGURATIONS),
  ]),
  [`lambda.CreateFunction ${VPC}`]: 'there is no VPC that it could be of',
  [`lambda.UpdateFunctionConfiguration ${VPC}`]: 'there is no VPC that it could be of',
}

/**
 * Calls every operation of Lambda with all that it can be given.
 * @param refusable awaits a call that may be refused
 */
export async function tourOfLambda(
  client: lambda.LambdaClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const Architectures = ['x86_64' as const]
  const made = { ...CONFIGURATION, Architectures, Tags: { site: 'north' }, Publish: true, PackageType: 'Zip' as const }
  await client.send(new lambda.CreateFunctionCommand({ ...made, Code }))
  const object = { S3Bucket: 'bucket', S3Key: 'k', S3ObjectVersion: '1' }
  const otherwise = [
    object,
    { ImageUri: 'i' },
    { ...object, S3ObjectStorageMode: 'REFERENCE' as const },
    { SourceKMSKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k' },
  ]
  for (const other of otherwise) {
    await refusable(client.send(new lambda.CreateFunctionCommand({ ...made, FunctionName: 'other', Code: other })))
    await refusable(client.send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ...other })))
  }
  for (const beyond of [...BEYOND, ...BEYOND_NEW]) {
    await refusable(client.send(new lambda.CreateFunctionCommand({ ...made, FunctionName: 'o', Code, ...beyond })))
  }
  for (const beyond of BEYOND) {
    await refusable(client.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName, ...beyond })))
  }
  const RevisionId = 'none'
  await client.send(new lambda.UpdateFunctionConfigurationCommand(CONFIGURATION))
  await refusable(client.send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName, RevisionId })))
  const update = { FunctionName, ...Code, Architectures, Publish: true }
  await client.send(new lambda.UpdateFunctionCodeCommand({ ...update, DryRun: true }))
  await client.send(new lambda.UpdateFunctionCodeCommand({ ...update, ZipFile: zipOf('export const handler = 2') }))
  await client.send(new lambda.UpdateFunctionCodeCommand(update))
  await refusable(client.send(new lambda.UpdateFunctionCodeCommand({ ...update, RevisionId })))
  await refusable(client.send(new lambda.UpdateFunctionCodeCommand({ ...update, PublishTo: 'LATEST_PUBLISHED' })))
  const Qualifier = '$LATEST'
  await client.send(new lambda.GetFunctionCommand({ FunctionName, Qualifier }))
  await client.send(new lambda.GetFunctionConfigurationCommand({ FunctionName, Qualifier }))
  await client.send(new lambda.GetFunctionCodeSigningConfigCommand({ FunctionName }))
  await refusable(
    client.send(new lambda.ListFunctionsCommand({ ...PAGE, FunctionVersion: 'ALL', MasterRegion: 'ALL' })),
  )
  await tourOfVersions(client, refusable)
  await tourOfSettings(client, refusable)
  const invoke = { FunctionName, Qualifier, Payload: '{}', LogType: 'Tail' as const, ClientContext: 'e30=' }
  await client.send(new lambda.InvokeCommand({ ...invoke, InvocationType: 'RequestResponse' }))
  await refusable(client.send(new lambda.InvokeCommand({ ...invoke, TenantId: 't' })))
  await refusable(client.send(new lambda.InvokeCommand({ ...invoke, DurableExecutionName: 'd' })))
  await refusable(client.send(new lambda.DeleteFunctionCommand({ FunctionName, Qualifier })))
}

async function tourOfVersions(
  client: lambda.LambdaClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const publish = { FunctionName, Description: 'd' }
  await client.send(new lambda.PublishVersionCommand(publish))
  for (const more of [{ CodeSha256: 'x' }, { RevisionId: 'x' }, { PublishTo: 'LATEST_PUBLISHED' as const }]) {
    await refusable(client.send(new lambda.PublishVersionCommand({ ...publish, ...more })))
  }
  await refusable(client.send(new lambda.ListVersionsByFunctionCommand({ FunctionName, ...PAGE })))
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } }
  const alias = { FunctionName, Name: 'live', FunctionVersion: '1', Description: 'd', RoutingConfig }
  await client.send(new lambda.CreateAliasCommand(alias))
  await refusable(client.send(new lambda.UpdateAliasCommand({ ...alias, RevisionId: 'x' })))
  await client.send(new lambda.UpdateAliasCommand(alias))
  await client.send(new lambda.GetAliasCommand(alias))
  await client.send(new lambda.ListAliasesCommand({ FunctionName, FunctionVersion: '1' }))
  await refusable(client.send(new lambda.ListAliasesCommand({ FunctionName, ...PAGE })))
  await client.send(new lambda.DeleteAliasCommand(alias))
}

async function tourOfSettings(
  client: lambda.LambdaClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`
  const Qualifier = '$LATEST'
  await client.send(new lambda.TagResourceCommand({ Resource, Tags: { a: '1' } }))
  await client.send(new lambda.ListTagsCommand({ Resource }))
  await client.send(new lambda.UntagResourceCommand({ Resource, TagKeys: ['a'] }))
  const events = { FunctionName, Qualifier, MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 }
  const Destination = 'arn:aws:sqs:us-east-1:123456789012:q'
  for (const Command of [lambda.PutFunctionEventInvokeConfigCommand, lambda.UpdateFunctionEventInvokeConfigCommand]) {
    await client.send(new Command(events) as lambda.PutFunctionEventInvokeConfigCommand) // the two are alike
    for (const DestinationConfig of [{ OnFailure: { Destination } }, { OnSuccess: { Destination } }]) {
      const put = new Command({ ...events, DestinationConfig })
      await refusable(client.send(put as lambda.PutFunctionEventInvokeConfigCommand))
    }
  }
  await client.send(new lambda.GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }))
  await client.send(new lambda.DeleteFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }))
  await client.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }))
  await client.send(new lambda.GetFunctionConcurrencyCommand({ FunctionName }))
  await client.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }))
  await client.send(new lambda.GetAccountSettingsCommand({}))
  const permission = {
    FunctionName,
    Qualifier,
    StatementId: 's',
    Action: 'lambda:InvokeFunction',
    Principal: 'iot.amazonaws.com',
    SourceArn: 'arn:aws:iot:us-east-1:123456789012:rule/r',
    SourceAccount: '123456789012',
    PrincipalOrgID: 'o-0123456789',
    EventSourceToken: 't',
  }
  await client.send(new lambda.AddPermissionCommand(permission))
  const beyond = [{ FunctionUrlAuthType: 'NONE' as const }, { InvokedViaFunctionUrl: true }, { RevisionId: 'x' }]
  for (const more of beyond) {
    await refusable(client.send(new lambda.AddPermissionCommand({ ...permission, StatementId: 't', ...more })))
  }
  await client.send(new lambda.GetPolicyCommand({ FunctionName, Qualifier }))
  await refusable(client.send(new lambda.RemovePermissionCommand({ ...permission, RevisionId: 'x' })))
  await client.send(new lambda.RemovePermissionCommand(permission))
}
