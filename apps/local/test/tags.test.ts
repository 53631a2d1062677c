import { beforeEach, describe, expect, test } from 'vitest'
import { certificate, type RegistryFixture, refusal, registryFixture } from './support/registry.ts'

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
})

const arn = (resource: string) => `arn:aws:iot:eu-central-1:123456789012:${resource}`
const tagsOf = (resourceArn: string) => iot.ListTagsForResource({ resourceArn }).tags
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${from + index}`, Value: 'v' }))

describe('a new resource', () => {
  const tags = [{ Key: 'team', Value: 'blue' }]
  test.each([
    ['thing group', 'thinggroup/x', () => iot.CreateThingGroup({ thingGroupName: 'x', tags })],
    ['thing type', 'thingtype/x', () => iot.CreateThingType({ thingTypeName: 'x', tags })],
    ['billing group', 'billinggroup/x', () => iot.CreateBillingGroup({ billingGroupName: 'x', tags })],
  ])('%s has the tags it was made with', (_, resource, create) => {
    create()
    expect(tagsOf(arn(resource))).toEqual(tags)
  })

  test('is not made with tags that are refused', () => {
    const error = refusal(() => iot.CreateThingGroup({ thingGroupName: 'x', tags: many(51) }))
    expect(error).toMatchObject({ name: 'InvalidRequestException' })
    expect(refusal(() => iot.DescribeThingGroup({ thingGroupName: 'x' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('TagResource', () => {
  const resourceArn = arn('thinggroup/g')
  beforeEach(() => {
    iot.CreateThingGroup({ thingGroupName: 'g' })
  })

  test('adds, overwrites, and keeps keys that differ in case apart', () => {
    iot.TagResource({
      resourceArn,
      tags: [
        { Key: 'a', Value: '1' },
        { Key: 'A', Value: '2' },
      ],
    })
    iot.TagResource({ resourceArn, tags: [{ Key: 'a', Value: 'Grün / 3' }, { Key: 'empty' }] })
    expect(tagsOf(resourceArn)).toEqual([
      { Key: 'A', Value: '2' },
      { Key: 'a', Value: 'Grün / 3' },
      { Key: 'empty', Value: '' },
    ])
    iot.UntagResource({ resourceArn, tagKeys: ['a', 'none'] })
    expect(tagsOf(resourceArn).map(({ Key }) => Key)).toEqual(['A', 'empty'])
  })

  test('keys that AWS has for itself are taken away by nobody, and nothing is when one is among them', () => {
    iot.TagResource({ resourceArn, tags: [{ Key: 'a', Value: '1' }] })
    for (const key of ['aws:a', 'AWS:a']) {
      expect(refusal(() => iot.UntagResource({ resourceArn, tagKeys: ['a', key] }))).toMatchObject({
        name: 'InvalidRequestException',
        message: 'Tag keys must not begin with aws:, which is reserved',
      })
    }
    expect(tagsOf(resourceArn)).toEqual([{ Key: 'a', Value: '1' }])
  })

  test('a resource has 50 tags at most, and a refused call adds none', () => {
    iot.TagResource({ resourceArn, tags: many(49) })
    expect(refusal(() => iot.TagResource({ resourceArn, tags: many(2, 49) }))).toMatchObject({
      name: 'LimitExceededException',
    })
    iot.TagResource({ resourceArn, tags: many(50) })
    expect(tagsOf(resourceArn)).toHaveLength(50)
  })

  test.each([
    ['a reserved key', [{ Key: 'aws:x', Value: '1' }]],
    ['a character that tags do not have', [{ Key: 'x', Value: '<' }]],
    ['a key twice', [{ Key: 'x' }, { Key: 'x' }]],
  ])('refuses %s', (_, tags) => {
    expect(refusal(() => iot.TagResource({ resourceArn, tags }))).toMatchObject({ name: 'InvalidRequestException' })
  })

  test.each([
    ['a thing: it cannot carry tags', arn('thing/t'), 'InvalidRequestException'],
    ['a certificate: neither', certificate('a'), 'InvalidRequestException'],
    ['what is no ARN', 'g', 'InvalidRequestException'],
    ['another region', resourceArn.replace('eu-central-1', 'us-east-1'), 'InvalidRequestException'],
    ['an unknown group', arn('thinggroup/none'), 'ResourceNotFoundException'],
  ])('of %s', (_, other, name) => {
    iot.CreateThing({ thingName: 't' })
    expect(refusal(() => iot.TagResource({ resourceArn: other, tags: [] }))).toMatchObject({ name })
    expect(refusal(() => iot.ListTagsForResource({ resourceArn: other }))).toMatchObject({ name })
    expect(refusal(() => iot.UntagResource({ resourceArn: other, tagKeys: [] }))).toMatchObject({ name })
  })

  test('deleting the resource deletes its tags', () => {
    iot.TagResource({ resourceArn, tags: many(1) })
    iot.DeleteThingGroup({ thingGroupName: 'g' })
    iot.CreateThingGroup({ thingGroupName: 'g' })
    expect(tagsOf(resourceArn)).toEqual([])
  })

  test('other services add kinds of their own', () => {
    fixture.tags.addKind('policy', (name) => name === 'p')
    iot.TagResource({ resourceArn: arn('policy/p'), tags: many(1) })
    expect(fixture.tags.of(arn('policy/p'))).toEqual(new Map([['k0', 'v']]))
  })
})
