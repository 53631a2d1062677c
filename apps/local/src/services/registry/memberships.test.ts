import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
  iot.CreateThing({ thingName: 't' })
  iot.CreateThingGroup({ thingGroupName: 'root' })
  iot.CreateThingGroup({ thingGroupName: 'left', parentGroupName: 'root' })
  iot.CreateThingGroup({ thingGroupName: 'right', parentGroupName: 'root' })
  iot.CreateThingGroup({ thingGroupName: 'leaf', parentGroupName: 'left' })
  iot.CreateThingGroup({ thingGroupName: 'other' })
})

const thingArn = 'arn:aws:iot:eu-central-1:123456789012:thing/t'
const groupArn = 'arn:aws:iot:eu-central-1:123456789012:thinggroup/other'

const groupsOf = (thingName: string) =>
  iot.ListThingGroupsForThing({ thingName }).thingGroups.map(({ groupName }) => groupName)

describe('AddThingToThingGroup', () => {
  test.each([
    ['names', { thingName: 't', thingGroupName: 'other' }],
    ['ARNs', { thingArn, thingGroupArn: groupArn }],
    ['both', { thingName: 't', thingArn, thingGroupName: 'other', thingGroupArn: groupArn }],
  ])('by %s', (_, input) => {
    iot.AddThingToThingGroup(input)
    iot.AddThingToThingGroup(input) // adding twice succeeds (moto)
    expect(groupsOf('t')).toEqual(['other'])
    iot.RemoveThingFromThingGroup(input)
    iot.RemoveThingFromThingGroup(input)
    expect(groupsOf('t')).toEqual([])
  })

  test.each([
    ['no group', { thingName: 't' }, 'InvalidRequestException'],
    ['no thing', { thingGroupName: 'other' }, 'InvalidRequestException'],
    [
      'a name and an ARN that differ',
      { thingName: 't', thingGroupName: 'root', thingGroupArn: groupArn },
      'InvalidRequestException',
    ],
    ['an ARN of another kind', { thingName: 't', thingGroupArn: thingArn }, 'InvalidRequestException'],
    [
      'an ARN of another account',
      { thingName: 't', thingGroupArn: groupArn.replace('123456789012', '210987654321') },
      'InvalidRequestException',
    ],
    ['an unknown group', { thingName: 't', thingGroupName: 'none' }, 'ResourceNotFoundException'],
    ['an unknown thing', { thingName: 'none', thingGroupName: 'other' }, 'ResourceNotFoundException'],
  ])('refuses %s', (_, input, name) => {
    expect(refusal(() => iot.AddThingToThingGroup(input))).toMatchObject({ name })
  })

  test.each([
    ['left', 'right', false],
    ['left', 'leaf', false],
    ['leaf', 'root', false],
    ['leaf', 'other', true],
  ])('a thing is in one group of a hierarchy: %s, then %s: %s', (first, second, allowed) => {
    iot.AddThingToThingGroup({ thingName: 't', thingGroupName: first })
    const error = refusal(() => iot.AddThingToThingGroup({ thingName: 't', thingGroupName: second }))
    if (allowed) expect(error).toBeUndefined()
    else expect(error).toMatchObject({ name: 'InvalidRequestException' })
    expect(groupsOf('t')).toEqual(allowed ? [first, second] : [first])
  })

  test('a thing is in 10 groups at most', () => {
    for (let index = 1; index <= 11; index += 1) iot.CreateThingGroup({ thingGroupName: `g${index}` })
    for (let index = 1; index <= 10; index += 1) {
      iot.AddThingToThingGroup({ thingName: 't', thingGroupName: `g${index}` })
    }
    expect(refusal(() => iot.AddThingToThingGroup({ thingName: 't', thingGroupName: 'g11' }))).toMatchObject({
      name: 'InvalidRequestException',
    })
  })
})

describe('UpdateThingGroupsForThing', () => {
  test('moves a thing within a hierarchy: it leaves before it joins', () => {
    iot.AddThingToThingGroup({ thingName: 't', thingGroupName: 'left' })
    iot.UpdateThingGroupsForThing({
      thingName: 't',
      thingGroupsToRemove: ['left'],
      thingGroupsToAdd: ['right', 'other'],
    })
    expect(groupsOf('t')).toEqual(['right', 'other'])
  })

  test('is all or nothing', () => {
    iot.AddThingToThingGroup({ thingName: 't', thingGroupName: 'left' })
    const error = refusal(() =>
      iot.UpdateThingGroupsForThing({
        thingName: 't',
        thingGroupsToRemove: ['left'],
        thingGroupsToAdd: ['other', 'none'],
      }),
    )
    expect(error).toMatchObject({ name: 'ResourceNotFoundException' })
    expect(groupsOf('t')).toEqual(['left'])
  })
})

describe('listings', () => {
  beforeEach(() => {
    const members = { root: ['r2', 'r1'], left: ['l1'], leaf: ['q1', 'q2', 'A1'], right: ['x1'], other: ['o1'] }
    for (const [thingGroupName, names] of Object.entries(members)) {
      for (const thingName of names) {
        iot.CreateThing({ thingName })
        iot.AddThingToThingGroup({ thingName, thingGroupName })
      }
    }
  })

  test.each([
    ['root', false, ['r1', 'r2']],
    ['root', true, ['A1', 'l1', 'q1', 'q2', 'r1', 'r2', 'x1']],
    ['left', true, ['A1', 'l1', 'q1', 'q2']],
    ['right', true, ['x1']],
  ])('ListThingsInThingGroup %s, recursive %s', (thingGroupName, recursive, names) => {
    const list = (page: object) => {
      const { things, nextToken } = iot.ListThingsInThingGroup({ thingGroupName, recursive, ...page })
      return { items: things, nextToken }
    }
    expect(readAll(list)).toEqual(names)
    expect(list({}).items).toEqual(names)
  })

  test('ListThingGroupsForThing shows direct groups only', () => {
    expect(iot.ListThingGroupsForThing({ thingName: 'q1' }).thingGroups).toEqual([
      { groupName: 'leaf', groupArn: 'arn:aws:iot:eu-central-1:123456789012:thinggroup/leaf' },
    ])
  })

  test('the groups whose policies reach a thing are its own and all above', () => {
    iot.AddThingToThingGroup({ thingName: 'q1', thingGroupName: 'other' })
    const { memberships } = fixture.registry
    expect(memberships.ancestorsOf('q1')).toEqual(['root', 'left', 'leaf', 'other'])
    expect(memberships.ancestorsOf('r1')).toEqual(['root'])
    expect(memberships.ancestorsOf('none')).toEqual([])
  })

  test.each([
    ['an unknown group', () => iot.ListThingsInThingGroup({ thingGroupName: 'none' })],
    ['an unknown thing', () => iot.ListThingGroupsForThing({ thingName: 'none' })],
  ])('of %s', (_, call) => {
    expect(refusal(call)).toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

test('joining and leaving are told, doing so again is not', () => {
  const told: unknown[] = []
  fixture.registry.changes.subscribe((change) => {
    if (change.type === 'membership') told.push([change.operation, change.thing.thingName, change.group.name])
  })
  iot.AddThingToThingGroup({ thingName: 't', thingGroupName: 'other' })
  iot.AddThingToThingGroup({ thingName: 't', thingGroupName: 'other' })
  iot.UpdateThingGroupsForThing({ thingName: 't', thingGroupsToRemove: ['other', 'root'], thingGroupsToAdd: ['leaf'] })
  expect(told).toEqual([
    ['added', 't', 'other'],
    ['removed', 't', 'other'],
    ['added', 't', 'leaf'],
  ])
})
