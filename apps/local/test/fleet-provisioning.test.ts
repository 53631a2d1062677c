import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateBillingGroupCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListPrincipalThingsCommand,
  ListThingGroupsForThingCommand,
  ListThingsCommand,
  UpdateCertificateCommand,
  UpdateEventConfigurationsCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestFor } from '../src/foundation/authority/requests.test-support.ts'
import { type Local, startLocal } from '../src/index.ts'
import {
  ClaimedDevice,
  CREATE,
  CREATE_FROM_CSR,
  createTemplate,
  identityOf,
  makeClaim,
  newCertificate,
  provisionTopic,
  TEMPLATE,
} from './support/claim.ts'
import type { DeviceIdentity } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice, connectWebSocket } from './support/mqtt-client.ts'
import { until } from './support/until.ts'

// Devices that come with a claim and leave with certificates of their own (guide, "Device provisioning MQTT API").

const PROVISION = provisionTopic('pumps')

/** What AWS's managed policy AWSIoTThingsRegistration allows. */
const REGISTRATION_ACTIONS = [
  ...[
    'AddThingToBillingGroup',
    'AddThingToThingGroup',
    'AttachPolicy',
    'AttachPrincipalPolicy',
    'AttachThingPrincipal',
  ],
  ...['CreateCertificateFromCsr', 'CreatePolicy', 'CreateThing', 'DescribeBillingGroup', 'DescribeCertificate'],
  ...['DescribeThing', 'DescribeThingGroup', 'DescribeThingType', 'DetachPolicy', 'DetachThingPrincipal', 'GetPolicy'],
  ...['ListAttachedPolicies', 'ListPolicyPrincipals', 'ListPrincipalPolicies', 'ListPrincipalThings'],
  ...['ListTargetsForPolicy', 'ListThingGroupsForThing', 'ListThingPrincipals', 'RegisterCertificate', 'RegisterThing'],
  ...['RemoveThingFromBillingGroup', 'RemoveThingFromThingGroup', 'UpdateCertificate', 'UpdateThing'],
  'UpdateThingGroupsForThing',
].map((action) => `iot:${action}`)

let local: Local
let iot: IoTClient
let claim: DeviceIdentity
let device: ClaimedDevice

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  await turnOn(local, 'INFO')
  await createTemplate(iot, 'pumps')
  claim = await makeClaim(local, 'pumps')
  device = await ClaimedDevice.connect(local, claim, 'factory-1')
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local.close()
})

const statusOf = async (certificateId: string) => {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  return certificateDescription?.status
}

test('a device is given keys and certificate, registered, and connects with what it was given', async () => {
  const { accepted, document } = await device.ask(CREATE)
  expect(accepted).toBe(true)
  expect(Object.keys(document)).toEqual(['certificateId', 'certificatePem', 'privateKey', 'certificateOwnershipToken'])
  const made = newCertificate(document)
  const { certificateId, certificateOwnershipToken } = made
  expect(await statusOf(certificateId)).toBe('PENDING_ACTIVATION')
  await expect(connectDevice(local, identityOf(made))).rejects.toThrow()

  expect(
    await device.ask(PROVISION, { certificateOwnershipToken, parameters: { Serial: '1', Site: 'south', Other: 'x' } }),
  ).toEqual({
    accepted: true,
    document: { deviceConfiguration: { url: 'https://south.example' }, thingName: 'pump-1' },
  })
  expect(await statusOf(certificateId)).toBe('ACTIVE')
  expect(await iot.send(new DescribeThingCommand({ thingName: 'pump-1' }))).toMatchObject({
    attributes: { site: 'south' },
  })
  const { certificateArn: principal } = identityOf(made)
  expect((await iot.send(new ListPrincipalThingsCommand({ principal }))).things).toEqual(['pump-1'])
  expect((await iot.send(new ListAttachedPoliciesCommand({ target: principal }))).policies).toHaveLength(1)
  await using own = await connectDevice(local, identityOf(made), { clientId: 'pump-1' })
  expect(own.mqtt.connected).toBe(true)
  expect(device.client.mqtt.connected).toBe(true)
})

test('the key of a signing request stays on the device', async () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { accepted, document } = await device.ask(CREATE_FROM_CSR, {
    certificateSigningRequest: await requestFor(keys, 'CN=pump-csr'),
  })
  expect(accepted).toBe(true)
  expect(Object.keys(document)).toEqual(['certificateOwnershipToken', 'certificateId', 'certificatePem'])
  const { certificatePem, certificateOwnershipToken } = newCertificate(document)
  expect(new X509Certificate(certificatePem).publicKey.equals(keys.publicKey)).toBe(true)
  const parameters = { Serial: 'csr' }
  expect((await device.ask(PROVISION, { certificateOwnershipToken, parameters })).accepted).toBe(true)
})

