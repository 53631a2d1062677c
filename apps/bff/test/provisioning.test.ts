import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AttachPolicyCommand,
  CreateBillingGroupCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type {
  AuditPage,
  ClaimCertificateList,
  ProvisioningClaim,
  ProvisioningHookAnswer,
  ProvisioningHookCheck,
  ProvisioningSurroundings,
  ProvisioningTemplateDetail,
  ProvisioningTemplatePage,
  ProvisioningTemplateVersionBody,
} from '@thingdeck/contract'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const ROLE = 'arn:aws:iam::123456789012:role/provisioning'
const PREFIX = 'arn:aws:iot:us-east-1:123456789012'

let console: TestConsole
let iot: IoTClient
let lambda: LambdaClient
const grace = new Browser()
const ada = new Browser()

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: statement })
const body = (thingName: string) =>
  JSON.stringify({
    Parameters: { Serial: { Type: 'String' } },
    Resources: {
      thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: thingName } },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
      },
    },
  })

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  await signIn(ada, console.url, 'ada')
  iot = new IoTClient(console.sdk)
  lambda = new LambdaClient(console.sdk)
  const iam = new IAMClient(console.sdk)
  const AssumeRolePolicyDocument = document({
    Effect: 'Allow',
    Principal: { Service: 'iot.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  await iam.send(new CreateRoleCommand({ RoleName: 'provisioning', AssumeRolePolicyDocument }))
  const PolicyDocument = document({ Effect: 'Allow', Action: 'iot:*', Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'provisioning', PolicyName: 'all', PolicyDocument }))
  iam.destroy()
})
afterAll(async () => {
  iot.destroy()
  lambda.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, sent?: object) =>
  ask<Answer>(grace, console.url, method, path, sent)

const create = (templateName: string, more: object = {}) =>
  call<ProvisioningTemplateDetail>('POST', '/api/provisioning-templates', {
    templateName,
    templateBody: body('pump'),
    provisioningRoleArn: ROLE,
    enabled: true,
    type: 'FLEET_PROVISIONING',
    ...more,
  })

test('made, listed, changed, versioned and deleted; the trail has before and after', async () => {
  const made = await create('pumps', { description: 'Pumps', tags: { site: 'north' } })
  expect(made).toMatchObject({
    status: 200,
    body: { templateName: 'pumps', enabled: true, defaultVersionId: 1, versions: [{ versionId: 1, isDefault: true }] },
  })
  const { body: page } = await call<ProvisioningTemplatePage>('GET', '/api/provisioning-templates?maxResults=10')
  expect(page.templates).toMatchObject([{ templateName: 'pumps', type: 'FLEET_PROVISIONING', description: 'Pumps' }])
  const { body: tags } = await call<{ tags: object }>('GET', `/api/tags?resourceArn=${made.body.templateArn}`)
  expect(tags.tags).toEqual({ site: 'north' })

  const path = '/api/provisioning-templates/pumps'
  const next = { templateBody: body('valve'), setAsDefault: false }
  expect(await call('POST', `${path}/versions`, next)).toMatchObject({ body: { versionId: 2, isDefault: false } })
  const { body: second } = await call<ProvisioningTemplateVersionBody>('GET', `${path}/versions/2`)
  expect(second).toEqual({ versionId: 2, isDefault: false, templateBody: next.templateBody })
  const changed = await call<ProvisioningTemplateDetail>('PATCH', path, { defaultVersionId: 2, enabled: false })
  expect(changed.body).toMatchObject({ defaultVersionId: 2, enabled: false, templateBody: next.templateBody })
  expect(await call('DELETE', `${path}/versions/2`)).toMatchObject({
    status: 409,
    body: { code: 'DeleteConflictException' },
  })
  expect(await call('DELETE', `${path}/versions/1`)).toMatchObject({ status: 204 })
  expect(await call('DELETE', path)).toMatchObject({ status: 204 })
  expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'ResourceNotFoundException' } })

  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=20')
  const entries = trail.entries.filter(({ resource }) => resource?.id === 'pumps')
  expect(entries.map(({ action }) => action)).toEqual([
    'DeleteProvisioningTemplate',
    'DeleteProvisioningTemplateVersion',
    'DeleteProvisioningTemplateVersion',
    'UpdateProvisioningTemplate',
    'CreateProvisioningTemplateVersion',
    'CreateProvisioningTemplate',
  ])
  expect(entries[3]?.changes).toContainEqual({ path: '$.enabled', beforeText: 'true', afterText: 'false' })
})

test('what AWS refuses of a template is said in its words', async () => {
  expect(await create('broken', { templateBody: '{"Resources":{}}' })).toMatchObject({
    status: 400,
    body: { code: 'InvalidRequestException' },
  })
})

