// @vitest-environment node
import { UpdateCertificateCommand, UpdateProvisioningTemplateCommand } from '@aws-sdk/client-iot'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { policyHome } from '@thingdeck/policies'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { POOR_ROLE, startProvisioningServer } from '../../../../test/provisioning-server.ts'
import { claimPolicy } from '../claims/claim-policy.ts'
import { useOf } from '../claims/claim-use.ts'
import { STARTING_POINTS } from '../editor/starting-points.ts'
import { provisioningFacts, provisioningFailure } from './provisioning-failure.ts'

const HOME = policyHome('us-east-1', '123456789012')
const BODY = STARTING_POINTS.find(({ id }) => id === 'claim')?.body(HOME) as { readonly Resources: object } // a template's

let line: Awaited<ReturnType<typeof startProvisioningServer>>
let lambda: LambdaClient
beforeAll(async () => {
  line = await startProvisioningServer()
  lambda = new LambdaClient(line.server.sdk)
})
afterAll(async () => {
  lambda?.destroy()
  await line?.[Symbol.asyncDispose]()
})

const policyFor = (templateName: string) => claimPolicy({ templateName, clientIdPrefix: 'line-1-', way: 'keys' }, HOME)

/** Why the last device that came by a template was not provisioned. */
const why = (templateName: string) =>
  vi.waitFor(
    async () => {
      const [entry] = await line.entries(
        `{ $.eventType = "ProvisionDevice" && $.provisioningTemplateName = "${templateName}" }`,
      )
      const failure = entry && provisioningFailure(entry)
      if (!failure) throw new Error(`no failure of ${templateName} yet`)
      return failure
    },
    { timeout: 20_000 },
  )

/** A hook that answers what its code returns. */
async function hook(name: string, code: string): Promise<string> {
  const made = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/functions-of-nobody-defined',
      Timeout: 30,
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(`export const handler = async (event) => ${code}`) }) },
    }),
  )
  return made.FunctionArn ?? ''
}

const mayBeCalled = (FunctionName: string) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    }),
  )

test('a device that has what it needs is provisioned by the policy that the console makes for a claim', async () => {
  await line.createTemplate('good', BODY)
  const claim = await line.makeClaim(policyFor('good'))
  const answer = await line.provision(claim, 'good', { SerialNumber: '7' })
  expect(answer).toMatchObject({ isAccepted: true, document: { thingName: 'device-7' } })
  await vi.waitFor(
    async () => {
      const [entry] = await line.entries('{ $.eventType = "ProvisionDevice" && $.provisioningTemplateName = "good" }')
      expect(entry && provisioningFailure(entry)).toBeUndefined()
      expect(entry).toMatchObject({ status: 'Success', thingName: 'device-7', principalId: claim.certificateId })
      expect(entry && provisioningFacts(entry)).toMatchObject({ templateName: 'good', operation: 'RegisterThing' })
      const used = useOf(await line.entries(`{ $.principalId = "${claim.certificateId}" }`))
      expect(used).toMatchObject({ provisioned: 1, refused: 0, connections: 1 })
      expect(used.sources).toHaveLength(1)
    },
    { timeout: 20_000 },
  )
})

test('a parameter that is missing is named', async () => {
  await line.createTemplate('no-parameter', BODY)
  const answer = await line.provision(await line.makeClaim(policyFor('no-parameter')), 'no-parameter', {})
  expect(answer.isAccepted).toBe(false)
  expect(await why('no-parameter')).toMatchObject({
    kind: 'parameters',
    why: 'The parameter SerialNumber is missing',
    whatToDo: expect.stringMatching(/default/),
  })
})

test('a template that is disabled, and one that is not there', async () => {
  await line.createTemplate('off', BODY)
  const claim = await line.makeClaim(policyFor('off'))
  await line.iot.send(new UpdateProvisioningTemplateCommand({ templateName: 'off', enabled: false }))
  await line.provision(claim, 'off', { SerialNumber: '1' })
  expect(await why('off')).toMatchObject({ kind: 'disabled', whatToDo: expect.stringMatching(/Enable/) })
  await line.provision(await line.makeClaim(policyFor('gone')), 'gone', { SerialNumber: '1' })
  expect(await why('gone')).toMatchObject({ kind: 'no-template' })
})

