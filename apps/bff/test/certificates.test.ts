import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

const get = async (path: string) => {
  const response = await browser.fetch(`${console.url}${path}`)
  return { status: response.status, body: JSON.parse(await response.text()) }
}

test('a certificate with its status, validity and policies, and without its PEM', async () => {
  const iot = new IoTClient(console.sdk)
  const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  const { certificateId = '', certificateArn = '' } = made
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
  })
  for (const policyName of ['telemetry', 'base']) {
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
  }
  const { body } = await get(`/api/certificates/${certificateId}`)
  expect(body).toEqual({
    certificateId,
    certificateArn,
    status: 'ACTIVE',
    createdAt: expect.any(String),
    notBefore: expect.any(String),
    notAfter: expect.any(String),
    policyNames: ['base', 'telemetry'],
    groupPolicyNames: [],
  })
  expect(Date.parse(body.notAfter)).toBeGreaterThan(Date.parse(body.notBefore))

  await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
  expect((await get(`/api/certificates/${certificateId}`)).body).toMatchObject({ status: 'INACTIVE' })
})

test('as the principal of a thing it has the policies of the groups of that thing too', async () => {
  const iot = new IoTClient(console.sdk)
  const { certificateId, certificateArn: principal } = await iot.send(
    new CreateKeysAndCertificateCommand({ setAsActive: true }),
  )
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }],
  })
  await iot.send(new CreatePolicyCommand({ policyName: 'of-the-hall', policyDocument }))
  const { thingGroupArn: target } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  await iot.send(new AttachPolicyCommand({ policyName: 'of-the-hall', target }))
  await iot.send(new CreateThingCommand({ thingName: 'pump-1' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump-1', thingGroupName: 'hall' }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-1', principal }))
  expect((await get(`/api/certificates/${certificateId}?thingName=pump-1`)).body).toMatchObject({
    policyNames: [],
    groupPolicyNames: ['of-the-hall'],
  })
})

test.each([
  ['f'.repeat(64), 404, 'ResourceNotFoundException'],
  ['abc', 400, 'BAD_REQUEST'],
])('%s: %i %s', async (certificateId, status, code) => {
  const answer = await get(`/api/certificates/${certificateId}`)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
})
