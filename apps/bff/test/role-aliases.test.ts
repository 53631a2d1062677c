import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type { AuditPage, RoleAlias, RoleAliasPage, RoleAliasTrial, RoleAliasUsers } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const ROLE = 'arn:aws:iam::123456789012:role/uploads'
const OTHER = 'arn:aws:iam::123456789012:role/other'

let console: TestConsole
const grace = new Browser()
let certificate: { id: string; arn: string }

const document = (resource: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iot:AssumeRoleWithCertificate', Resource: resource, ...more },
  })

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  const iot = new IoTClient(console.sdk)
  const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  certificate = { id: made.certificateId ?? '', arn: made.certificateArn ?? '' }
  const alias = 'arn:aws:iot:us-east-1:123456789012:rolealias/uploads'
  for (const [policyName, policyDocument] of [
    ['may-upload', document(alias)],
    ['no-such', document('arn:aws:iot:us-east-1:123456789012:rolealias/other')],
    ['if-attached', document(alias, { Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } } })],
    ['never', document(alias, { Effect: 'Deny' })],
  ]) {
    await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  }
  await iot.send(new AttachPolicyCommand({ policyName: 'may-upload', target: certificate.arn }))
  for (const thingName of ['pump-7', 'pump-8']) await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'pump-7', principal: certificate.arn }))
  iot.destroy()
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

const definition = { roleArn: ROLE, credentialDurationSeconds: 900 }

test('made, listed, changed and deleted; the trail has before and after', async () => {
  const made = await call<RoleAlias>('POST', '/api/role-aliases', { roleAlias: 'short-lived', ...definition })
  expect(made).toMatchObject({ status: 200, body: { roleAlias: 'short-lived', ...definition } })
  const { body: page } = await call<RoleAliasPage>('GET', '/api/role-aliases?maxResults=10')
  expect(page.roleAliases).toContain('short-lived')
  const change = { roleArn: OTHER, credentialDurationSeconds: 1800 }
  expect(await call('PUT', '/api/role-aliases/short-lived', change)).toMatchObject({ status: 200, body: change })
  expect(await call('DELETE', '/api/role-aliases/short-lived')).toMatchObject({ status: 204 })
  expect(await call('GET', '/api/role-aliases/short-lived')).toMatchObject({
    status: 404,
    body: { code: 'ResourceNotFoundException' },
  })
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=10')
  expect(trail.entries.filter(({ resource }) => resource?.id === 'short-lived')).toMatchObject([
    { action: 'DeleteRoleAlias' },
    {
      action: 'UpdateRoleAlias',
      changes: expect.arrayContaining([{ path: '$.roleArn', beforeText: `"${ROLE}"`, afterText: `"${OTHER}"` }]),
    },
    { action: 'CreateRoleAlias' },
  ])
})

test('the policies that speak of it, what they say, and whom they are attached to', async () => {
  await call('POST', '/api/role-aliases', { roleAlias: 'uploads', ...definition })
  await vi.waitFor(
    async () => {
      const { body } = await call<RoleAliasUsers>('GET', '/api/role-aliases/uploads/users')
      expect(body).toMatchObject({ isOver: true, isAll: true })
      expect(body.policies).toEqual([
        { policyName: 'if-attached', effect: 'depends', targets: [], hasMoreTargets: false },
        { policyName: 'may-upload', effect: 'allows', targets: [certificate.arn], hasMoreTargets: false },
        { policyName: 'never', effect: 'denies', targets: [], hasMoreTargets: false },
      ])
    },
    { timeout: 20_000 },
  )
})

test('what a certificate would be answered, and where its device asks', async () => {
  const trial = (alias: string, thing = '') =>
    call<RoleAliasTrial>('GET', `/api/role-aliases/${alias}/trial?certificateId=${certificate.id}${thing}`)
  expect((await trial('uploads')).body).toMatchObject({
    decision: 'ALLOWED',
    certificateStatus: 'ACTIVE',
    policyNames: ['may-upload'],
    endpoint: { url: `${console.server.https}/role-aliases/uploads/credentials` },
  })
  await call('POST', '/api/role-aliases', { roleAlias: 'nobody', ...definition })
  const { body } = await trial('nobody', '&thingName=pump-7')
  expect(body).toMatchObject({ decision: 'IMPLICIT_DENY', isThingAttached: true })
  expect(body.why).toContain('statement 1 of policy may-upload, but its resources do not match')
  expect((await trial('uploads', '&thingName=pump-8')).body.isThingAttached).toBe(false)
})