describe('what is wrong is rejected with exactly three members, and nothing is made', () => {
  const token = async () => (await device.create()).certificateOwnershipToken
  test.each<[string, string, () => Promise<object | string>, number, string, RegExp]>([
    [
      'no token',
      PROVISION,
      async () => ({}),
      400,
      'InvalidCertificateOwnershipToken',
      /^Certificate ownership token cannot be empty\.$/,
    ],
    ['nothing', PROVISION, async () => '', 400, 'InvalidCertificateOwnershipToken', /cannot be empty/],
    [
      'a wrong token',
      PROVISION,
      async () => ({ certificateOwnershipToken: 'x' }),
      400,
      'InvalidCertificateOwnershipToken',
      /not valid/,
    ],
    [
      'a token of a number',
      PROVISION,
      async () => ({ certificateOwnershipToken: 7 }),
      400,
      'InvalidPayload',
      /must be a text/,
    ],
    ['no JSON', PROVISION, async () => '{', 400, 'InvalidPayload', /not JSON/],
    ['a list', PROVISION, async () => '[]', 400, 'InvalidPayload', /must be an object/],
    ['a member twice', PROVISION, async () => '{"parameters":{},"parameters":{}}', 400, 'InvalidPayload', /not JSON/],
    [
      'deep nesting',
      PROVISION,
      async () => `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      400,
      'InvalidPayload',
      /not JSON/,
    ],
    [
      'a parameter of a number',
      PROVISION,
      async () => ({ certificateOwnershipToken: await token(), parameters: { Serial: 7 } }),
      400,
      'InvalidParameters',
      /Serial must be a text/,
    ],
    [
      'a missing parameter',
      PROVISION,
      async () => ({ certificateOwnershipToken: await token() }),
      400,
      'InvalidParameters',
      /Serial: has no value/,
    ],
    [
      'a name that things cannot have',
      PROVISION,
      async () => ({ certificateOwnershipToken: await token(), parameters: { Serial: 'a b' } }),
      400,
      'InvalidParameters',
      /thingName/,
    ],
    ['no request', CREATE_FROM_CSR, async () => ({}), 400, 'InvalidCsr', /empty/],
    [
      'a request that is none',
      CREATE_FROM_CSR,
      async () => ({ certificateSigningRequest: 'x' }),
      400,
      'InvalidCsr',
      /CSR/,
    ],
  ])('%s', async (_, topic, request, statusCode, errorCode, message) => {
    const given = await request()
    const before = (await iot.send(new ListThingsCommand({}))).things?.length
    expect(await device.ask(topic, given)).toEqual({
      accepted: false,
      document: { statusCode, errorCode, errorMessage: expect.stringMatching(message) },
    })
    expect((await iot.send(new ListThingsCommand({}))).things).toHaveLength(before ?? 0)
  })

  test('a token serves once, also where it is sent twice at the same time', async () => {
    const { certificateOwnershipToken } = await device.create()
    const provision = (Serial: string) => device.ask(PROVISION, { certificateOwnershipToken, parameters: { Serial } })
    const answers = await Promise.all([provision('twice-a'), provision('twice-b')])
    expect(answers.map(({ accepted }) => accepted).toSorted()).toEqual([false, true])
    expect((await provision('twice-c')).document).toMatchObject({
      errorCode: 'InvalidCertificateOwnershipToken',
      errorMessage: 'Certificate ownership token has been used already.',
    })
    const { things = [] } = await iot.send(new ListThingsCommand({}))
    expect(things.filter(({ thingName }) => thingName?.startsWith('pump-twice'))).toHaveLength(1)
  })

  test('one whose provisioning failed can be used again', async () => {
    const { certificateOwnershipToken } = await device.create()
    expect((await device.ask(PROVISION, { certificateOwnershipToken })).accepted).toBe(false)
    const parameters = { Serial: 'again' }
    expect((await device.ask(PROVISION, { certificateOwnershipToken, parameters })).accepted).toBe(true)
  })

  test.each(['INACTIVE', 'REVOKED'] as const)('a certificate that somebody set %s stays so', async (newStatus) => {
    const { certificateId = '', certificateOwnershipToken } = await device.create()
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus }))
    const parameters = { Serial: `off-${newStatus}` }
    expect((await device.ask(PROVISION, { certificateOwnershipToken, parameters })).document).toMatchObject({
      statusCode: 403,
      errorCode: 'AccessDenied',
      errorMessage: 'Access denied',
    })
    expect(await statusOf(certificateId)).toBe(newStatus)
  })

  test('a certificate that is gone cannot be provisioned', async () => {
    const { certificateId, certificateOwnershipToken } = await device.create()
    await iot.send(new DeleteCertificateCommand({ certificateId }))
    const parameters = { Serial: 'gone' }
    expect((await device.ask(PROVISION, { certificateOwnershipToken, parameters })).document).toMatchObject({
      statusCode: 404,
      errorCode: 'ResourceNotFound',
    })
    await expect(iot.send(new DescribeThingCommand({ thingName: 'pump-gone' }))).rejects.toThrow()
  })
})

describe('templates', () => {
  const provisionBy = async (templateName: string, parameters = {}) => {
    await using own = await ClaimedDevice.connect(local, await makeClaim(local, templateName), `at ${templateName}`)
    const { certificateOwnershipToken, certificateId } = await own.create()
    const { document } = await own.ask(provisionTopic(templateName), { certificateOwnershipToken, parameters })
    return { document, certificateId }
  }

  test('none such, one that is not enabled, and one for just-in-time provisioning', async () => {
    await createTemplate(iot, 'off', { enabled: undefined })
    await createTemplate(iot, 'jitp', {
      type: 'JITP',
      templateBody: JSON.stringify({ ...TEMPLATE, DeviceConfiguration: undefined }),
    })
    expect((await provisionBy('none')).document).toMatchObject({ statusCode: 404, errorCode: 'ResourceNotFound' })
    expect((await provisionBy('off')).document).toMatchObject({ statusCode: 403, errorCode: 'AccessDenied' })
    expect((await provisionBy('jitp')).document).toMatchObject({ statusCode: 403, errorCode: 'AccessDenied' })
    await iot.send(new UpdateProvisioningTemplateCommand({ templateName: 'off', enabled: true }))
    expect((await provisionBy('off', { Serial: 'off' })).document).toMatchObject({ thingName: 'pump-off' })
  })

  test('what a device sends cannot have the certificate of another device activated', async () => {
    const { certificate, ...others } = TEMPLATE.Resources
    const Parameters = { ...TEMPLATE.Parameters, Mine: { Type: 'String' } }
    const Resources = { ...others, certificate: { ...certificate, Properties: { CertificateId: { Ref: 'Mine' } } } }
    await createTemplate(iot, 'careless', { templateBody: JSON.stringify({ ...TEMPLATE, Parameters, Resources }) })
    const { certificateId: others_ } = await device.create()
    const { document } = await provisionBy('careless', { Serial: 'careless', Mine: others_ })
    expect(document).toMatchObject({ errorCode: 'InvalidParameters' })
    expect(await statusOf(others_)).toBe('PENDING_ACTIVATION')
  })

  test('one without a thing or a configuration', async () => {
    const { thing: _, ...Resources } = TEMPLATE.Resources
    await createTemplate(iot, 'bare', { templateBody: JSON.stringify({ Resources }) })
    const { document, certificateId } = await provisionBy('bare')
    expect(document).toEqual({ deviceConfiguration: {} })
    expect(await statusOf(certificateId)).toBe('ACTIVE')
  })
})

test('more than AWS takes in a second are throttled, and the next second is another one', async () => {
  await using own = await ClaimedDevice.connect(local, claim, 'in-a-hurry')
  const ask = async () => (await own.ask(PROVISION, { certificateOwnershipToken: 'none' })).document
  const answers = await Promise.all(Array.from({ length: 60 }, ask))
  const throttled = { statusCode: 429, errorCode: 'Throttling', errorMessage: 'Rate exceeded' }
  expect(answers).toContainEqual(throttled)
  expect(answers).toContainEqual(expect.objectContaining({ errorCode: 'InvalidCertificateOwnershipToken' }))
  local.advanceClock(1_000)
  expect(await ask()).toMatchObject({ errorCode: 'InvalidCertificateOwnershipToken' })
})

test('a role with AWS’s managed policy for it provisions all that a template can have, and events tell of that', async () => {
  const iam = new IAMClient(local.sdk)
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement })
  const RoleName = 'registers-things'
  const AssumeRolePolicyDocument = document({
    Effect: 'Allow',
    Principal: { Service: 'iot.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  const PolicyDocument = document({ Effect: 'Allow', Action: REGISTRATION_ACTIONS, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'AWSIoTThingsRegistration', PolicyDocument }))
  iam.destroy()
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'halls' }))
  await iot.send(new CreateBillingGroupCommand({ billingGroupName: 'plant' }))
  const { thing, ...others } = TEMPLATE.Resources
  const Properties = { ...thing.Properties, ThingTypeName: 'pump', ThingGroups: ['halls'], BillingGroup: 'plant' }
  const OverrideSettings = { AttributePayload: 'MERGE', ThingTypeName: 'REPLACE', ThingGroups: 'REPLACE' }
  const Resources = { ...others, thing: { ...thing, Properties, OverrideSettings } }
  await createTemplate(iot, 'whole', {
    templateBody: JSON.stringify({ ...TEMPLATE, Resources }),
    provisioningRoleArn: Role?.Arn,
  })
  await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }))
  await using watcher = await connectWebSocket(local)
  await watcher.mqtt.subscribeAsync('$aws/events/thing/pump-whole/#', { qos: 1 })
  await using own = await ClaimedDevice.connect(local, await makeClaim(local, 'whole'), 'whole')
  for (const event of ['created', 'updated']) {
    const { certificateOwnershipToken } = await own.createFromRequest()
    const parameters = { Serial: 'whole', Site: event === 'created' ? 'north' : 'south' }
    const { document: answer } = await own.ask(provisionTopic('whole'), { certificateOwnershipToken, parameters })
    expect(answer).toMatchObject({ thingName: 'pump-whole' })
    expect(await watcher.json(`$aws/events/thing/pump-whole/${event}`)).toMatchObject({
      eventType: 'THING_EVENT',
      thingTypeName: 'pump',
      attributes: { site: parameters.Site },
    })
  }
  const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName: 'pump-whole' }))
  expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['halls'])
})

test('answers go to the connection that asked and to nobody else, not over HTTP either', async () => {
  await using watcher = await connectWebSocket(local)
  await watcher.mqtt.subscribeAsync('$aws/certificates/create/json/#', { qos: 1 })
  await watcher.mqtt.subscribeAsync('done', { qos: 1 })
  await device.create()
  const data = new IoTDataPlaneClient(local.sdk)
  await data.send(new PublishCommand({ topic: '$aws/certificates/create/json', qos: 1 }))
  await data.send(new PublishCommand({ topic: 'done', qos: 1 }))
  data.destroy()
  expect((await watcher.inbox.take()).topic).toBe('done')
})

test('a claim is held to its policy', async () => {
  await createTemplate(iot, 'lamps')
  await using own = await ClaimedDevice.connect(local, claim, 'greedy')
  const publish = own.client.mqtt.publishAsync(`${provisionTopic('lamps')}/json`, '{}', { qos: 1 })
  await expect(publish).rejects.toThrow('Not authorized')
})

test('log entries and metrics tell of template, claim, device and reason', async () => {
  const sums = await metricSums(local)
  expect(sums['RegisterThingFailed pumps']).toBeGreaterThan(5)
  expect(sums.CreateCertificateFromCsrFailed).toBe(2)
  expect(sums.CreateKeysAndCertificateFailed).toBe(0)
  const cloudwatch = new CloudWatchClient(local.sdk)
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/IoT',
      MetricName: 'ApproximateNumberOfThingsRegistered',
      Dimensions: [{ Name: 'ClaimCertificateId', Value: claim.certificateId }],
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      Period: 7_200,
      Statistics: ['Maximum'],
    }),
  )
  cloudwatch.destroy()
  // By this claim: pump-1, pump-csr, one of twice, pump-again.
  expect(Math.max(...Datapoints.map(({ Maximum = 0 }) => Maximum))).toBe(4)
  const found = await until(async () => {
    const all = await entries(local, '{ $.eventType = "ProvisionDevice" && $.clientId = "factory-1" }')
    return all.length > 10 ? all : undefined
  })
  expect(found[0]).toEqual({
    timestamp: expect.any(String),
    logLevel: 'INFO',
    traceId: expect.any(String),
    accountId: '123456789012',
    status: 'Success',
    eventType: 'ProvisionDevice',
    provisioningTemplateName: 'pumps',
    deviceCertificateId: expect.stringMatching(/^[0-9a-f]{64}$/),
    details: 'The device was provisioned as pump-1',
    operation: 'RegisterThing',
    protocol: 'MQTT',
    clientId: 'factory-1',
    principalId: claim.certificateId,
    sourceIp: '127.0.0.1',
    sourcePort: expect.any(Number),
    thingName: 'pump-1',
  })
  expect(found.filter(({ status }) => status === 'Failure')).toContainEqual(
    expect.objectContaining({ logLevel: 'ERROR', reason: 'InvalidCsr', operation: 'CreateCertificateFromCsr' }),
  )
})
