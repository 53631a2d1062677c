import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

let iot: RegistryFixture['iot']

beforeEach(() => {
  iot = registryFixture().iot
})

const group = (thingGroupName: string, parentGroupName?: string) =>
  iot.CreateThingGroup({ thingGroupName, parentGroupName })

const arn = (name: string) => `arn:aws:iot:eu-central-1:123456789012:thinggroup/${name}`

/** a ┬ aa ─ aaa and ab below a; b alone. */
const family = () => {
  group('a')
  group('b')
  group('aa', 'a')
  group('ab', 'a')
  group('aaa', 'aa')
}

describe('CreateThingGroup', () => {
  test('describes properties, version and the way from the root', () => {
    family()
    const made = iot.CreateThingGroup({
      thingGroupName: 'x',
      parentGroupName: 'aa',
      thingGroupProperties: { thingGroupDescription: 'Über all', attributePayload: { attributes: { k: 'v' } } },
    })
    expect(iot.DescribeThingGroup({ thingGroupName: 'x' })).toEqual({
      ...made,
      version: 1,
      thingGroupProperties: { thingGroupDescription: 'Über all', attributePayload: { attributes: { k: 'v' } } },
      thingGroupMetadata: {
        creationDate: new Date(Date.UTC(2026, 0, 1)),
        parentGroupName: 'aa',
        rootToParentThingGroups: [
          { groupName: 'a', groupArn: arn('a') },
          { groupName: 'aa', groupArn: arn('aa') },
        ],
      },
    })
  })

  test('is idempotent for the same parent and properties', () => {
    const first = iot.CreateThingGroup({ thingGroupName: 'g', thingGroupProperties: { thingGroupDescription: 'd' } })
    const again = iot.CreateThingGroup({ thingGroupName: 'g', thingGroupProperties: { thingGroupDescription: 'd' } })
    expect(again).toEqual(first)
  })

  test.each([
    ['properties', { thingGroupName: 'b', thingGroupProperties: { thingGroupDescription: 'other' } }],
    ['parent', { thingGroupName: 'b', parentGroupName: 'a' }],
  ])('refuses another %s (moto pull 5316)', (_, input) => {
    family()
    expect(refusal(() => iot.CreateThingGroup(input))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Thing Group b already exists in current account with different properties',
      members: { resourceArn: arn('b') },
    })
  })

  test('refuses an unknown parent', () => {
    expect(refusal(() => group('x', 'none'))).toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('a hierarchy is 7 groups deep', () => {
    group('g1')
    for (let depth = 2; depth <= 7; depth += 1) group(`g${depth}`, `g${depth - 1}`)
    expect(refusal(() => group('g8', 'g7'))).toMatchObject({ name: 'InvalidRequestException' })
  })

  test('a group has 100 direct children', () => {
    group('root')
    for (let child = 1; child <= 100; child += 1) group(`child-${child}`, 'root')
    expect(refusal(() => group('child-101', 'root'))).toMatchObject({ name: 'InvalidRequestException' })
  })

  test('a group has 50 attributes', () => {
    const attributes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'v']))
    const make = (count: number) =>
      iot.CreateThingGroup({
        thingGroupName: `g${count}`,
        thingGroupProperties: { attributePayload: { attributes: attributes(count) } },
      })
    make(50)
    expect(refusal(() => make(51))).toMatchObject({ name: 'InvalidRequestException' })
  })
})

