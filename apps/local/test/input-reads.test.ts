import { generateKeyPairSync } from 'node:crypto'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as cognito from '@aws-sdk/client-cognito-identity'
import { FirehoseClient } from '@aws-sdk/client-firehose'
import * as iam from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import * as data from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane'
import { LambdaClient } from '@aws-sdk/client-lambda'
import * as sts from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { requestFor } from '../src/foundation/authority/requests.test-support.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { tourOfAuthorizers } from './support/authorizers-tour.ts'
import { KNOWN_OF_CLOUDWATCH, tourOfAlarms, tourOfCloudWatch } from './support/cloudwatch-tour.ts'
import { KNOWN_OF_COMMANDS, tourOfCommands } from './support/commands-tour.ts'
import { EVERYTHING, makeDevice } from './support/device.ts'
import { FailingRequests } from './support/failing-requests.ts'
import { KNOWN_OF_FIREHOSE, tourOfFirehose } from './support/firehose-tour.ts'
import { KNOWN_OF_IDENTITIES, tourOfIdentities } from './support/identities-tour.ts'
import { InputReads } from './support/input-reads.ts'
import { KNOWN_OF_JOBS, tourOfJobs } from './support/jobs-tour.ts'
import { KNOWN_OF_LAMBDA, tourOfLambda } from './support/lambda-tour.ts'
import { startWithParts } from './support/local-with-services.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { KNOWN_OF_PROVISIONING, tourOfProvisioning } from './support/provisioning-tour.ts'
import { tourOfRegistry } from './support/registry-tour.ts'
import { signIn } from './support/sign-in.ts'

// Whatever an operation takes it looks at: each is called with all that it can be given.

const HEADERS = {
  payloadFormatIndicator: 'UTF8_DATA',
  contentType: 'text/plain',
  responseTopic: 'r',
  correlationData: 'MQ==',
  messageExpiry: '60',
}

/** Actions of which no rule is taken. */
const REFUSED_ACTIONS = [
  'elasticsearch',
  'influxDB',
  'iotAnalytics',
  'iotEvents',
  'iotSiteWise',
  'kafka',
  'location',
  'openSearch',
  'salesforce',
  'timestream',
].flatMap((name) =>
  ['CreateTopicRule', 'ReplaceTopicRule'].flatMap((operation) =>
    ['actions', 'errorAction'].map((place) => `iot.${operation} topicRulePayload.${place}.${name}.*`),
  ),
)

/** Not looked at, and why; `.*` stands for all that lies within. */
const KNOWN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(REFUSED_ACTIONS.map((members) => [members, 'refused whatever is in it'])),
  'iot.CreateTopicRule topicRulePayload.ruleDisabled': 'kept, and looked at where it is kept, as a rule is loaded',
  'iot.ReplaceTopicRule topicRulePayload.ruleDisabled': 'kept, and looked at where it is kept, as a rule is loaded',
  'iot.CreateTopicRule topicRulePayload.description': 'kept, and shown as it is',
  'iot.ReplaceTopicRule topicRulePayload.description': 'kept, and shown as it is',
  'iot.CreateTopicRule topicRulePayload.errorAction.http.batchConfig.*': 'refused whatever is in it',
  'iot.ReplaceTopicRule topicRulePayload.errorAction.http.batchConfig.*': 'refused whatever is in it',
  'iot.CreateTopicRuleDestination destinationConfiguration.influxDBConfiguration.*': 'kept, and shown as it is',
  'iot.CreateTopicRuleDestination destinationConfiguration.vpcConfiguration.*': 'kept, and shown as it is',
  ...KNOWN_OF_CLOUDWATCH,
  ...KNOWN_OF_COMMANDS,
  ...KNOWN_OF_FIREHOSE,
  ...KNOWN_OF_IDENTITIES,
  ...KNOWN_OF_JOBS,
  ...KNOWN_OF_LAMBDA,
  'cloudwatchLogs.FilterLogEvents interleaved': 'AWS ignores it since 2019, too',
  'cloudwatchLogs.PutLogEvents entity.*': 'any entity is answered with rejectedEntityInfo',
  'cloudwatchLogs.PutLogEvents sequenceToken': 'AWS ignores it since 2023, too',
  'cognitoIdentity.GetId AccountId': 'the identity pool says which account it is of',
  'iot.GetEffectivePolicies cognitoIdentityPoolId': 'IoT policies are attached to identities, not to their pools',
  'iot.UpdateEventConfigurations eventConfigurations.Enabled': 'looked at by the keys of its map',
  ...KNOWN_OF_PROVISIONING,
  'sts.AssumeRole ProvidedContexts.*': 'refused whatever is in it',
  'sts.AssumeRole Tags.*': 'refused whatever is in it',
}

