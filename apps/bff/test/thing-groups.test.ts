import {
  CreateThingCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingsInThingGroupCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import type {
  AuditPage,
  BillingGroup,
  BillingGroupLook,
  ThingGroup,
  ThingGroupLook,
  ThingGroupPage,
  ThingGroupPolicy,
  ThingGroupTrial,
  ThingNamePage,
  ThingTypeDetail,
  ThingTypePage,
  ThingTypeUse,
} from '@thingdeck/contract'
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
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

const actions = async (type: string, id: string) => {
  const { body } = await call<AuditPage>('GET', `/api/audit?resourceType=${type}&resourceId=${id}`)
  return body.entries.map(({ action, outcome }) => [action, outcome.code])
}

test('a thing type: made, told apart by its things, changed where AWS changes it, deprecated', async () => {
  const made = await call<ThingTypeDetail>('POST', '/api/thing-types', {
    thingTypeName: 'pump',
    description: 'moves water',
    searchableAttributes: ['site'],
    propagatingAttributes: [{ userPropertyKey: 'site', thingAttribute: 'site' }],
    tags: { team: 'halls' },
  })
  expect(made.body).toMatchObject({
    thingTypeName: 'pump',
    description: 'moves water',
    searchableAttributes: ['site'],
    propagatingAttributes: [{ userPropertyKey: 'site', thingAttribute: 'site' }],
    isDeprecated: false,
    tags: { team: 'halls' },
  })
  await iot.send(new CreateThingCommand({ thingName: 'pump-1', thingTypeName: 'pump' }))
  const { body: uses } = await call<{ uses: ThingTypeUse[] }>('GET', '/api/thing-type-uses?thingTypeName=pump')
  expect(uses.uses).toEqual([{ thingTypeName: 'pump', things: { count: 1, isAtLeast: false } }])

  const after = [{ userPropertyKey: 'id', connectionAttribute: 'iot:ClientId' }]
  const update = (expected: object) =>
    call<ThingTypeDetail>('PUT', '/api/thing-types/pump', { propagatingAttributes: after, expected })
  expect((await update(made.body.propagatingAttributes)).body.propagatingAttributes).toEqual(after)
  // Who began with what was before is told of it.
  const late = await update(made.body.propagatingAttributes)
  expect([late.status, late.body.code]).toEqual([409, 'THING_TYPE_CHANGED'])

  expect((await call('DELETE', '/api/thing-types/pump')).body.code).toBe('InvalidRequestException')
  const deprecated = await call<ThingTypeDetail>('PUT', '/api/thing-types/pump/deprecation', { isDeprecated: true })
  expect(deprecated.body).toMatchObject({ isDeprecated: true, deprecatedAt: expect.any(String) })
  expect((await call('DELETE', '/api/thing-types/pump')).body.detail).toMatch(/5 minutes/)
  const undone = await call<ThingTypeDetail>('PUT', '/api/thing-types/pump/deprecation', { isDeprecated: false })
  expect(undone.body.deprecatedAt).toBeUndefined()

  // What is refused again and again is one entry of the trail.
  expect(await actions('thing-type', 'pump')).toEqual([
    ['DeprecateThingType', undefined],
    ['DeprecateThingType', undefined],
    ['DeleteThingType', 'InvalidRequestException'],
    ['UpdateThingType', 'THING_TYPE_CHANGED'],
    ['UpdateThingType', undefined],
    ['CreateThingType', undefined],
  ])
  const found = async (query: string) =>
    (await call<ThingTypePage>('GET', `/api/thing-types?${query}`)).body.thingTypes.map((type) => type.thingTypeName)
  expect(await found('name=UM')).toEqual(['pump'])
  expect(await found('prefix=pu')).toEqual(['pump'])
  expect(await found('prefix=um')).toEqual([])
})

test('a tree of groups: levels, looks, members, policies from above, versions, and what stands in the way of deleting', async () => {
  const make = (body: object) => call<ThingGroup>('POST', '/api/thing-groups', body)
  await make({ thingGroupName: 'site', description: 'all of it', attributes: { city: 'Kiel' } })
  const hall = (await make({ thingGroupName: 'hall', parent: 'site', tags: { floor: '1' } })).body
  expect(hall).toMatchObject({ parents: ['site'], version: 1, tags: { floor: '1' } })
  const level = async (query: string) =>
    (await call<ThingGroupPage>('GET', `/api/thing-groups?${query}`)).body.thingGroups.map(
      (each) => each.thingGroupName,
    )
  expect(await level('isRoot=true')).toEqual(['site'])
  expect(await level('parent=site')).toEqual(['hall'])
  expect(await level('name=AL')).toEqual(['hall'])

  await iot.send(new CreateThingCommand({ thingName: 'lamp-1' }))
  expect((await call('PUT', '/api/thing-groups/hall/things/lamp-1', {})).status).toBe(204)
  const { body: things } = await call<ThingNamePage>('GET', '/api/thing-groups/site/things?recursive=true')
  expect(things.thingNames).toEqual(['lamp-1'])
  expect((await call<ThingNamePage>('GET', '/api/thing-groups/site/things')).body.thingNames).toEqual([])
  const { body: seen } = await call<{ looks: ThingGroupLook[] }>(
    'GET',
    '/api/thing-group-looks?thingGroupName=site&thingGroupName=hall&thingGroupName=gone',
  )
  const one = { count: 1, isAtLeast: false }
  expect(seen.looks).toEqual([
    { thingGroupName: 'site', description: 'all of it', parents: [], hasChildren: true, things: one },
    { thingGroupName: 'hall', parents: ['site'], hasChildren: false, things: one },
  ])

  await call('POST', '/api/policies', {
    policyName: 'base',
    policyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }],
    }),
  })
  const siteArn = hall.thingGroupArn.replace('hall', 'site')
  expect((await call('POST', '/api/policies/base/targets', { target: siteArn })).status).toBe(204)
  const { body: held } = await call<{ policies: ThingGroupPolicy[] }>('GET', '/api/thing-groups/hall/policies')
  expect(held.policies).toMatchObject([
    { policyName: 'base', from: { thingGroupName: 'site', thingGroupArn: siteArn } },
  ])

  const change = { description: '', attributes: { lit: 'yes' }, expectedVersion: 1 }
  expect((await call<ThingGroup>('PUT', '/api/thing-groups/site', change)).body).toMatchObject({
    version: 2,
    attributes: { lit: 'yes' },
  })
  expect((await call('PUT', '/api/thing-groups/site', change)).body.code).toBe('VersionConflictException')
  const ofAnother = { ...change, expectedVersion: 2, expectedThingGroupId: hall.thingGroupId }
  expect(await call('PUT', '/api/thing-groups/site', ofAnother)).toMatchObject({
    status: 409,
    body: { code: 'MADE_ANEW' },
  })
  const queried = { ...change, expectedVersion: 2, queryString: 'thingName:*' }
  expect((await call('PUT', '/api/thing-groups/site', queried)).body.code).toBe('BAD_REQUEST')
  expect((await make({ thingGroupName: 'odd', parent: 'site', queryString: 'thingName:*' })).body).toMatchObject({
    code: 'BAD_REQUEST',
  })

  expect((await call('DELETE', '/api/thing-groups/site')).body.detail).toMatch(/child groups/)
  expect((await call('DELETE', '/api/thing-groups/hall/things/lamp-1')).status).toBe(204)
  const left = await iot.send(new ListThingsInThingGroupCommand({ thingGroupName: 'hall' }))
  expect(left.things).toEqual([])
  // One that somebody deletes and makes anew has the version of before, and is another all the same.
  expect((await call('DELETE', '/api/thing-groups/hall')).status).toBe(204)
  const again = (await make({ thingGroupName: 'hall', parent: 'site' })).body
  expect(again.version).toBe(1)
  const deletion = (id: string | undefined) =>
    call('DELETE', `/api/thing-groups/hall?expectedVersion=1&expectedThingGroupId=${id}`)
  expect((await deletion(hall.thingGroupId)).body.code).toBe('MADE_ANEW')
  expect((await deletion(again.thingGroupId)).status).toBe(204)
  expect(await actions('thing-group', 'hall')).toEqual([
    ['DeleteThingGroup', undefined],
    ['DeleteThingGroup', 'MADE_ANEW'],
    ['CreateThingGroup', undefined],
    ['DeleteThingGroup', undefined],
    ['RemoveThingFromThingGroup', undefined],
    ['AddThingToThingGroup', undefined],
    ['CreateThingGroup', undefined],
  ])
})

