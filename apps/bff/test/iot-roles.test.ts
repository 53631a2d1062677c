import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import type { AuditPage, IotRole, IotRoleCheck, IotRoleList } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:pump-alarms'
const SEND = { action: 'sqs:SendMessage', resource: QUEUE }
const PUT = { action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/pumps' }

let console: TestConsole
const grace = new Browser()

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const trust = (service: string, Condition?: object) =>
  document({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  })

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  const iam = new IAMClient(console.sdk)
  const make = (RoleName: string, AssumeRolePolicyDocument: string, Path = '/') =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Path }))
  await make('old-rules', trust('iot.amazonaws.com'))
  await make('of-one-rule', trust('iot.amazonaws.com', { ArnEquals: { 'aws:SourceArn': RULE_ARN } }))
  await make('of-lambda', trust('lambda.amazonaws.com'))
  await make('of-a-console', trust('ecs-tasks.amazonaws.com'), '/thingdeck/')
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'old-rules',
      PolicyName: 'queues',
      PolicyDocument: document({ Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:pump-*' }),
    }),
  )
  iam.destroy()
})
afterAll(async () => console[Symbol.asyncDispose]())

const RULE_ARN = 'arn:aws:iot:us-east-1:123456789012:rule/alarms'
const ROLE_ARN = 'arn:aws:iam::123456789012:role'

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)
const check = async (body: object) => (await call<IotRoleCheck>('POST', '/api/iot-role-checks', body)).body

test('roles that do not trust AWS IoT are not offered', async () => {
  const { body } = await call<IotRoleList>('GET', '/api/iot-roles')
  expect(body.isAll).toBe(true)
  const names = body.roles.map(({ roleName }) => roleName)
  expect(names).toContain('old-rules')
  expect(names).not.toContain('of-lambda')
})

test('what a role may not is told with the reason, and so is whom it trusts', async () => {
  expect(await check({ purpose: 'rule', roleArn: `${ROLE_ARN}/old-rules`, permissions: [SEND, PUT] })).toMatchObject({
    isFound: true,
    mayBeChanged: false,
    trust: { decision: 'ALLOWED' },
    permissions: [
      { ...SEND, decision: 'ALLOWED' },
      { ...PUT, decision: 'IMPLICIT_DENY', why: expect.stringMatching(/./) },
    ],
    unread: [],
  })
  const lambda = await check({ purpose: 'rule', roleArn: `${ROLE_ARN}/of-lambda`, permissions: [] })
  expect(lambda.trust.decision).toBe('IMPLICIT_DENY')
  const ofOneRule = { purpose: 'rule', roleArn: `${ROLE_ARN}/of-one-rule`, permissions: [] }
  expect((await check({ ...ofOneRule, name: 'alarms' })).trust.decision).toBe('ALLOWED')
  expect((await check({ ...ofOneRule, name: 'others' })).trust.decision).toBe('IMPLICIT_DENY')
  expect(await check({ purpose: 'rule', roleArn: `${ROLE_ARN}/nobody`, permissions: [SEND] })).toMatchObject({
    isFound: false,
  })
  // A name is one role's: by another path there is none.
  expect(await check({ purpose: 'rule', roleArn: `${ROLE_ARN}/a/old-rules`, permissions: [] })).toMatchObject({
    isFound: false,
  })
})

test('a role that is made may just what was asked for, until more is allowed; the trail has the documents', async () => {
  const made = await call<IotRole>('POST', '/api/iot-roles', {
    purpose: 'rule',
    roleName: 'pump-alarms',
    permissions: [SEND],
  })
  const roleArn = `${ROLE_ARN}/thingdeck/pump-alarms`
  expect(made).toMatchObject({ status: 200, body: { roleName: 'pump-alarms', roleArn } })
  const decisions = async () =>
    (await check({ purpose: 'rule', roleArn, name: 'alarms', permissions: [SEND, PUT] })).permissions.map(
      ({ decision }) => decision,
    )
  expect(await decisions()).toEqual(['ALLOWED', 'IMPLICIT_DENY'])
  expect(await check({ purpose: 'rule', roleArn, permissions: [] })).toMatchObject({
    mayBeChanged: true,
    trust: { decision: 'ALLOWED' },
  })
  expect(
    (await call('POST', '/api/iot-roles/pump-alarms/permissions', { purpose: 'rule', permissions: [PUT] })).status,
  ).toBe(200)
  expect(await decisions()).toEqual(['ALLOWED', 'ALLOWED'])
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=10')
  const [allowed, created] = trail.entries.filter(({ resource }) => resource?.id === 'pump-alarms')
  expect(created).toMatchObject({ action: 'CreateRole', resource: { arn: roleArn } })
  expect(JSON.stringify(created?.changes)).toContain(QUEUE)
  expect(allowed).toMatchObject({ action: 'PutRolePolicy', changes: [{ path: expect.stringContaining('policy') }] })
})

test('a role for provisioning may what templates need, and nothing of rules', async () => {
  const ofRules = { purpose: 'provisioning', roleName: 'pumps', permissions: [SEND] }
  expect(await call('POST', '/api/iot-roles', ofRules)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  const CREATE = { action: 'iot:CreateThing', resource: '*' }
  const made = await call<IotRole>('POST', '/api/iot-roles', { ...ofRules, permissions: [CREATE] })
  expect(made).toMatchObject({ status: 200, body: { roleName: 'pumps' } })
  const asked = { purpose: 'provisioning', name: 'pump', roleArn: made.body.roleArn, permissions: [CREATE] }
  expect(await check(asked)).toMatchObject({
    mayBeChanged: true,
    trust: { decision: 'ALLOWED' },
    permissions: [{ ...CREATE, decision: 'ALLOWED' }],
  })
})

test('the console makes roles for AWS IoT only, and changes only its own', async () => {
  const admin = { purpose: 'rule', roleName: 'admin', permissions: [{ action: 'iam:CreateUser', resource: '*' }] }
  expect(await call('POST', '/api/iot-roles', admin)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  const more = { purpose: 'rule', permissions: [SEND] }
  expect(await call('POST', '/api/iot-roles/old-rules/permissions', more)).toMatchObject({ status: 404 })
  expect(await call('POST', '/api/iot-roles/of-a-console/permissions', more)).toMatchObject({ status: 404 })
  const own = await check({ purpose: 'rule', roleArn: `${ROLE_ARN}/thingdeck/of-a-console`, permissions: [] })
  expect(own).toMatchObject({ isFound: true, mayBeChanged: false })
  const again = { purpose: 'rule', roleName: 'old-rules', permissions: [SEND] }
  expect(await call('POST', '/api/iot-roles', again)).toMatchObject({
    status: 409,
    body: { code: 'EntityAlreadyExistsException' },
  })
})
