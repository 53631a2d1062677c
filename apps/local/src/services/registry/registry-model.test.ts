import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certificate, type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'
import { type Refusal, RegistryModel } from './registry-model.test-support.ts'

const THINGS = ['t1', 't2', 't3', 't4']
const TYPES = ['y1', 'y2']
const GROUPS = ['g1', 'g2', 'g3', 'g4', 'g5']
const BILLING = ['b1', 'b2']
const PRINCIPALS = [certificate('a'), certificate('b')]
const VALUES = ['', 'x', 'xy', 'z']

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const thing = fc.constantFrom(...THINGS)
const type = fc.constantFrom(...TYPES)
const group = fc.constantFrom(...GROUPS)
const billing = fc.constantFrom(...BILLING)
const principal = fc.constantFrom(...PRINCIPALS)
const attributes = fc.dictionary(fc.constantFrom('k1', 'k2', 'k3', 'k4'), fc.constantFrom(...VALUES))
const version = maybe(fc.integer({ min: 1, max: 3 }))

interface World extends Pick<RegistryFixture, 'iot' | 'registry' | 'advance'> {
  readonly model: RegistryModel
  nowMs: number
}

/** One operation: what it says, and how the registry and the model each take it. */
interface Step {
  readonly says: string
  readonly registry: (world: World) => unknown
  readonly model: (world: World) => Refusal
}

const say = (operation: string, ...values: unknown[]) =>
  `${operation}(${values.map((v) => JSON.stringify(v)).join(', ')})`

const steps: fc.Arbitrary<Step>[] = [
  fc.record({ thing, type: maybe(type), billing: maybe(billing), attributes }).map((input) => ({
    says: say('createThing', input),
    registry: ({ iot }) =>
      iot.CreateThing({
        thingName: input.thing,
        thingTypeName: input.type,
        billingGroupName: input.billing,
        attributePayload: { attributes: input.attributes },
      }),
    model: ({ model }) => model.createThing(input.thing, input.type, input.billing, input.attributes),
  })),
  fc
    .record({
      thing,
      type: maybe(type),
      removeType: fc.boolean(),
      attributes: maybe(attributes),
      merge: fc.boolean(),
      expectedVersion: version,
    })
    .map((input) => ({
      says: say('updateThing', input),
      registry: ({ iot }) =>
        iot.UpdateThing({
          thingName: input.thing,
          thingTypeName: input.type,
          removeThingType: input.removeType,
          attributePayload: { attributes: input.attributes, merge: input.merge },
          expectedVersion: input.expectedVersion,
        }),
      model: ({ model }) => model.updateThing(input.thing, input),
    })),
  fc.tuple(thing, version).map(([thingName, expectedVersion]) => ({
    says: say('deleteThing', thingName, expectedVersion),
    registry: ({ iot }) => iot.DeleteThing({ thingName, expectedVersion }),
    model: ({ model }) => model.deleteThing(thingName, expectedVersion),
  })),
  type.map((thingTypeName) => ({
    says: say('createType', thingTypeName),
    registry: ({ iot }) => iot.CreateThingType({ thingTypeName }),
    model: ({ model }) => model.createType(thingTypeName),
  })),
  fc.tuple(type, fc.boolean()).map(([thingTypeName, undoDeprecate]) => ({
    says: say('deprecateType', thingTypeName, undoDeprecate),
    registry: ({ iot }) => iot.DeprecateThingType({ thingTypeName, undoDeprecate }),
    model: ({ model, nowMs }) => model.deprecateType(thingTypeName, undoDeprecate, nowMs),
  })),
  type.map((thingTypeName) => ({
    says: say('deleteType', thingTypeName),
    registry: ({ iot }) => iot.DeleteThingType({ thingTypeName }),
    model: ({ model, nowMs }) => model.deleteType(thingTypeName, nowMs),
  })),
  fc.tuple(group, maybe(group)).map(([thingGroupName, parentGroupName]) => ({
    says: say('createGroup', thingGroupName, parentGroupName),
    registry: ({ iot }) => iot.CreateThingGroup({ thingGroupName, parentGroupName }),
    model: ({ model }) => model.createGroup(thingGroupName, parentGroupName),
  })),
  group.map((thingGroupName) => ({
    says: say('deleteGroup', thingGroupName),
    registry: ({ iot }) => iot.DeleteThingGroup({ thingGroupName }),
    model: ({ model }) => model.deleteGroup(thingGroupName),
  })),
  fc.tuple(thing, group).map(([thingName, thingGroupName]) => ({
    says: say('join', thingName, thingGroupName),
    registry: ({ iot }) => iot.AddThingToThingGroup({ thingName, thingGroupName }),
    model: ({ model }) => model.join(thingName, thingGroupName),
  })),
  fc.tuple(thing, group).map(([thingName, thingGroupName]) => ({
    says: say('leave', thingName, thingGroupName),
    registry: ({ iot }) => iot.RemoveThingFromThingGroup({ thingName, thingGroupName }),
    model: ({ model }) => model.leave(thingName, thingGroupName),
  })),
  fc.tuple(thing, principal, fc.boolean()).map(([thingName, principal, exclusive]) => ({
    says: say('attach', thingName, principal, exclusive),
    registry: ({ iot }) =>
      iot.AttachThingPrincipal({
        thingName,
        principal,
        thingPrincipalType: exclusive ? 'EXCLUSIVE_THING' : 'NON_EXCLUSIVE_THING',
      }),
    model: ({ model }) => model.attach(thingName, principal, exclusive),
  })),
  fc.tuple(thing, principal).map(([thingName, principal]) => ({
    says: say('detach', thingName, principal),
    registry: ({ iot }) => iot.DetachThingPrincipal({ thingName, principal }),
    model: ({ model }) => model.detach(thingName, principal),
  })),
  billing.map((billingGroupName) => ({
    says: say('createBillingGroup', billingGroupName),
    registry: ({ iot }) => iot.CreateBillingGroup({ billingGroupName }),
    model: ({ model }) => model.createBillingGroup(billingGroupName),
  })),
  billing.map((billingGroupName) => ({
    says: say('deleteBillingGroup', billingGroupName),
    registry: ({ iot }) => iot.DeleteBillingGroup({ billingGroupName }),
    model: ({ model }) => model.deleteBillingGroup(billingGroupName),
  })),
  fc.tuple(thing, billing).map(([thingName, billingGroupName]) => ({
    says: say('bill', thingName, billingGroupName),
    registry: ({ iot }) => iot.AddThingToBillingGroup({ thingName, billingGroupName }),
    model: ({ model }) => model.bill(thingName, billingGroupName),
  })),
  fc.constantFrom(1, 299_999, 300_000).map((ms) => ({
    says: say('advance', ms),
    registry: ({ advance }) => advance(ms),
    model: (world) => {
      world.nowMs += ms
      return undefined
    },
  })),
]

