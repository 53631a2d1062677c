import {
  CreateBillingGroupCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsV2Command,
} from '@aws-sdk/client-iot'
import type { AuditPage, MadeCertificate, MadeThing, ThingDetails } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  await signIn(grace, console.url, 'grace')
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'belt' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'north' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'south' }))
  await iot.send(new CreateBillingGroupCommand({ billingGroupName: 'hall-2' }))
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

test('made, and made again as AWS has it: the same thing for the same wish, a refusal for another', async () => {
  const wish = {
    thingName: 'pump-7',
    thingTypeName: 'pump',
    attributes: { site: 'hall-2', serial: '7' },
    billingGroupName: 'hall-2',
  }
  const made = await call<MadeThing>('POST', '/api/things', wish)
  expect(made).toMatchObject({ status: 200, body: { thingName: 'pump-7' } })
  expect((await call<MadeThing>('POST', '/api/things', wish)).body.thingId).toBe(made.body.thingId)
  const other = { ...wish, attributes: { site: 'hall-3' } }
  expect(await call('POST', '/api/things', other)).toMatchObject({
    status: 409,
    body: { code: 'ResourceAlreadyExistsException' },
  })
  const few = { thingName: 'pump-8', attributes: { a: '1', b: '2', c: '3', d: '4' } }
  expect(await call('POST', '/api/things', few)).toMatchObject({
    status: 400,
    body: { code: 'InvalidRequestException' },
  })
})

test('an update takes the version that was seen: what somebody else wrote meanwhile is not overwritten', async () => {
  await call('POST', '/api/things', { thingName: 'lamp-1', attributes: { a: '1', b: '2' } })
  const update = (body: object) => call('PATCH', '/api/things/lamp-1', body)
  expect((await update({ expectedVersion: 1, attributes: { a: '', c: '3' } })).status).toBe(204)
  expect(await update({ expectedVersion: 1, attributes: { a: '9' } })).toMatchObject({
    status: 409,
    body: { code: 'VersionConflictException' },
  })
  expect((await update({ expectedVersion: 2, thingTypeName: 'pump' })).status).toBe(204)
  expect((await update({ expectedVersion: 3, removeThingType: true })).status).toBe(204)
  const after = await iot.send(new DescribeThingCommand({ thingName: 'lamp-1' }))
  expect(after).toMatchObject({ attributes: { b: '2', c: '3' }, version: 4 })
  expect(after.thingTypeName).toBeUndefined()

  // Made anew it has versions of before once more: its id tells it from the one that was seen.
  expect((await call('DELETE', `/api/things/lamp-1?expectedThingId=${after.thingId}`)).status).toBe(204)
  await call('POST', '/api/things', { thingName: 'lamp-1', attributes: { a: '1' } })
  const late = { expectedVersion: 1, expectedThingId: after.thingId, attributes: { a: '9' } }
  expect(await update(late)).toMatchObject({ status: 409, body: { code: 'MADE_ANEW' } })
  const gone = `/api/things/lamp-1?expectedVersion=1&expectedThingId=${after.thingId}`
  expect(await call('DELETE', gone)).toMatchObject({ status: 409, body: { code: 'MADE_ANEW' } })
})