test('a dynamic group: its query is tried first, and finds nothing to try without an index', async () => {
  const trial = (queryString: string) =>
    call<ThingGroupTrial>('GET', `/api/thing-group-trial?queryString=${encodeURIComponent(queryString)}`)
  expect((await trial('thingName:door*')).body.code).toBe('ResourceNotFoundException')
  await iot.send(
    new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
  )
  for (const thingName of ['door-1', 'door-2']) await iot.send(new CreateThingCommand({ thingName }))
  expect((await trial('thingName:door*')).body).toEqual({ about: 2, thingNames: ['door-1', 'door-2'] })
  expect((await trial('thingName:(')).body.code).toBe('InvalidQueryException')

  const made = await call<ThingGroup>('POST', '/api/thing-groups', {
    thingGroupName: 'doors',
    queryString: 'thingName:door*',
  })
  expect(made.body).toMatchObject({ queryString: 'thingName:door*', status: 'ACTIVE', parents: [] })
  const { body } = await call<{ looks: ThingGroupLook[] }>('GET', '/api/thing-group-looks?thingGroupName=doors')
  expect(body.looks).toMatchObject([{ queryString: 'thingName:door*', hasChildren: false, things: { count: 2 } }])
  const updated = await call<ThingGroup>('PUT', '/api/thing-groups/doors', {
    description: 'one',
    attributes: {},
    queryString: 'thingName:door-1',
    expectedVersion: 1,
  })
  expect(updated.body).toMatchObject({ description: 'one', queryString: 'thingName:door-1', version: 2 })
  expect((await call('PUT', '/api/thing-groups/doors/things/door-2', {})).body.code).toBe('InvalidRequestException')
  expect((await call('DELETE', '/api/thing-groups/doors')).status).toBe(204)
})