const step = fc
  .oneof(...steps)
  .map((made) => ({ ...made, toString: () => made.says, [fc.toStringMethod]: () => made.says }))

test('any sequence of operations is answered, and leaves what a plain model says', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 150, size: 'max' }),
      fc.integer({ min: 1, max: 3 }),
      (sequence, pageSize) => {
        const { iot, registry, advance } = registryFixture()
        const world: World = { iot, registry, advance, model: new RegistryModel(), nowMs: 0 }
        for (const { says, registry, model } of sequence) {
          const expected = model(world)
          const error = refusal(() => registry(world))
          expect([says, error instanceof Error ? error.name : error]).toEqual([says, expected])
        }
        compare(world, pageSize)
      },
    ),
    { numRuns: 150 },
  )
})

/** Everything that can be read, in pages of `maxResults`, against the model. */
function compare({ iot, registry, model }: World, maxResults: number): void {
  const things = [...model.things]
  const where = (matches: (name: string) => boolean) => things.map(([name]) => name).filter(matches)
  const thingOf = (name: string) => model.things.get(name)
  const listed = (filter: object) =>
    readAll((page) => {
      const { things, nextToken } = iot.ListThings({ ...filter, ...page })
      return { items: things.map(({ thingName }) => thingName), nextToken }
    }, maxResults)

  expect(listed({})).toEqual(where(() => true))
  for (const [thingName, { type, billing, attributes, version, groups, principals }] of things) {
    expect(iot.DescribeThing({ thingName })).toMatchObject({ version })
    const { thingTypeName, billingGroupName, attributes: described } = iot.DescribeThing({ thingName })
    expect([thingTypeName, billingGroupName, described]).toEqual([type, billing, attributes])
    const direct = iot.ListThingGroupsForThing({ thingName }).thingGroups.map(({ groupName }) => groupName)
    expect(new Set(direct)).toEqual(groups)
    expect(new Set(registry.memberships.ancestorsOf(thingName))).toEqual(
      new Set([...groups].flatMap((name) => model.lineOf(name))),
    )
    const attached = iot.ListThingPrincipalsV2({ thingName }).thingPrincipalObjects
    expect(attached.map(({ principal, thingPrincipalType }) => [principal, thingPrincipalType])).toEqual(
      [...principals].sort().map(([name, alone]) => [name, alone ? 'EXCLUSIVE_THING' : 'NON_EXCLUSIVE_THING']),
    )
  }
  for (const thingTypeName of TYPES) {
    expect(listed({ thingTypeName })).toEqual(where((name) => thingOf(name)?.type === thingTypeName))
  }
  for (const attributeValue of VALUES) {
    const filter = { attributeName: 'k1', attributeValue }
    expect(listed(filter)).toEqual(where((name) => thingOf(name)?.attributes.k1 === attributeValue))
    const prefixed = where((name) => thingOf(name)?.attributes.k1?.startsWith(attributeValue) ?? false)
    expect(listed({ ...filter, usePrefixAttributeValue: true }).sort()).toEqual(prefixed.sort())
  }
  for (const thingGroupName of model.groups.keys()) {
    const inGroup = (recursive: boolean) =>
      readAll((page) => {
        const { things, nextToken } = iot.ListThingsInThingGroup({ thingGroupName, recursive, ...page })
        return { items: things, nextToken }
      }, maxResults)
    expect(inGroup(false)).toEqual(where((name) => thingOf(name)?.groups.has(thingGroupName) ?? false).sort())
    const below = (name: string) =>
      [...(thingOf(name)?.groups ?? [])].some((group) => model.lineOf(group).includes(thingGroupName))
    expect(inGroup(true)).toEqual(where(below).sort())
    const children = iot.ListThingGroups({ parentGroup: thingGroupName }).thingGroups
    expect(children.map(({ groupName }) => groupName)).toEqual(
      [...model.groups].filter(([, { parent }]) => parent === thingGroupName).map(([name]) => name),
    )
  }
  for (const billingGroupName of model.billingGroups) {
    expect(iot.ListThingsInBillingGroup({ billingGroupName }).things).toEqual(
      where((name) => thingOf(name)?.billing === billingGroupName),
    )
  }
}
