import { beforeEach, describe, expect, test } from 'vitest'
import {
  certificate,
  IDENTITY,
  type RegistryFixture,
  readAll,
  refusal,
  registryFixture,
} from '../../../test/support/registry.ts'

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
  for (const thingName of ['t', 'u', 'v']) iot.CreateThing({ thingName })
})

const a = certificate('a')
const b = certificate('b')

describe('AttachThingPrincipal', () => {
  test.each([
    ['a certificate', a],
    ['a Cognito identity', IDENTITY],
  ])('attaches %s, and again', (_, principal) => {
    iot.AttachThingPrincipal({ thingName: 't', principal })
    iot.AttachThingPrincipal({ thingName: 't', principal })
    expect(iot.ListThingPrincipals({ thingName: 't' }).principals).toEqual([principal])
    expect(iot.ListPrincipalThings({ principal }).things).toEqual(['t'])
    expect(fixture.registry.principals.isAttached('t', principal)).toBe(true)
    expect(fixture.registry.principals.isAttached('u', principal)).toBe(false)
  })

  test.each([
    ['an unknown thing', { thingName: 'none', principal: a }, 'ResourceNotFoundException'],
    ['an unknown certificate', { thingName: 't', principal: certificate('f') }, 'ResourceNotFoundException'],
    ['what is no principal', { thingName: 't', principal: 'p1' }, 'InvalidRequestException'],
    [
      'a certificate of another account',
      { thingName: 't', principal: a.replace('123456789012', '210987654321') },
      'InvalidRequestException',
    ],
    [
      'an exclusive Cognito identity (developer guide, attach a principal)',
      { thingName: 't', principal: IDENTITY, thingPrincipalType: 'EXCLUSIVE_THING' as const },
      'InvalidRequestException',
    ],
  ])('refuses %s', (_, input, name) => {
    expect(refusal(() => iot.AttachThingPrincipal(input))).toMatchObject({ name })
  })

  test('a principal exclusive to one thing is attached to no other (developer guide, exclusive thing)', () => {
    iot.AttachThingPrincipal({ thingName: 't', principal: a, thingPrincipalType: 'EXCLUSIVE_THING' })
    expect(refusal(() => iot.AttachThingPrincipal({ thingName: 'u', principal: a }))).toMatchObject({
      name: 'InvalidRequestException',
    })
    expect(fixture.registry.principals.exclusiveThingOf(a)).toBe('t')
    iot.DetachThingPrincipal({ thingName: 't', principal: a })
    iot.AttachThingPrincipal({ thingName: 'u', principal: a })
    expect(fixture.registry.principals.exclusiveThingOf(a)).toBeUndefined()
  })

  test('a principal attached to several things cannot become exclusive', () => {
    iot.AttachThingPrincipal({ thingName: 't', principal: a })
    iot.AttachThingPrincipal({ thingName: 'u', principal: a })
    const exclusive = { thingName: 't', principal: a, thingPrincipalType: 'EXCLUSIVE_THING' as const }
    expect(refusal(() => iot.AttachThingPrincipal(exclusive))).toMatchObject({ name: 'InvalidRequestException' })
    iot.DetachThingPrincipal({ thingName: 'u', principal: a })
    iot.AttachThingPrincipal(exclusive)
    expect(fixture.registry.principals.exclusiveThingOf(a)).toBe('t')
  })
})

describe('DetachThingPrincipal', () => {
  test.each([
    ['what is not attached (moto)', { thingName: 't', principal: a }],
    ['an unknown thing', { thingName: 'none', principal: a }],
  ])('of %s is an error', (_, input) => {
    expect(refusal(() => iot.DetachThingPrincipal(input))).toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('listings', () => {
  beforeEach(() => {
    for (const thingName of ['v', 't', 'u']) iot.AttachThingPrincipal({ thingName, principal: b })
    iot.AttachThingPrincipal({ thingName: 't', principal: a, thingPrincipalType: 'EXCLUSIVE_THING' })
    iot.AttachThingPrincipal({ thingName: 't', principal: IDENTITY })
  })

  test('page by principal and by thing', () => {
    const principals = readAll((page) => {
      const listed = iot.ListThingPrincipals({ thingName: 't', ...page })
      return { items: listed.principals, nextToken: listed.nextToken }
    })
    expect(principals).toEqual([a, b, IDENTITY])
    const things = readAll((page) => {
      const listed = iot.ListPrincipalThings({ principal: b, ...page })
      return { items: listed.things, nextToken: listed.nextToken }
    })
    expect(things).toEqual(['t', 'u', 'v'])
    expect(fixture.registry.principals.thingsOf(b)).toEqual(['t', 'u', 'v'])
  })

  test('V2 tells the type and filters by it', () => {
    const ofThing = (filter: object) =>
      iot
        .ListThingPrincipalsV2({ thingName: 't', ...filter })
        .thingPrincipalObjects.map(({ principal, thingPrincipalType }) => [principal, thingPrincipalType])
    expect(ofThing({})).toEqual([
      [a, 'EXCLUSIVE_THING'],
      [b, 'NON_EXCLUSIVE_THING'],
      [IDENTITY, 'NON_EXCLUSIVE_THING'],
    ])
    expect(ofThing({ thingPrincipalType: 'EXCLUSIVE_THING' })).toEqual([[a, 'EXCLUSIVE_THING']])
    expect(
      iot.ListPrincipalThingsV2({ principal: a, thingPrincipalType: 'EXCLUSIVE_THING' }).principalThingObjects,
    ).toEqual([{ thingName: 't', thingPrincipalType: 'EXCLUSIVE_THING' }])
    expect(
      iot.ListPrincipalThingsV2({ principal: a, thingPrincipalType: 'NON_EXCLUSIVE_THING' }).principalThingObjects,
    ).toEqual([])
  })

  test.each([
    ['an unknown thing', () => iot.ListThingPrincipals({ thingName: 'none' })],
    ['an unknown principal', () => iot.ListPrincipalThings({ principal: certificate('f') })],
  ])('of %s', (_, call) => {
    expect(refusal(call)).toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

test('attaching and detaching are told', () => {
  const told: unknown[] = []
  fixture.registry.changes.subscribe((change) => {
    if (change.type === 'principal') told.push([change.operation, change.thingName, change.principal])
  })
  iot.AttachThingPrincipal({ thingName: 't', principal: a })
  iot.DetachThingPrincipal({ thingName: 't', principal: a })
  expect(told).toEqual([
    ['attached', 't', a],
    ['detached', 't', a],
  ])
})
