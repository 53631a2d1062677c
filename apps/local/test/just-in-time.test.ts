import { once } from 'node:events'
import { connect } from 'node:tls'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateThingTypeCommand,
  DeleteProvisioningTemplateCommand,
  DescribeCACertificateCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  GetRegistrationCodeCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListCACertificatesCommand,
  ListPoliciesCommand,
  ListPrincipalThingsCommand,
  ListThingsCommand,
  RegisterCACertificateCommand,
  type RegistrationConfig,
  UpdateCACertificateCommand,
  type UpdateCACertificateCommandInput,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { createTemplate, PROVISIONING_ROLE } from './support/claim.ts'
import { type DeviceIdentity, policyOf } from './support/device.ts'
import { entries, turnOn } from './support/iot-log.ts'
import { metricSums } from './support/metric-sums.ts'
import { connectDevice, connectWebSocket, type TestClient } from './support/mqtt-client.ts'
import { OpensslAuthority } from './support/openssl.ts'
import { until } from './support/until.ts'

// Just-in-time provisioning with certificates that openssl made (guide, "Just-in-time provisioning").

const PSEUDO = 'AWS::IoT::Certificate::'
const TEMPLATE = {
  Parameters: Object.fromEntries(
    ['CommonName', 'SerialNumber', 'Country', 'Id'].map((name) => [`${PSEUDO}${name}`, { Type: 'String' }]),
  ),
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: { Ref: `${PSEUDO}CommonName` },
        AttributePayload: { serial: { Ref: `${PSEUDO}SerialNumber` }, country: { Ref: `${PSEUDO}Country` } },
        ThingTypeName: 'pump',
      },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: `${PSEUDO}Id` }, Status: 'ACTIVE' },
      OverrideSettings: { Status: 'DO_NOTHING' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: policyOf(['Allow', 'iot:*', '*']) } },
  },
}
const templateBody = JSON.stringify(TEMPLATE)

let local: Local
let iot: IoTClient
let watcher: TestClient
let authority: OpensslAuthority
let caId: string

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  await turnOn(local, 'INFO')
  watcher = await connectWebSocket(local)
  authority = new OpensslAuthority('/O=Plant/CN=Plant CA')
  caId = await register(authority, { templateBody, roleArn: PROVISIONING_ROLE })
  await watcher.mqtt.subscribeAsync(`$aws/events/certificates/registered/${caId}`, { qos: 1 })
})
afterAll(async () => {
  authority[Symbol.dispose]()
  await watcher[Symbol.asyncDispose]()
  iot.destroy()
  await local.close()
})

async function register(ca: OpensslAuthority, registrationConfig: RegistrationConfig): Promise<string> {
  const { registrationCode } = await iot.send(new GetRegistrationCodeCommand({}))
  const { certificateId = '' } = await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: ca.issue(`/CN=${registrationCode}`).cert,
      setAsActive: true,
      allowAutoRegistration: true,
      registrationConfig,
    }),
  )
  return certificateId
}

const subjectOf = (name: string) => `/C=DE/O=Plant/CN=${name}/serialNumber=S-${name}`
const pump = (name: string, ca = authority) => ca.issue(subjectOf(name))

/** Is refused, and closed once all is done that there was to do. */
const connectFirst = (device: DeviceIdentity) => expect(connectDevice(local, device)).rejects.toThrow()

const statusOf = async (certificateId: string) => {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  return certificateDescription?.status
}