test('claims are found by the policies of the account; a temporary one is made by an operator, its key in no trail', async () => {
  await create('claimed')
  const claim = async (policyName: string, resource: string) => {
    const { certificateArn, certificateId = '' } = await iot.send(
      new CreateKeysAndCertificateCommand({ setAsActive: true }),
    )
    const policyDocument = document({ Effect: 'Allow', Action: 'iot:Publish', Resource: `${PREFIX}:topic/${resource}` })
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
    return certificateId
  }
  const line = await claim('line-1', '$aws/provisioning-templates/claimed/provision/*')
  const cbor = await claim('line-2', '$aws/provisioning-templates/claimed/provision/cbor')
  await claim('other', '$aws/provisioning-templates/another/provision/*')
  await claim('all', '*')
  await iot.send(new UpdateCertificateCommand({ certificateId: cbor, newStatus: 'INACTIVE' }))
  await vi.waitFor(
    async () => {
      const path = '/api/provisioning-templates/claimed/claim-certificates'
      const { body: list } = await call<ClaimCertificateList>('GET', path)
      expect(list).toMatchObject({ isOver: true, isAll: true, wide: [{ policyName: 'all', targets: 1 }] })
      expect(new Map(list.certificates.map(({ certificateId, status }) => [certificateId, status]))).toEqual(
        new Map([
          [line, 'ACTIVE'],
          [cbor, 'INACTIVE'],
        ]),
      )
    },
    { timeout: 25_000, interval: 500 },
  )
  const path = '/api/provisioning-templates/claimed/provisioning-claims'
  const { body: temporary } = await ask<ProvisioningClaim>(ada, console.url, 'POST', path)
  expect(temporary.privateKey).toContain('PRIVATE KEY')
  expect(Date.parse(temporary.expiresAt)).toBeGreaterThan(Date.now())
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=20')
  const entry = trail.entries.find(({ action }) => action === 'CreateProvisioningClaim')
  expect(entry?.person.name).toBe('Ada')
  expect(JSON.stringify(entry)).toContain(temporary.certificateId)
  expect(JSON.stringify(trail)).not.toContain('PRIVATE KEY')
})

test('what a device would find is read: there, missing, unfit, and no name', async () => {
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall-1' }))
  await iot.send(new CreateBillingGroupCommand({ billingGroupName: 'team' }))
  await iot.send(new CreateThingCommand({ thingName: 'pump-7', attributePayload: { attributes: { site: 'north' } } }))
  const question = {
    thingName: 'pump-7',
    thingTypeName: 'nowhere',
    thingGroups: ['hall-1', 'hall-2', 'no name'],
    billingGroup: 'team',
    policyNames: ['gone'],
    packageVersions: [{ packageName: 'firmware', versionName: '1' }],
  }
  const { status, body: found } = await call<ProvisioningSurroundings>(
    'POST',
    '/api/provisioning-surroundings',
    question,
  )
  expect(status).toBe(200)
  expect(found).toMatchObject({
    thing: { presence: 'there', thing: { attributes: { site: 'north' }, thingGroups: [] } },
    thingType: { presence: 'missing' },
    thingGroups: [{ presence: 'there' }, { presence: 'missing' }, { presence: 'not-a-name' }],
    billingGroup: { presence: 'there' },
    policies: [{ name: 'gone', presence: 'missing' }],
    packageVersions: [{ presence: 'missing' }],
  })
})

test('whether AWS IoT may call a hook is said; it is run for real by an admin, and the trail says so', async () => {
  const code =
    'export const handler = async (event) => ({ allowProvisioning: true, parameterOverrides: event.parameters })'
  const { FunctionArn: functionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'let-in',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 30,
      Role: 'arn:aws:iam::123456789012:role/functions-of-nobody-defined',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code) }) },
    }),
  )
  const check = async (arn: string) =>
    (
      await call<ProvisioningHookCheck>(
        'GET',
        `/api/provisioning-hook-check?templateName=pumps&functionArn=${encodeURIComponent(arn)}`,
      )
    ).body
  expect(await check(functionArn)).toMatchObject({ isFound: true, decision: 'IMPLICIT_DENY' })
  expect(await check(`${functionArn}-gone`)).toMatchObject({ isFound: false })
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'let-in',
      StatementId: 'iot-provisioning-pumps',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceArn: `${PREFIX}:provisioningtemplate/pumps`,
    }),
  )
  expect(await check(functionArn)).toMatchObject({ isFound: true, decision: 'ALLOWED', timeoutSeconds: 30 })
  const event = {
    claimCertificateId: '0'.repeat(64),
    certificateId: '1'.repeat(64),
    certificatePem: 'PEM',
    templateArn: `${PREFIX}:provisioningtemplate/pumps`,
    clientId: 'rehearsal',
    parameters: { Serial: 'batch-secret' },
  }
  const { body: answer } = await call<ProvisioningHookAnswer>('POST', '/api/provisioning-hook-trials', {
    functionArn,
    event,
  })
  expect(JSON.parse(answer.payload)).toEqual({
    allowProvisioning: true,
    parameterOverrides: { Serial: 'batch-secret' },
  })
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=5')
  const [entry] = trail.entries
  expect(entry).toMatchObject({ action: 'InvokeFunction', resource: { type: 'function', id: functionArn } })
  expect(JSON.stringify(entry?.changes)).toContain('Serial')
  expect(JSON.stringify(entry?.changes)).not.toContain('batch-secret')
})