/** Which of many writes of a request fail: the same each time, so that a change is what makes a difference. */
const SEED = Number(process.env.TOUR_SEED ?? 0)
const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } }

/** Operations on things, groups and shadows: of their inputs. */
const ELSEWHERE = /Thing|BillingGroup|Index|Indices|Shadow/

const ACCOUNT = '123456789012'
const PAGE = { pageSize: 10, ascendingOrder: true }
/** That of no list: refused. */
const NEXT = { marker: 'next' }
const TAGS = [{ Key: 'site', Value: 'north' }]
const ROLE = `arn:aws:iam::${ACCOUNT}:role/uploads`
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
})
const TEMPLATE = { templateBody: '{}', templateName: 'onboarding', roleArn: ROLE }
const MESSAGE = {
  topic: 'dt/pump-7',
  payload: Buffer.from('21.5'),
  userProperties: '[{"unit":"C"}]',
  payloadFormatIndicator: 'UTF8_DATA',
  contentType: 'text/plain',
  responseTopic: 'cmd/pump-7',
  correlationData: 'MQ==',
} as const

test(`every member of every input is looked at, or known not to be; of what fails nothing is there (TOUR_SEED=${SEED})`, {
  timeout: 600_000,
}, async () => {
  const reads = new InputReads()
  using failing = new FailingRequests(SEED)
  await using started = await startWithParts({
    watchInput: failing.watching(reads.watch),
    services: [failing.service],
  })
  const listener = await connectDevice(started, await makeDevice(started), { clientId: 'listener', ...PERSISTENT })
  await listener.mqtt.subscribeAsync(['#', '$aws/events/#', '$aws/things/#'], { qos: 1 })
  await listener.mqtt.endAsync() // messages wait for it
  const { requestHandler } = new iot.IoTClient(started.sdk).config
  const local = { ...started, sdk: failing.sdk(started.sdk, requestHandler) }
  const clients = {
    iot: new iot.IoTClient(local.sdk),
    data: new data.IoTDataPlaneClient(local.sdk),
    cognito: new cognito.CognitoIdentityClient(local.sdk),
    sts: new sts.STSClient(local.sdk),
    iam: new iam.IAMClient(local.sdk),
    logs: new logs.CloudWatchLogsClient(local.sdk),
  }
  const cloudwatch = new CloudWatchClient(local.sdk)
  const lambda = new LambdaClient(local.sdk)
  const firehose = new FirehoseClient(local.sdk)
  const jobs = new IoTJobsDataPlaneClient(local.sdk)
  const { identityPoolId, oidcClientId } = local.server
  await signIn({ ...local, identityPoolId, oidcClientId }, 'ada')
  await tour(clients, identityPoolId)
  await tourOfCloudWatch(cloudwatch, refusable)
  await tourOfAlarms(cloudwatch, refusable)
  await tourOfLambda(lambda, refusable)
  await tourOfAuthorizers(local.sdk, refusable)
  await tourOfFirehose(firehose, refusable)
  await tourOfCommands(local.sdk, refusable)
  await tourOfIdentities(local.sdk, refusable)
  await tourOfJobs(clients.iot, jobs, refusable)
  await tourOfProvisioning(local.sdk, refusable)
  await tourOfRegistry(local.sdk, refusable)
  for (const client of [...Object.values(clients), cloudwatch, lambda, firehose, jobs]) client.destroy()

  expect(failing.faults).toEqual([])
  expect(failing.failed.size).toBeGreaterThan(150)
  expect(await reads.ignored(KNOWN, ELSEWHERE)).toEqual([])
  expect(await reads.uncalled(local.urls.http)).toEqual([])
})

interface Clients {
  readonly iot: iot.IoTClient
  readonly data: data.IoTDataPlaneClient
  readonly cognito: cognito.CognitoIdentityClient
  readonly sts: sts.STSClient
  readonly iam: iam.IAMClient
  readonly logs: logs.CloudWatchLogsClient
}

/** Refusals are welcome: whoever refuses a member has looked at it. */
async function refusable(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error && '$metadata' in error)) throw error
  }
}