test.each([
  ['refusing', '({ allowProvisioning: false })', true, /did not let the device in/],
  ['failing', "{ throw new Error('no stock') }", true, /failed: no stock/],
  ['unfit', '({ allowProvisioning: true, parameterOverrides: { A: 1 } })', true, /not what AWS IoT takes/],
  ['uncalled', '({ allowProvisioning: true })', false, /could not call the hook/],
])('a hook that is %s', async (name, code, isAllowed, words) => {
  const targetArn = await hook(name, code)
  if (isAllowed) await mayBeCalled(name)
  await line.createTemplate(`hook-${name}`, BODY, { preProvisioningHook: { targetArn } })
  await line.provision(await line.makeClaim(policyFor(`hook-${name}`)), `hook-${name}`, { SerialNumber: '1' })
  expect(await why(`hook-${name}`)).toMatchObject({ kind: 'hook', why: expect.stringMatching(words) })
})

test('a role that may not, a type that is not there, and a thing that is in the way', async () => {
  const serial = { SerialNumber: '9' }
  await line.createTemplate('poor', BODY, { provisioningRoleArn: POOR_ROLE })
  await line.provision(await line.makeClaim(policyFor('poor')), 'poor', serial)
  expect(await why('poor')).toMatchObject({ kind: 'role', why: expect.stringContaining('iot:CreateThing') })

  const withThing = (thing: object) => ({ ...BODY, Resources: { ...BODY.Resources, thing } })
  const thing = {
    Type: 'AWS::IoT::Thing',
    Properties: { ThingName: { Ref: 'SerialNumber' }, ThingTypeName: 'nowhere' },
  }
  await line.createTemplate('no-type', withThing(thing))
  await line.provision(await line.makeClaim(policyFor('no-type')), 'no-type', serial)
  expect(await why('no-type')).toMatchObject({ kind: 'missing' })

  const strict = {
    Type: 'AWS::IoT::Thing',
    Properties: { ThingName: 'the-one', AttributePayload: { serial: { Ref: 'SerialNumber' } } },
    OverrideSettings: { AttributePayload: 'FAIL' },
  }
  await line.createTemplate('strict', withThing(strict))
  const claim = await line.makeClaim(policyFor('strict'))
  expect((await line.provision(claim, 'strict', serial)).isAccepted).toBe(true)
  expect((await line.provision(claim, 'strict', serial)).isAccepted).toBe(false)
  expect(await why('strict')).toMatchObject({ kind: 'conflict' })
})

test.each([
  ['INACTIVE', /^Activate it under Claims/],
  ['REVOKED', /^It cannot be used again/],
] as const)('a claim that is %s', async (newStatus, cure) => {
  const claim = await line.makeClaim(policyFor('good'))
  await line.iot.send(new UpdateCertificateCommand({ certificateId: claim.certificateId, newStatus }))
  await expect(line.connect(claim, 'line-1-x')).rejects.toThrow()
  await vi.waitFor(
    async () => {
      const [entry] = await line.entries(`{ $.principalId = "${claim.certificateId}" && $.status = "Failure" }`)
      expect(entry && provisioningFailure(entry)).toMatchObject({
        kind: 'claim-inactive',
        whatToDo: expect.stringMatching(cure),
      })
    },
    { timeout: 20_000 },
  )
})

test('a claim whose policy is for another template', async () => {
  const other = await line.makeClaim(policyFor('another'))
  const device = await line.connect(other, 'line-1-y')
  const topic = '$aws/provisioning-templates/good/provision/json'
  await expect(device.publishAsync(topic, '{}', { qos: 1 })).rejects.toThrow()
  await device.endAsync(true)
  await vi.waitFor(
    async () => {
      const [entry] = await line.entries(`{ $.principalId = "${other.certificateId}" && $.status = "Failure" }`)
      expect(entry && provisioningFailure(entry)).toMatchObject({
        kind: 'claim-policy',
        why: expect.stringContaining(topic),
      })
      expect(entry && provisioningFacts(entry)).toMatchObject({ templateName: 'good' })
    },
    { timeout: 20_000 },
  )
})