test('groups, billing group and principals; the trail has each with the thing as its resource', async () => {
  await call('POST', '/api/things', { thingName: 'fan-1' })
  const groups = async () =>
    (await iot.send(new ListThingGroupsForThingCommand({ thingName: 'fan-1' }))).thingGroups?.map((g) => g.groupName)
  expect((await call('PATCH', '/api/things/fan-1/groups', { add: ['north'], remove: [] })).status).toBe(204)
  expect((await call('PATCH', '/api/things/fan-1/groups', { add: ['south'], remove: ['north'] })).status).toBe(204)
  expect(await groups()).toEqual(['south'])
  const billing = '/api/things/fan-1/billing-group'
  expect((await call('PUT', billing, { billingGroupName: 'hall-2' })).status).toBe(204)
  expect((await call('DELETE', `${billing}?billingGroupName=hall-2`)).status).toBe(204)

  const made = await call<MadeCertificate>('POST', '/api/certificates/keys', { setAsActive: true })
  const principal = made.body.certificateArn
  const body = { principal, thingPrincipalType: 'EXCLUSIVE_THING' }
  expect((await call('PUT', '/api/things/fan-1/principals', body)).status).toBe(204)
  const { thingPrincipalObjects } = await iot.send(new ListThingPrincipalsV2Command({ thingName: 'fan-1' }))
  expect(thingPrincipalObjects).toEqual([{ principal, thingPrincipalType: 'EXCLUSIVE_THING' }])
  // Like AWS: a thing with a principal is not deleted.
  expect(await call('DELETE', '/api/things/fan-1')).toMatchObject({ body: { code: 'InvalidRequestException' } })
  const detach = `/api/things/fan-1/principals?principal=${encodeURIComponent(principal)}`
  expect((await call('DELETE', detach)).status).toBe(204)
  await call('PATCH', '/api/things/fan-1', { expectedVersion: 1, attributes: { site: 'hall-3' } })
  expect(await call('DELETE', '/api/things/fan-1?expectedVersion=1')).toMatchObject({
    body: { code: 'VersionConflictException' },
  })
  const { version } = await iot.send(new DescribeThingCommand({ thingName: 'fan-1' }))
  expect((await call('DELETE', `/api/things/fan-1?expectedVersion=${version}`)).status).toBe(204)

  const trail = await call<AuditPage>('GET', '/api/audit?thing=fan-1&limit=50')
  expect(trail.body.entries.map(({ action, outcome }) => `${action} ${outcome.code ?? 'done'}`).reverse()).toEqual([
    'CreateThing done',
    'UpdateThingGroupsForThing done',
    'UpdateThingGroupsForThing done',
    'AddThingToBillingGroup done',
    'RemoveThingFromBillingGroup done',
    'AttachThingPrincipal done',
    'DeleteThing InvalidRequestException',
    'DetachThingPrincipal done',
    'UpdateThing done',
    'DeleteThing VersionConflictException',
    'DeleteThing done',
  ])
  const changes = trail.body.entries.flatMap((entry) => entry.changes ?? [])
  expect(changes).toContainEqual({ path: '$.groups.north', beforeText: '"there"' })
  expect(changes).toContainEqual({ path: '$.groups.south', afterText: '"there"' })
})

test('a thing whole in one request: each part beside the others', async () => {
  await call('POST', '/api/things', { thingName: 'valve-1', thingTypeName: 'pump', attributes: { site: 'hall-2' } })
  await call('POST', '/api/things', { thingName: 'valve-2' })
  await call('PATCH', '/api/things/valve-1/groups', { add: ['north'], remove: [] })
  const { certificateArn: principal } = (
    await call<MadeCertificate>('POST', '/api/certificates/keys', { setAsActive: true })
  ).body
  for (const thingName of ['valve-1', 'valve-2']) {
    const body = { principal, thingPrincipalType: 'NON_EXCLUSIVE_THING' }
    await call('PUT', `/api/things/${thingName}/principals`, body)
  }
  const { body } = await call<ThingDetails>('GET', '/api/things/valve-1/details')
  expect(body).toMatchObject({
    thing: { thingName: 'valve-1', thingTypeName: 'pump', attributes: { site: 'hall-2' }, version: 1 },
    groups: { value: ['north'] },
    principals: {
      value: [
        {
          principal,
          type: 'NON_EXCLUSIVE_THING',
          certificate: { status: 'ACTIVE', policyNames: [], groupPolicyNames: [] },
          otherThings: ['valve-2'],
        },
      ],
    },
    connection: { value: { connected: false, toldBy: 'nobody' } },
    kind: { value: { thingTypeName: 'pump' } },
  })
  await call('POST', '/api/fleet/index', { connectivity: true })
  await call('POST', '/api/things', { thingName: 'belt-1', thingTypeName: 'belt' })
  const kindOf = async (thingName: string) =>
    (await call<ThingDetails>('GET', `/api/things/${thingName}/details`)).body.kind.value
  await expect.poll(() => kindOf('belt-1')).toEqual({ thingTypeName: 'belt', things: 1, disconnected: 1 })
  expect(await call('GET', '/api/things/nobody/details')).toMatchObject({
    status: 404,
    body: { code: 'ResourceNotFoundException' },
  })
})