async function tour(clients: Clients, identityPoolId: string): Promise<void> {
  await tourOfCertificates(clients.iot)
  await tourOfPolicies(clients.iot, identityPoolId)
  await tourOfRules(clients.iot)
  await tourOfDestinations(clients.iot)
  await tourOfMessages(clients.data)
  await tourOfSignIn(clients.cognito, identityPoolId)
  await tourOfRoles(clients)
  await tourOfFleet(clients.iot)
  await tourOfLogging(clients.iot)
  await tourOfLogs(clients.logs)
}

async function tourOfCertificates(client: iot.IoTClient): Promise<void> {
  const { certificateId: other } = await client.send(new iot.CreateKeysAndCertificateCommand({ setAsActive: false }))
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificateSigningRequest = await requestFor(keys, 'CN=device')
  const { certificateId } = await client.send(
    new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: false }),
  )
  const { registrationCode } = await client.send(new iot.GetRegistrationCodeCommand({}))
  const authority = await TestCertificate.selfSigned('CN=Plant CA')
  const ca = {
    caCertificate: authority.pem,
    verificationCertificate: (await authority.sign(`CN=${registrationCode}`)).pem,
    certificateMode: 'DEFAULT',
    setAsActive: true,
    allowAutoRegistration: true,
    tags: TAGS,
  } as const
  await refusable(client.send(new iot.RegisterCACertificateCommand({ ...ca, registrationConfig: TEMPLATE })))
  const { certificateId: caId } = await client.send(new iot.RegisterCACertificateCommand(ca))
  const settings = { newStatus: 'ACTIVE', newAutoRegistrationStatus: 'ENABLE', registrationConfig: TEMPLATE } as const
  await refusable(client.send(new iot.UpdateCACertificateCommand({ certificateId: caId, ...settings })))
  const changed = { certificateId: caId, ...settings, registrationConfig: undefined }
  await client.send(new iot.UpdateCACertificateCommand({ ...changed, removeAutoRegistration: false }))
  await client.send(new iot.DescribeCACertificateCommand({ certificateId: caId }))
  await client.send(new iot.ListCACertificatesCommand({ ...PAGE, templateName: 'onboarding' }))
  await refusable(client.send(new iot.ListCACertificatesCommand(NEXT)))
  await refusable(client.send(new iot.ListCertificatesCommand(NEXT)))
  await refusable(client.send(new iot.ListOutgoingCertificatesCommand(NEXT)))
  await refusable(client.send(new iot.ListCertificatesByCACommand({ caCertificateId: caId, ...NEXT })))
  await client.send(new iot.ListCACertificatesCommand(PAGE))
  const signed = { certificatePem: (await authority.sign('CN=pump-7')).pem, caCertificatePem: authority.pem }
  await refusable(client.send(new iot.RegisterCertificateCommand({ ...signed, setAsActive: true, status: 'ACTIVE' })))
  await refusable(client.send(new iot.RegisterCertificateCommand({ ...signed, setAsActive: true })))
  const { pem } = await TestCertificate.selfSigned('CN=self', { ca: false })
  await client.send(new iot.RegisterCertificateWithoutCACommand({ certificatePem: pem, status: 'INACTIVE' }))
  await client.send(new iot.DescribeCertificateCommand({ certificateId }))
  await client.send(new iot.ListCertificatesCommand(PAGE))
  await client.send(new iot.ListCertificatesByCACommand({ caCertificateId: caId, ...PAGE }))

  const transfer = { certificateId: other, targetAwsAccount: ACCOUNT, transferMessage: 'yours' }
  await client.send(new iot.TransferCertificateCommand(transfer))
  await client.send(new iot.ListOutgoingCertificatesCommand(PAGE))
  await client.send(new iot.CancelCertificateTransferCommand({ certificateId: other }))
  await client.send(new iot.TransferCertificateCommand(transfer))
  await client.send(new iot.RejectCertificateTransferCommand({ certificateId: other, rejectReason: 'no' }))
  await client.send(new iot.TransferCertificateCommand(transfer))
  await client.send(new iot.AcceptCertificateTransferCommand({ certificateId: other, setAsActive: false }))
  await client.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  await client.send(new iot.DeleteCertificateCommand({ certificateId, forceDelete: true }))
  await refusable(client.send(new iot.DeleteCACertificateCommand({ certificateId: caId })))
  await client.send(new iot.DeleteRegistrationCodeCommand({}))
  await client.send(new iot.DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))
}

