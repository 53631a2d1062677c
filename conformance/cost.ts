import type { Usage } from './usage.ts'

/** What AWS bills by, and how many of it a run takes. */
export interface Billed {
  readonly unit: string
  readonly count: number
  /** US dollars for one; undefined where no list price is known to us. */
  readonly price: number | undefined
}

/**
 * List prices of US East (N. Virginia) and Europe (Ireland) in US dollars, as AWS's pricing pages had them in their worked
 * examples on 2026-09-20 (https://aws.amazon.com/iot-core/pricing/, https://aws.amazon.com/iot-device-management/pricing/;
 * transcribed by API Evangelist, `amazon-iot-core` and `amazon-iot-device-management`). Free tiers are left out. A message
 * and an operation are one each: none here is larger than what AWS meters as one.
 */
export const PRICES_OF = '2026-09-20'
const PRICES = {
  message: 1 / 1_000_000,
  connectionMinute: 0.08 / 1_000_000,
  registryOrShadow: 1.25 / 1_000_000,
  search: 0.05 / 10_000,
  indexUpdate: 2.25 / 1_000_000,
  remoteAction: 0.003,
}

/** What AWS meters as operations of the registry and of shadows (AWS IoT Core pricing, "Additional metering details"). */
const REGISTRY_OR_SHADOW =
  /^(?:(?:AddThingTo|RemoveThingFrom)\w+|(?:Attach|Detach)ThingPrincipal|(?:Create|Describe|Update|Delete|Deprecate)(?:Dynamic)?Thing\w*|List(?:Principal)?Thing\w*|(?:Get|Update|Delete)ThingShadow|ListNamedShadowsForThing|UpdateThingGroupsForThing)$/
const SEARCH = /^(?:SearchIndex|GetStatistics|GetCardinality|GetPercentiles|GetBucketsAggregation)$/
const INDEX_UPDATE = /^(?:(?:Create|Update|Delete)Thing|UpdateThingShadow|DeleteThingShadow)$/
const REMOTE_ACTION = /^(?:CreateJob|StartCommandExecution)$/
const HTTP_MESSAGE = /^Publish$/
const RULE = /^CreateTopicRule$/

/** Reckons what checks take by what each was seen to take. */
export function billedUnits(usages: readonly Usage[]): Billed[] {
  const called = (operations: RegExp) =>
    usages
      .flatMap(({ calls }) => Object.entries(calls))
      .filter(([operation]) => operations.test(operation))
      .reduce((sum, [, count]) => sum + count, 0)
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0)
  const searches = called(SEARCH)
  return [
    { unit: 'messages', count: sum(({ messages }) => messages) + called(HTTP_MESSAGE), price: PRICES.message },
    { unit: 'minutes of connection', count: sum(({ connections }) => connections), price: PRICES.connectionMinute },
    { unit: 'registry and shadow operations', count: called(REGISTRY_OR_SHADOW), price: PRICES.registryOrShadow },
    { unit: 'queries of the fleet index', count: searches, price: PRICES.search },
    {
      unit: 'updates of the fleet index, where the account has one',
      count: called(INDEX_UPDATE),
      price: PRICES.indexUpdate,
    },
    { unit: 'remote actions (jobs and commands)', count: called(REMOTE_ACTION), price: PRICES.remoteAction },
    { unit: 'rules, each triggered with its action for a message or two', count: called(RULE), price: undefined },
    { unit: 'calls in all, the others not billed', count: called(/./), price: undefined },
  ]
}

/** US dollars of all whose price is known. */
export const costOf = (units: readonly Billed[]): number =>
  units.reduce((sum, { count, price = 0 }) => sum + count * price, 0)