test('the first connection is closed with nothing half made where the template fails, and a later one makes all', async () => {
  const device = authority.issue(subjectOf('pump-1'), 'rsa')
  await connectFirst(device) // there is no such type
  expect(await watcher.json(`$aws/events/certificates/registered/${caId}`)).toMatchObject({
    certificateId: device.certificateId,
    certificateStatus: 'PENDING_ACTIVATION',
  })
  expect(await statusOf(device.certificateId)).toBe('PENDING_ACTIVATION')
  expect((await iot.send(new ListThingsCommand({}))).things).toEqual([])
  expect((await iot.send(new ListPoliciesCommand({}))).policies).toEqual([])

  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await connectFirst(device)
  expect(await statusOf(device.certificateId)).toBe('ACTIVE')
  expect(await iot.send(new DescribeThingCommand({ thingName: 'pump-1' }))).toMatchObject({
    attributes: { serial: 'S-pump-1', country: 'DE' },
    thingTypeName: 'pump',
  })
  const { things } = await iot.send(new ListPrincipalThingsCommand({ principal: device.certificateArn }))
  expect(things).toEqual(['pump-1'])
  const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: device.certificateArn }))
  expect(policies).toHaveLength(1)
  await using client = await connectDevice(local, device, { clientId: 'pump-1' })
  expect(client.mqtt.connected).toBe(true)
})

test('a certificate that lacks what the template declares, or names a thing that cannot be, is not provisioned', async () => {
  const lacks = authority.issue('/O=Plant/CN=pump-2/serialNumber=S-2')
  const nonsense = pump('pump 3')
  for (const device of [lacks, nonsense]) {
    await connectFirst(device)
    expect(await statusOf(device.certificateId)).toBe('PENDING_ACTIVATION')
  }
  const { things = [] } = await iot.send(new ListThingsCommand({}))
  expect(things.map(({ thingName }) => thingName)).toEqual(['pump-1'])
})

test('an authority that registers nobody any more has nobody provisioned either', async () => {
  const waiting = authority.issue('/O=Plant/CN=pump-4/serialNumber=S-4')
  await connectFirst(waiting) // it lacks its country
  const certificateId = waiting.certificateId
  const change = (settings: Partial<UpdateCACertificateCommandInput>) =>
    iot.send(new UpdateCACertificateCommand({ certificateId: caId, ...settings }))
  const simple = {
    ...TEMPLATE,
    Parameters: { [`${PSEUDO}CommonName`]: { Type: 'String' }, [`${PSEUDO}Id`]: { Type: 'String' } },
    Resources: { certificate: TEMPLATE.Resources.certificate },
  }
  const registrationConfig = { templateBody: JSON.stringify(simple), roleArn: PROVISIONING_ROLE }
  await change({ newAutoRegistrationStatus: 'DISABLE', registrationConfig })
  await connectFirst(waiting)
  expect(await statusOf(certificateId)).toBe('PENDING_ACTIVATION')
  await change({ newAutoRegistrationStatus: 'ENABLE', newStatus: 'INACTIVE' })
  await connectFirst(waiting)
  expect(await statusOf(certificateId)).toBe('PENDING_ACTIVATION')
  await change({ newStatus: 'ACTIVE' })
  await connectFirst(waiting)
  expect(await statusOf(certificateId)).toBe('ACTIVE')
  await change({ registrationConfig: { templateBody, roleArn: PROVISIONING_ROLE } })
})

test('who connects several times at once is provisioned once, and many do at the same time', {
  timeout: 120_000,
}, async () => {
  const devices = Array.from({ length: 8 }, (_, index) => pump(`crowd-${index}`))
  // Whoever comes a little later is let in already.
  const attempt = async (device: DeviceIdentity) => {
    const client = await connectDevice(local, device).catch(() => undefined)
    await client?.[Symbol.asyncDispose]()
  }
  await Promise.all(devices.flatMap((device) => [attempt(device), attempt(device)]))
  for (const { certificateId } of devices) expect(await statusOf(certificateId)).toBe('ACTIVE')
  const clients = await Promise.all(devices.map((device) => connectDevice(local, device)))
  for (const client of clients) await client[Symbol.asyncDispose]()
})