async function tourOfPolicies(client: iot.IoTClient, cognitoIdentityPoolId: string): Promise<void> {
  const policyName = 'device'
  const { certificateArn } = await client.send(new iot.CreateKeysAndCertificateCommand({ setAsActive: true }))
  const { policyArn } = await client.send(
    new iot.CreatePolicyCommand({ policyName, policyDocument: EVERYTHING, tags: TAGS }),
  )
  await client.send(new iot.CreatePolicyVersionCommand({ policyName, policyDocument: EVERYTHING, setAsDefault: false }))
  await client.send(new iot.GetPolicyCommand({ policyName }))
  await client.send(new iot.GetPolicyVersionCommand({ policyName, policyVersionId: '2' }))
  await client.send(new iot.SetDefaultPolicyVersionCommand({ policyName, policyVersionId: '2' }))
  await client.send(new iot.ListPoliciesCommand(PAGE))
  await client.send(new iot.ListPolicyVersionsCommand({ policyName }))
  await client.send(new iot.AttachPolicyCommand({ policyName, target: certificateArn }))
  await client.send(new iot.AttachPrincipalPolicyCommand({ policyName, principal: certificateArn }))
  await client.send(new iot.ListAttachedPoliciesCommand({ target: certificateArn, recursive: true, pageSize: 10 }))
  await client.send(new iot.ListPrincipalPoliciesCommand({ principal: certificateArn, ...PAGE }))
  await client.send(new iot.ListPolicyPrincipalsCommand({ policyName, ...PAGE }))
  await client.send(new iot.ListTargetsForPolicyCommand({ policyName, pageSize: 10 }))
  await refusable(client.send(new iot.ListPoliciesCommand(NEXT)))
  await refusable(client.send(new iot.ListRoleAliasesCommand(NEXT)))
  await refusable(client.send(new iot.ListAttachedPoliciesCommand({ target: certificateArn, ...NEXT })))
  await refusable(client.send(new iot.ListPrincipalPoliciesCommand({ principal: certificateArn, ...NEXT })))
  await refusable(client.send(new iot.ListPolicyPrincipalsCommand({ policyName, ...NEXT })))
  await refusable(client.send(new iot.ListTargetsForPolicyCommand({ policyName, ...NEXT })))
  await refusable(client.send(new iot.ListTagsForResourceCommand({ resourceArn: policyArn, nextToken: 'next' })))
  await client.send(new iot.CreateThingCommand({ thingName: 'pump-7' }))
  const asked = { principal: certificateArn, thingName: 'pump-7' }
  await refusable(client.send(new iot.GetEffectivePoliciesCommand({ ...asked, cognitoIdentityPoolId })))
  await client.send(new iot.GetEffectivePoliciesCommand(asked))
  const trial = {
    principal: certificateArn,
    clientId: 'pump-7',
    authInfos: [{ actionType: 'CONNECT', resources: [`arn:aws:iot:us-east-1:${ACCOUNT}:client/pump-7`] }],
    policyNamesToAdd: [policyName],
    policyNamesToSkip: ['other'],
  } satisfies iot.TestAuthorizationCommandInput
  await refusable(client.send(new iot.TestAuthorizationCommand({ ...trial, cognitoIdentityPoolId })))
  await client.send(new iot.TestAuthorizationCommand(trial))
  await client.send(new iot.TagResourceCommand({ resourceArn: policyArn, tags: TAGS }))
  await client.send(new iot.ListTagsForResourceCommand({ resourceArn: policyArn }))
  await client.send(new iot.UntagResourceCommand({ resourceArn: policyArn, tagKeys: ['site'] }))
  await client.send(new iot.DetachPrincipalPolicyCommand({ policyName, principal: certificateArn }))
  await client.send(new iot.DetachPolicyCommand({ policyName, target: certificateArn }))
  await client.send(new iot.DeletePolicyVersionCommand({ policyName, policyVersionId: '1' }))
  await client.send(new iot.DeletePolicyCommand({ policyName }))

  const alias = { roleAlias: 'uploads', roleArn: ROLE, credentialDurationSeconds: 3600 }
  await client.send(new iot.CreateRoleAliasCommand({ ...alias, tags: TAGS }))
  await client.send(new iot.UpdateRoleAliasCommand(alias))
  await client.send(new iot.DescribeRoleAliasCommand(alias))
  await client.send(new iot.ListRoleAliasesCommand(PAGE))
  await client.send(new iot.DeleteRoleAliasCommand(alias))
}

