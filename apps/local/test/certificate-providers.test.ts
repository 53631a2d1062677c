import { generateKeyPairSync } from 'node:crypto'
import {
  CreateCertificateFromCsrCommand,
  CreateCertificateProviderCommand,
  DeleteCertificateProviderCommand,
  DescribeCertificateProviderCommand,
  IoTClient,
  ListCertificateProvidersCommand,
  ListTagsForResourceCommand,
  UpdateCertificateProviderCommand,
} from '@aws-sdk/client-iot'
import { AddPermissionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestFor } from '../src/foundation/authority/requests.test-support.ts'
import { type Local, startLocal } from '../src/index.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import {
  ClaimedDevice,
  CREATE_FROM_CSR,
  createTemplate,
  makeClaim,
  newCertificate,
  provisionTopic,
} from './support/claim.ts'
import { FunctionClient, zipOf } from './support/functions.ts'
import { LogReader } from './support/log-reader.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { until } from './support/until.ts'

// Certificates of devices signed by a function (guide, "Self-managed certificate signing").

const certificateProviderName = 'plant'
const ARN = 'arn:aws:iot:us-east-1:123456789012:certificateprovider/plant'
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

let local: Local
let iot: IoTClient
let functions: FunctionClient
let device: ClaimedDevice
let claimId: string
let request: string
let log: LogReader

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  functions = new FunctionClient(local)
  await createTemplate(iot, 'pumps')
  const claim = await makeClaim(local, 'pumps')
  claimId = claim.certificateId
  device = await ClaimedDevice.connect(local, claim, 'line-1')
  log = await LogReader.open(local)
  request = await requestFor(keys, 'CN=pump-7')
  await functions.create('signs', answering({}))
  await iot.send(
    new CreateCertificateProviderCommand({
      certificateProviderName,
      lambdaFunctionArn: functionArn('signs'),
      accountDefaultForOperations: ['CreateCertificateFromCsr'],
      tags: [{ Key: 'site', Value: 'north' }],
    }),
  )
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  functions[Symbol.dispose]()
  iot.destroy()
  await local.close()
})

const answering = (answer: object) => `export const handler = async (event) => (${JSON.stringify(answer)})`

/** Has the function answer with something else from now on. */
const answersWith = (code: string) =>
  functions.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'signs', ZipFile: zipOf({ 'index.mjs': code }) }))

const ask = () => device.ask(CREATE_FROM_CSR, { certificateSigningRequest: request })

/** A device is told nothing but that; the log says why. */
const DENIED = { statusCode: 403, errorCode: 'AccessDenied', errorMessage: 'Access denied' }

const isLogged = (why: RegExp) =>
  until(async () => {
    const refused = await log.entries('ProvisionDevice', { operation: 'CreateCertificateFromCsr', status: 'Failure' })
    return refused.find(({ details }) => why.test(String(details)))
  })

test('a provider is as it was created, and its function is asked for what its own policy allows', async () => {
  const found = await iot.send(new DescribeCertificateProviderCommand({ certificateProviderName }))
  expect(found).toMatchObject({
    certificateProviderName,
    certificateProviderArn: ARN,
    lambdaFunctionArn: functionArn('signs'),
    accountDefaultForOperations: ['CreateCertificateFromCsr'],
    creationDate: expect.any(Date),
  })
  const { certificateProviders } = await iot.send(new ListCertificateProvidersCommand({}))
  expect(certificateProviders).toEqual([{ certificateProviderName, certificateProviderArn: ARN }])
  const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: ARN }))
  expect(tags).toEqual([{ Key: 'site', Value: 'north' }])
  expect((await ask()).document).toEqual(DENIED)
  await isLogged(/does not allow iot.amazonaws.com to invoke it/)
  await functions.lambda.send(
    new AddPermissionCommand({
      FunctionName: 'signs',
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceArn: ARN,
    }),
  )
})

test('what the function signs is the certificate of the device', async () => {
  const ca = await TestCertificate.selfSigned('CN=Private CA')
  const signed = await ca.sign('CN=pump-7', { keys })
  await answersWith(answering({ certificatePem: signed.pem }))
  const { accepted, document } = await ask()
  expect(accepted).toBe(true)
  const { certificateId, certificatePem, certificateOwnershipToken } = newCertificate(document)
  expect([certificateId, certificatePem]).toEqual([signed.id, signed.pem])
  const parameters = { Serial: 'signed' }
  expect((await device.ask(provisionTopic('pumps'), { certificateOwnershipToken, parameters })).accepted).toBe(true)
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const certificateArn = `arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`
  await using own = await connectDevice(local, { key, cert: certificatePem, certificateId, certificateArn })
  expect(own.mqtt.connected).toBe(true)
  // The same certificate again is no certificate of another device.
  expect((await ask()).document).toMatchObject({ statusCode: 409, errorCode: 'ResourceConflict' })
})

test('what cannot be the certificate of the device is refused', async () => {
  const ca = await TestCertificate.selfSigned('CN=Private CA')
  const other = await ca.sign('CN=pump-7')
  const rows: [string, string, RegExp][] = [
    [answering({ certificatePem: other.pem }), 'InvalidCsr', /another public key/],
    [answering({ certificatePem: 'x' }), 'InvalidCsr', /Error decoding/],
    [answering({}), 'AccessDenied', /did not answer with a certificatePem/],
    ['export const handler = async (event) => { throw new Error(JSON.stringify(event)) }', 'AccessDenied', /failed/],
  ]
  for (const [code, errorCode, errorMessage] of rows) {
    await answersWith(code)
    const { document } = await ask()
    expect(document).toMatchObject({ errorCode })
    if (errorCode === 'AccessDenied') expect(document).toEqual(DENIED)
    else expect(document.errorMessage).toMatch(errorMessage)
    await isLogged(errorMessage)
  }
  await answersWith(
    'export const handler = async ({ principalId, clientId, certificateSigningRequest: c }) => { throw new Error([principalId, clientId, c.slice(0, 35)].join()) }',
  )
  expect((await ask()).document).toEqual(DENIED)
  await isLogged(new RegExp(`failed: ${claimId},line-1,-----BEGIN CERTIFICATE REQUEST-----`))
  expect((await device.ask(CREATE_FROM_CSR, { certificateSigningRequest: 'x' })).document).toMatchObject({
    errorCode: 'InvalidCsr',
    errorMessage: expect.stringMatching(/CSR violates constraints/),
  })
})

test('the control plane’s operation has nothing to do with it, and without a provider AWS IoT signs', async () => {
  const command = new CreateCertificateFromCsrCommand({ certificateSigningRequest: request })
  expect((await iot.send(command)).certificateId).toMatch(/^[0-9a-f]{64}$/)
  const lambdaFunctionArn = functionArn('other')
  await iot.send(new UpdateCertificateProviderCommand({ certificateProviderName, lambdaFunctionArn }))
  expect((await ask()).document).toEqual(DENIED)
  await isLogged(/Function not found.*other/)
  await iot.send(new DeleteCertificateProviderCommand({ certificateProviderName }))
  expect((await ask()).accepted).toBe(true)
  await expect(iot.send(new DescribeCertificateProviderCommand({ certificateProviderName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})