describe('UpdateThingGroup', () => {
  const stored = { thingGroupDescription: 'd', attributePayload: { attributes: { x: '1', y: '2' } } }
  test.each([
    ['a description, and keeps attributes', { thingGroupDescription: 'e' }, 'e', { x: '1', y: '2' }],
    ['all attributes', { attributePayload: { attributes: { z: '3' } } }, 'd', { z: '3' }],
    [
      'merged attributes',
      { attributePayload: { attributes: { x: '', z: '3' }, merge: true } },
      'd',
      { y: '2', z: '3' },
    ],
  ])('sets %s', (_, thingGroupProperties, description, attributes) => {
    iot.CreateThingGroup({ thingGroupName: 'g', thingGroupProperties: stored })
    expect(iot.UpdateThingGroup({ thingGroupName: 'g', thingGroupProperties })).toEqual({ version: 2 })
    expect(iot.DescribeThingGroup({ thingGroupName: 'g' })).toMatchObject({
      version: 2,
      thingGroupProperties: { thingGroupDescription: description },
    })
    const described = iot.DescribeThingGroup({ thingGroupName: 'g' })
    expect(described.thingGroupProperties.attributePayload).toEqual({ attributes })
  })

  test.each([
    ['an unknown group', { thingGroupName: 'none', thingGroupProperties: {} }, 'ResourceNotFoundException'],
    [
      'a stale version',
      { thingGroupName: 'g', thingGroupProperties: {}, expectedVersion: 2 },
      'VersionConflictException',
    ],
  ])('refuses %s', (_, input, name) => {
    group('g')
    expect(refusal(() => iot.UpdateThingGroup(input))).toMatchObject({ name })
  })
})

describe('DeleteThingGroup', () => {
  test('is blocked by child groups (developer guide, "Delete a thing group")', () => {
    family()
    expect(refusal(() => iot.DeleteThingGroup({ thingGroupName: 'aa' }))).toMatchObject({
      name: 'InvalidRequestException',
      message: 'Cannot delete thing group : aa when there are still child groups attached to it',
    })
    iot.DeleteThingGroup({ thingGroupName: 'aaa' })
    expect(iot.DeleteThingGroup({ thingGroupName: 'aa' })).toEqual({})
  })

  test('an unknown group is no error', () => {
    expect(iot.DeleteThingGroup({ thingGroupName: 'none' })).toEqual({})
  })

  test('members are no obstacle; a new group of the name has none', () => {
    group('g')
    iot.CreateThing({ thingName: 't' })
    iot.AddThingToThingGroup({ thingGroupName: 'g', thingName: 't' })
    iot.DeleteThingGroup({ thingGroupName: 'g' })
    expect(iot.ListThingGroupsForThing({ thingName: 't' }).thingGroups).toEqual([])
    group('g')
    expect(iot.ListThingsInThingGroup({ thingGroupName: 'g' }).things).toEqual([])
  })

  test('refuses a stale version', () => {
    group('g')
    expect(refusal(() => iot.DeleteThingGroup({ thingGroupName: 'g', expectedVersion: 3 }))).toMatchObject({
      name: 'VersionConflictException',
    })
  })
})

describe('ListThingGroups', () => {
  test.each([
    ['of the account', {}, ['a', 'b', 'aa', 'ab', 'aaa']],
    ['of the account, not recursively: the roots (moto)', { recursive: false }, ['a', 'b']],
    ['below a parent: direct children (developer guide)', { parentGroup: 'a' }, ['aa', 'ab']],
    ['below a parent, recursively', { parentGroup: 'a', recursive: true }, ['aa', 'ab', 'aaa']],
    ['with a prefix', { namePrefixFilter: 'aa' }, ['aa', 'aaa']],
    ['with a prefix below a parent', { namePrefixFilter: 'aaa', parentGroup: 'a', recursive: true }, ['aaa']],
    ['below a leaf', { parentGroup: 'b' }, []],
  ])('%s', (_, filter, names) => {
    family()
    const list = (page: object) => {
      const { thingGroups, nextToken } = iot.ListThingGroups({ ...filter, ...page })
      return { items: thingGroups.map(({ groupName }) => groupName), nextToken }
    }
    expect(list({}).items).toEqual(names)
    expect(readAll(list)).toEqual(names)
  })

  test('below an unknown parent', () => {
    expect(refusal(() => iot.ListThingGroups({ parentGroup: 'none' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