/** An action of each kind that is done here; of the others none is taken. */
const ACTIONS: readonly iot.Action[] = [
  { cloudwatchAlarm: { alarmName: 'a', stateReason: 'r', stateValue: 'OK', roleArn: ROLE } },
  { cloudwatchLogs: { logGroupName: 'g', batchMode: true, roleArn: ROLE } },
  {
    cloudwatchMetric: {
      metricNamespace: 'n',
      metricName: 'm',
      metricValue: '1',
      metricUnit: 'Count',
      metricTimestamp: '1',
      roleArn: ROLE,
    },
  },
  {
    dynamoDB: {
      tableName: 't',
      operation: 'INSERT',
      hashKeyField: 'h',
      hashKeyValue: '1',
      hashKeyType: 'NUMBER',
      rangeKeyField: 'r',
      rangeKeyValue: '1',
      rangeKeyType: 'NUMBER',
      payloadField: 'p',
      roleArn: ROLE,
    },
  },
  { dynamoDBv2: { putItem: { tableName: 't' }, roleArn: ROLE } },
  { firehose: { deliveryStreamName: 's', separator: ',', batchMode: true, roleArn: ROLE } },
  {
    http: {
      url: 'http://127.0.0.1:9/a/b',
      confirmationUrl: 'http://127.0.0.1:9/a',
      headers: [{ key: 'X-K', value: 'v' }],
      auth: { sigv4: { signingRegion: 'us-east-1', serviceName: 'execute-api', roleArn: ROLE } },
    },
  },
  { kinesis: { streamName: 's', partitionKey: 'k', roleArn: ROLE } },
  { lambda: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' } },
  {
    republish: {
      topic: 't',
      qos: 1,
      roleArn: ROLE,
      headers: { ...HEADERS, userProperties: [{ key: 'k', value: 'v' }] },
    },
  },
  { s3: { bucketName: 'b', key: 'k', cannedAcl: 'private', roleArn: ROLE } },
  { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:t', messageFormat: 'RAW', roleArn: ROLE } },
  { sqs: { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', useBase64: true, roleArn: ROLE } },
  { stepFunctions: { stateMachineName: 's', executionNamePrefix: 'p', roleArn: ROLE } },
]

async function tourOfRules(client: iot.IoTClient): Promise<void> {
  const ruleName = 'store'
  const rest = {
    sql: "SELECT * FROM 'dt/#'",
    description: 'Readings',
    awsIotSqlVersion: '2016-03-23',
    ruleDisabled: false,
  }
  for (const action of ACTIONS) {
    const topicRulePayload = { ...rest, actions: [action], errorAction: action }
    await client.send(new iot.CreateTopicRuleCommand({ ruleName, topicRulePayload, tags: 'site=north' }))
    await client.send(new iot.ReplaceTopicRuleCommand({ ruleName, topicRulePayload }))
    await client.send(new iot.DeleteTopicRuleCommand({ ruleName }))
  }
  const http = {
    url: 'http://127.0.0.1:9/a',
    enableBatching: true,
    batchConfig: { maxBatchOpenMs: 20, maxBatchSize: 10, maxBatchSizeBytes: 5120, batchAcrossTopics: true },
  }
  const topicRulePayload = { ...rest, actions: [{ http }] }
  await client.send(new iot.CreateTopicRuleCommand({ ruleName, topicRulePayload }))
  await client.send(new iot.ReplaceTopicRuleCommand({ ruleName, topicRulePayload }))
  await client.send(new iot.DeleteTopicRuleCommand({ ruleName }))
  const errorAction = { http }
  for (const Command of [iot.CreateTopicRuleCommand, iot.ReplaceTopicRuleCommand]) {
    const refused = new Command({ ruleName, topicRulePayload: { ...rest, actions: [], errorAction } })
    await refusable(client.send(refused as iot.CreateTopicRuleCommand)) // the two are alike
  }
  await client.send(new iot.CreateTopicRuleCommand({ ruleName, topicRulePayload: { ...rest, actions: [] } }))
  await client.send(new iot.GetTopicRuleCommand({ ruleName }))
  await client.send(new iot.ListTopicRulesCommand({ topic: 'dt/1', ruleDisabled: false, maxResults: 10 }))
  await refusable(client.send(new iot.ListTopicRulesCommand({ nextToken: 'next' })))
  await client.send(new iot.DisableTopicRuleCommand({ ruleName }))
  await client.send(new iot.EnableTopicRuleCommand({ ruleName }))
}

async function tourOfDestinations(client: iot.IoTClient): Promise<void> {
  for (const destinationConfiguration of [
    { httpUrlConfiguration: { confirmationUrl: 'http://127.0.0.1:9/other' } },
    { vpcConfiguration: { vpcId: 'v', subnetIds: ['s'], securityGroups: ['g'], roleArn: ROLE } },
    {
      influxDBConfiguration: {
        endpoint: 'https://db.example',
        influxDBVersion: 'V2',
        secretId: 's',
        secretType: 'SecretString',
        secretKey: 'k',
      },
    },
  ] as const) {
    await client.send(
      new iot.CreateTopicRuleDestinationCommand({
        destinationConfiguration: destinationConfiguration as iot.TopicRuleDestinationConfiguration, // one of them
      }),
    )
  }
  const page = new iot.ListTopicRuleDestinationsCommand({ maxResults: 10 })
  const arn = (await client.send(page)).destinationSummaries?.[0]?.arn
  await refusable(client.send(new iot.ListTopicRuleDestinationsCommand({ nextToken: 'next' })))
  await client.send(new iot.GetTopicRuleDestinationCommand({ arn }))
  await client.send(new iot.UpdateTopicRuleDestinationCommand({ arn, status: 'IN_PROGRESS' }))
  await refusable(client.send(new iot.ConfirmTopicRuleDestinationCommand({ confirmationToken: 'none' })))
  await client.send(new iot.DeleteTopicRuleDestinationCommand({ arn }))
}

async function tourOfMessages(client: data.IoTDataPlaneClient): Promise<void> {
  await client.send(new data.PublishCommand({ ...MESSAGE, qos: 1, retain: true, messageExpiry: 60 }))
  await client.send(new data.GetRetainedMessageCommand({ topic: MESSAGE.topic }))
  await client.send(new data.ListRetainedMessagesCommand({ maxResults: 10 }))
  await refusable(client.send(new data.ListRetainedMessagesCommand({ nextToken: 'next' })))
  const clientId = 'pump-7'
  await refusable(
    client.send(new data.SendDirectMessageCommand({ ...MESSAGE, clientId, confirmation: true, timeout: 1 })),
  )
  await refusable(client.send(new data.GetConnectionCommand({ clientId, includeSocketInformation: true })))
  await refusable(
    client.send(new data.DeleteConnectionCommand({ clientId, cleanSession: true, preventWillMessage: true })),
  )
  await refusable(client.send(new data.ListSubscriptionsCommand({ clientId, maxResults: 10, nextToken: 'next' })))
}

async function tourOfSignIn(client: cognito.CognitoIdentityClient, poolId: string): Promise<void> {
  const Logins = { 'issuer.example': 'no token' }
  await refusable(client.send(new cognito.GetIdCommand({ IdentityPoolId: poolId, AccountId: ACCOUNT, Logins })))
  const IdentityId = 'us-east-1:00000000-0000-4000-8000-000000000000'
  await refusable(client.send(new cognito.DescribeIdentityCommand({ IdentityId })))
  await refusable(
    client.send(new cognito.GetCredentialsForIdentityCommand({ IdentityId, Logins, CustomRoleArn: ROLE })),
  )
  await client.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId: poolId }))
  await client.send(new cognito.GetIdentityPoolRolesCommand({ IdentityPoolId: poolId }))
  await refusable(client.send(new cognito.ListIdentityPoolsCommand({ MaxResults: 10, NextToken: 'next' })))
}

async function tourOfRoles({ iam: client, sts: tokens }: Clients): Promise<void> {
  const RoleName = 'uploads'
  const role = { RoleName, AssumeRolePolicyDocument: TRUST, Description: 'of cameras', MaxSessionDuration: 3600 }
  const limits = { Path: '/', PermissionsBoundary: ROLE }
  await refusable(client.send(new iam.CreateRoleCommand({ ...role, ...limits, Tags: TAGS })))
  await client.send(new iam.CreateRoleCommand({ ...role, Path: '/', Tags: TAGS }))
  await client.send(new iam.GetRoleCommand({ RoleName }))
  const page = { Marker: 'next', MaxItems: 10 }
  await refusable(client.send(new iam.ListRolesCommand({ PathPrefix: '/', ...page })))
  await client.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: TRUST }))
  await client.send(new iam.UpdateRoleDescriptionCommand({ RoleName, Description: 'of other cameras' }))
  const inline = { RoleName, PolicyName: 'put' }
  await client.send(new iam.PutRolePolicyCommand({ ...inline, PolicyDocument: EVERYTHING }))
  await client.send(new iam.GetRolePolicyCommand(inline))
  await refusable(client.send(new iam.ListRolePoliciesCommand({ RoleName, ...page })))
  await refusable(client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName, PathPrefix: '/', ...page })))
  await refusable(client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName, ...page })))

  const session = { RoleArn: ROLE, RoleSessionName: 'camera', DurationSeconds: 900, ExternalId: 'plant' }
  await tokens.send(new sts.GetCallerIdentityCommand({}))
  await refusable(tokens.send(new sts.AssumeRoleCommand(session)))
  const narrowing: readonly Partial<sts.AssumeRoleCommandInput>[] = [
    { Policy: EVERYTHING },
    { PolicyArns: [{ arn: `arn:aws:iam::${ACCOUNT}:policy/put` }] },
    { Tags: TAGS },
    { TransitiveTagKeys: ['site'] },
    { ProvidedContexts: [{ ProviderArn: ROLE, ContextAssertion: 'none' }] },
    { SerialNumber: 'GAHT12345678' },
    { TokenCode: '123456' },
    { SourceIdentity: 'ada' },
    { MinimumSessionTokenSize: 1024 },
  ]
  for (const one of narrowing) await refusable(tokens.send(new sts.AssumeRoleCommand({ ...session, ...one })))
  await client.send(new iam.DeleteRolePolicyCommand(inline))
  await client.send(new iam.DeleteRoleCommand({ RoleName }))
}