test('over HTTPS, too, a mere handshake leaves nothing behind, and a request is an attempt', async () => {
  const device = pump('pump-https')
  const { port } = new URL(local.urls.https)
  const socket = connect({
    host: 'localhost',
    port: Number(port),
    servername: 'localhost',
    ALPNProtocols: ['x-amzn-http-ca'],
    ca: local.rootCa,
    cert: device.cert,
    key: device.key,
  })
  await once(socket, 'secureConnect')
  await expect(statusOf(device.certificateId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  socket.write('POST /topics/a?qos=1 HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n')
  await once(socket.resume(), 'close')
  expect(await statusOf(device.certificateId)).toBe('ACTIVE')
})

test('by the name of a template, its default version and as its role', async () => {
  const iam = new IAMClient(local.sdk)
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = document({ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' })
  const RoleName = 'provisions'
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  const allow = (...Action: string[]) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'only',
        PolicyDocument: document({ Effect: 'Allow', Action, Resource: '*' }),
      }),
    )
  const templateName = 'by-name'
  await createTemplate(iot, templateName, {
    type: 'JITP',
    templateBody,
    provisioningRoleArn: Role?.Arn,
    enabled: false,
  })
  await createTemplate(iot, 'of-fleet')
  using other = new OpensslAuthority('/CN=Other CA')
  await expect(register(other, { templateName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(register(other, { templateName: 'of-fleet' })).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await expect(register(other, { templateBody })).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await expect(register(other, { templateName, templateBody })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
  const certificateId = await register(other, { templateName })
  const { registrationConfig } = await iot.send(new DescribeCACertificateCommand({ certificateId }))
  expect(registrationConfig).toEqual({ templateName })
  const { certificates } = await iot.send(new ListCACertificatesCommand({ templateName }))
  expect(certificates?.map((each) => each.certificateId)).toEqual([certificateId])
  await expect(iot.send(new DeleteProvisioningTemplateCommand({ templateName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })

  const device = pump('pump-named', other)
  await connectFirst(device)
  await iot.send(new UpdateProvisioningTemplateCommand({ templateName, enabled: true }))
  await allow('iot:CreateThing')
  await connectFirst(device)
  const everything = [
    'CreateThing',
    'DescribeThing',
    'CreatePolicy',
    'GetPolicy',
    'AttachPolicy',
    'AttachThingPrincipal',
  ]
  await allow(...[...everything, 'DescribeCertificate', 'UpdateCertificate'].map((action) => `iot:${action}`))
  await connectFirst(device)
  await using client = await connectDevice(local, device)
  expect(client.mqtt.connected).toBe(true)

  await iot.send(new UpdateCACertificateCommand({ certificateId, removeAutoRegistration: true }))
  await iot.send(new DeleteProvisioningTemplateCommand({ templateName }))
  const unknown = pump('pump-late', other)
  await connectFirst(unknown)
  await expect(statusOf(unknown.certificateId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  iam.destroy()
})

test('entries and metrics say what became of each, and why', async () => {
  const found = await until(async () => {
    const all = await entries(local, '{ $.eventType = "ProvisionDevice" && $.provisioningTemplateName = "by-name" }')
    return all.length === 3 ? all : undefined
  })
  expect(found.map(({ status, reason, details }) => [status, reason, details])).toEqual([
    ['Failure', 'AccessDenied', 'Template by-name is not enabled'],
    [
      'Failure',
      'AccessDenied',
      expect.stringMatching(/assumed-role\/provisions\/.* is not authorized to perform: iot:/),
    ],
    ['Success', undefined, 'The device was provisioned as pump-named'],
  ])
  const [failure] = await entries(local, '{ $.eventType = "ProvisionDevice" && $.details = "*Country*" }')
  expect(failure).toMatchObject({
    reason: 'InvalidParameters',
    deviceCertificateId: expect.stringMatching(/^[0-9a-f]{64}$/),
    caCertificateId: caId,
    details: `Parameters.${PSEUDO}Country: has no value: the certificate has none`,
  })
  expect(await metricSums(local)).toMatchObject({ 'ProvisionThing.Success': 12, 'ProvisionThing.ClientError': 6 })
})