test('a billing group: described, changed by its version, its things added and removed', async () => {
  const made = await call<BillingGroup>('POST', '/api/billing-groups', {
    billingGroupName: 'kiel',
    description: 'the site',
    tags: { customer: 'harbour' },
  })
  expect(made.body).toMatchObject({ version: 1, description: 'the site', tags: { customer: 'harbour' } })
  await iot.send(new CreateThingCommand({ thingName: 'crane' }))
  expect((await call('PUT', '/api/billing-groups/kiel/things/crane')).status).toBe(204)
  expect((await iot.send(new DescribeThingCommand({ thingName: 'crane' }))).billingGroupName).toBe('kiel')
  const { body } = await call<{ looks: BillingGroupLook[] }>('GET', '/api/billing-group-looks?billingGroupName=kiel')
  expect(body.looks).toMatchObject([{ description: 'the site', things: { count: 1, isAtLeast: false } }])
  expect((await call<ThingNamePage>('GET', '/api/billing-groups/kiel/things')).body.thingNames).toEqual(['crane'])

  const update = { description: 'the port', expectedVersion: 1 }
  expect((await call<BillingGroup>('PUT', '/api/billing-groups/kiel', update)).body.version).toBe(2)
  expect((await call('PUT', '/api/billing-groups/kiel', update)).body.code).toBe('VersionConflictException')
  expect((await call('DELETE', '/api/billing-groups/kiel/things/crane')).status).toBe(204)
  expect((await call('DELETE', '/api/billing-groups/kiel')).status).toBe(204)
  expect((await call('GET', '/api/billing-groups/kiel')).status).toBe(404)
  expect((await actions('billing-group', 'kiel')).length).toBe(6)
})

test('tags of whatever has some: given and taken, others left alone, AWS’s own refused, and the trail names what has them', async () => {
  const { body: group } = await call<BillingGroup>('POST', '/api/billing-groups', {
    billingGroupName: 'tagged',
    tags: { a: '1', b: '2' },
  })
  const resourceArn = group.billingGroupArn
  const change = (set: object, remove: readonly string[]) => call('PATCH', '/api/tags', { resourceArn, set, remove })
  expect((await change({ a: '9', c: '' }, ['b'])).status).toBe(204)
  const tags = await call<{ tags: object }>('GET', `/api/tags?resourceArn=${encodeURIComponent(resourceArn)}`)
  expect(tags.body.tags).toEqual({ a: '9', c: '' })
  expect((await change({ 'aws:mine': '1' }, [])).body.code).toBe('InvalidRequestException')
  expect((await change({}, ['aws:theirs'])).body.code).toBe('InvalidRequestException')
  const { body } = await call<AuditPage>('GET', '/api/audit?resourceType=billing-group&resourceId=tagged')
  expect(body.entries.map(({ action }) => action)).toEqual(['TagResource', 'TagResource', 'CreateBillingGroup'])
  expect(body.entries[1]?.changes).toEqual([
    { path: '$.tags.a', beforeText: '"1"', afterText: '"9"' },
    { path: '$.tags.b', beforeText: '"2"' },
    { path: '$.tags.c', afterText: '""' },
  ])
})

test('of two who change the same tag at the same moment, one is told of the other, and nothing of theirs is done', async () => {
  const tags = { floor: '1' }
  const { body: group } = await call<BillingGroup>('POST', '/api/billing-groups', {
    billingGroupName: 'contested',
    tags,
  })
  const resourceArn = group.billingGroupArn
  const change = (set: object) => call('PATCH', '/api/tags', { resourceArn, set, remove: [], expected: tags })
  const asked = [
    { floor: 'of ada', ada: '' },
    { floor: 'of bo', bo: '' },
  ]
  const both = await Promise.all(asked.map(change))
  const [done = -1, refused = -1] = [204, 409].map((status) => both.findIndex((each) => each.status === status))
  const { floor = '' } = asked[done] ?? {}
  expect(both[refused]?.body).toMatchObject({ code: 'TAGS_CHANGED', detail: expect.stringContaining(`'${floor}'`) })
  const { body } = await call<BillingGroup>('GET', '/api/billing-groups/contested')
  expect(body.tags).toEqual(asked[done])
})