async function tourOfFleet(client: iot.IoTClient): Promise<void> {
  await client.send(new iot.DescribeEventConfigurationsCommand({}))
  const eventConfigurations = { THING: { Enabled: true } }
  await client.send(new iot.UpdateEventConfigurationsCommand({ eventConfigurations }))
  const asked = {
    indexName: 'AWS_Things',
    queryString: 'thingName:pump*',
    queryVersion: '2017-09-30',
    aggregationField: 'registry.version',
  }
  const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY' } as const
  await client.send(new iot.UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
  await client.send(new iot.GetStatisticsCommand(asked))
  await client.send(new iot.GetPercentilesCommand({ ...asked, percents: [50] }))
  await client.send(new iot.GetCardinalityCommand(asked))
  const bucketsAggregationType = { termsAggregation: { maxBuckets: 5 } }
  await client.send(new iot.GetBucketsAggregationCommand({ ...asked, bucketsAggregationType }))
  const metric = { metricName: 'pumps' }
  const aggregationType = { name: 'Statistics', values: ['count'] } as const satisfies iot.AggregationType
  const emitted = { ...metric, ...asked, aggregationType, period: 60, description: 'all', unit: 'Count' } as const
  await client.send(new iot.CreateFleetMetricCommand({ ...emitted, tags: TAGS }))
  await client.send(new iot.DescribeFleetMetricCommand(metric))
  await client.send(new iot.UpdateFleetMetricCommand({ ...emitted, expectedVersion: 1 }))
  await client.send(new iot.ListFleetMetricsCommand({ maxResults: 5 }))
  await client.send(new iot.DeleteFleetMetricCommand({ ...metric, expectedVersion: 2 }))
}

async function tourOfLogging(client: iot.IoTClient): Promise<void> {
  const event = { eventType: 'Publish-In', logLevel: 'INFO', logDestination: 'publishes' } as const
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/logging`
  const loggingOptionsPayload = { roleArn, logLevel: 'INFO' } as const
  await client.send(new iot.SetLoggingOptionsCommand({ loggingOptionsPayload }))
  await client.send(new iot.GetLoggingOptionsCommand({}))
  // What an entry says of an operation is not what the operation does with it.
  const eventConfigurations = [event]
  const silent = { roleArn, defaultLogLevel: 'INFO', disableAllLogs: true } as const
  await client.send(new iot.SetV2LoggingOptionsCommand({ ...silent, eventConfigurations }))
  await client.send(new iot.GetV2LoggingOptionsCommand({ verbose: true }))
  const logTarget = { targetType: 'CLIENT_ID', targetName: 'pump-7' } as const
  await client.send(new iot.SetV2LoggingLevelCommand({ logTarget, logLevel: 'DEBUG' }))
  const page = { targetType: logTarget.targetType, maxResults: 5, nextToken: 'next' }
  await refusable(client.send(new iot.ListV2LoggingLevelsCommand(page)))
  await client.send(new iot.DeleteV2LoggingLevelCommand(logTarget))
}

async function tourOfLogs(client: logs.CloudWatchLogsClient): Promise<void> {
  const group = { logGroupName: 'AWSIotLogsV2' }
  const stream = { ...group, logStreamName: 's' }
  const beyond: readonly Partial<logs.CreateLogGroupCommandInput>[] = [
    { kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' },
    { logGroupClass: 'INFREQUENT_ACCESS' },
    { deletionProtectionEnabled: true },
  ]
  for (const one of beyond) await refusable(client.send(new logs.CreateLogGroupCommand({ ...group, ...one })))
  await client.send(new logs.CreateLogGroupCommand({ ...group, tags: { site: 'north' } }))
  await client.send(new logs.CreateLogStreamCommand(stream))
  const entity = { keyAttributes: { Type: 'Service', Name: 'pump' }, attributes: { a: 'b' } }
  const logEvents = [{ timestamp: Date.now(), message: 'x' }]
  await client.send(new logs.PutLogEventsCommand({ ...stream, logEvents, entity, sequenceToken: '1' }))
  await client.send(new logs.PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }))
  await client.send(new logs.DeleteRetentionPolicyCommand(group))
  const groups: readonly logs.DescribeLogGroupsCommandInput[] = [
    { logGroupNamePrefix: 'A', limit: 5 },
    { logGroupNamePattern: 'V2', nextToken: 'next' },
    { logGroupIdentifiers: ['AWSIotLogsV2'] },
    { accountIdentifiers: [ACCOUNT] },
    { includeLinkedAccounts: true },
    { logGroupClass: 'STANDARD' },
  ]
  for (const one of groups) await refusable(client.send(new logs.DescribeLogGroupsCommand(one)))
  const identifier = { logGroupIdentifier: 'AWSIotLogsV2' }
  const page = { limit: 5, nextToken: 'next' }
  await refusable(
    client.send(new logs.DescribeLogStreamsCommand({ ...group, orderBy: 'LastEventTime', descending: true })),
  )
  await refusable(client.send(new logs.DescribeLogStreamsCommand({ ...identifier, logStreamNamePrefix: 's', ...page })))
  const span = { startTime: 1, endTime: Date.now() + 1_000, limit: 5, startFromHead: true, unmask: false }
  await client.send(new logs.GetLogEventsCommand({ ...identifier, logStreamName: 's', ...span }))
  await refusable(client.send(new logs.GetLogEventsCommand({ ...stream, nextToken: 'next' })))
  const search = { ...span, filterPattern: 'x', interleaved: true }
  await client.send(new logs.FilterLogEventsCommand({ ...group, ...search, logStreamNames: ['s'] }))
  await refusable(
    client.send(new logs.FilterLogEventsCommand({ ...identifier, logStreamNamePrefix: 's', nextToken: 'n' })),
  )
  const asked = { startTime: 1, endTime: 2, queryString: 'fields a', limit: 5, queryLanguage: 'CWLI' } as const
  const { queryId } = await client.send(new logs.StartQueryCommand({ ...asked, ...group }))
  for (const one of [{ logGroupNames: ['AWSIotLogsV2'] }, { logGroupIdentifiers: ['AWSIotLogsV2'] }]) {
    await client.send(new logs.StartQueryCommand({ ...asked, ...one }))
  }
  await refusable(client.send(new logs.GetQueryResultsCommand({ queryId, maxItems: 5, nextToken: 'next' })))
  await refusable(client.send(new logs.StopQueryCommand({ queryId })))
  await client.send(new logs.TestMetricFilterCommand({ filterPattern: 'x', logEventMessages: ['x'] }))
  const resourceArn = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:AWSIotLogsV2`
  await client.send(new logs.TagResourceCommand({ resourceArn, tags: { a: 'b' } }))
  await client.send(new logs.ListTagsForResourceCommand({ resourceArn }))
  await client.send(new logs.UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
  await client.send(new logs.DeleteLogStreamCommand(stream))
  await client.send(new logs.DeleteLogGroupCommand(group))
}
