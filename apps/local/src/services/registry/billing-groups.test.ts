import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

let iot: RegistryFixture['iot']

beforeEach(() => {
  iot = registryFixture().iot
})

const groupArn = 'arn:aws:iot:eu-central-1:123456789012:billinggroup/north'

test('CreateBillingGroup describes what was given, and is idempotent', () => {
  const input = { billingGroupName: 'north', billingGroupProperties: { billingGroupDescription: 'd' } }
  const made = iot.CreateBillingGroup(input)
  expect(made.billingGroupArn).toBe(groupArn)
  expect(iot.CreateBillingGroup(input)).toEqual(made)
  expect(iot.DescribeBillingGroup({ billingGroupName: 'north' })).toEqual({
    ...made,
    version: 1,
    billingGroupProperties: { billingGroupDescription: 'd' },
    billingGroupMetadata: { creationDate: new Date(Date.UTC(2026, 0, 1)) },
  })
  expect(refusal(() => iot.CreateBillingGroup({ billingGroupName: 'north' }))).toMatchObject({
    name: 'ResourceAlreadyExistsException',
    members: { resourceId: made.billingGroupId, resourceArn: groupArn },
  })
})

describe('UpdateBillingGroup', () => {
  test('replaces the description and counts the version', () => {
    iot.CreateBillingGroup({ billingGroupName: 'north' })
    const update = { billingGroupName: 'north', billingGroupProperties: { billingGroupDescription: 'e' } }
    expect(iot.UpdateBillingGroup({ ...update, expectedVersion: 1 })).toEqual({ version: 2 })
    expect(refusal(() => iot.UpdateBillingGroup({ ...update, expectedVersion: 1 }))).toMatchObject({
      name: 'VersionConflictException',
    })
    expect(refusal(() => iot.UpdateBillingGroup({ ...update, billingGroupName: 'none' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('membership', () => {
  beforeEach(() => {
    iot.CreateBillingGroup({ billingGroupName: 'north' })
    iot.CreateBillingGroup({ billingGroupName: 'south' })
    for (const thingName of ['c', 'a', 'b']) iot.CreateThing({ thingName })
  })
  const thingsIn = (billingGroupName: string) =>
    readAll((page) => {
      const { things, nextToken } = iot.ListThingsInBillingGroup({ billingGroupName, ...page })
      return { items: things, nextToken }
    })

  test('by name and by ARN, in order of the things’ creation', () => {
    iot.AddThingToBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    iot.AddThingToBillingGroup({
      billingGroupArn: groupArn,
      thingArn: 'arn:aws:iot:eu-central-1:123456789012:thing/c',
    })
    iot.AddThingToBillingGroup({ billingGroupName: 'north', thingName: 'b' })
    expect(thingsIn('north')).toEqual(['c', 'a', 'b'])
    expect(iot.DescribeThing({ thingName: 'a' })).toMatchObject({ billingGroupName: 'north', version: 1 })
    iot.RemoveThingFromBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    iot.RemoveThingFromBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    expect(thingsIn('north')).toEqual(['c', 'b'])
  })

  test('a thing is in one group at most: it moves', () => {
    iot.AddThingToBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    iot.AddThingToBillingGroup({ billingGroupName: 'south', thingName: 'a' })
    expect([thingsIn('north'), thingsIn('south')]).toEqual([[], ['a']])
    iot.RemoveThingFromBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    expect(thingsIn('south')).toEqual(['a'])
  })

  test('a deleted group loses its things', () => {
    iot.AddThingToBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    iot.DeleteBillingGroup({ billingGroupName: 'north' })
    expect(iot.DescribeThing({ thingName: 'a' }).billingGroupName).toBeUndefined()
    expect(iot.DeleteBillingGroup({ billingGroupName: 'north' })).toEqual({})
  })

  test('a deleted thing leaves its group (moto)', () => {
    iot.AddThingToBillingGroup({ billingGroupName: 'north', thingName: 'a' })
    iot.DeleteThing({ thingName: 'a' })
    expect(thingsIn('north')).toEqual([])
  })

  test.each([
    ['neither name nor ARN', { thingName: 'a' }, 'InvalidRequestException'],
    ['an unknown group', { billingGroupName: 'none', thingName: 'a' }, 'ResourceNotFoundException'],
    ['an unknown thing', { billingGroupName: 'north', thingName: 'none' }, 'ResourceNotFoundException'],
  ])('refuses %s', (_, input, name) => {
    expect(refusal(() => iot.AddThingToBillingGroup(input))).toMatchObject({ name })
    expect(refusal(() => iot.RemoveThingFromBillingGroup(input))).toMatchObject({ name })
  })
})

test('ListBillingGroups filters by prefix', () => {
  for (const billingGroupName of ['test-b', 'other', 'test-a']) iot.CreateBillingGroup({ billingGroupName })
  const names = (filter: object) =>
    readAll((page) => {
      const { billingGroups, nextToken } = iot.ListBillingGroups({ ...filter, ...page })
      return { items: billingGroups.map(({ groupName }) => groupName), nextToken }
    }, 1)
  expect(names({})).toEqual(['test-b', 'other', 'test-a'])
  expect(names({ namePrefixFilter: 'test-' })).toEqual(['test-b', 'test-a'])
})
