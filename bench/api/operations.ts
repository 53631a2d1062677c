import { thingNameOf } from '../measure/fleet.ts'
import type { RequestParts } from './signed-request.ts'

/** What a server has been prepared with. */
export interface Prepared {
  readonly things: number
  readonly certificateArns: readonly string[]
  /** Each is attached to one of {@link certificateArns}, and has a shadow. */
  readonly attachedThings: readonly string[]
  readonly policyNames: readonly string[]
}

export interface Operation {
  readonly name: string
  /** How much an answer costs, as a divisor of the number of requests. */
  readonly weight?: number
  /** The `index`-th request; no two of a run have the same index. */
  readonly request: (index: number, prepared: Prepared) => RequestParts
}

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('The server was not prepared')
  return item
}

/** A stride that is no divisor of the number of things: requests go all over the table. */
const anyThing = (index: number, { things }: Prepared) => thingNameOf((index * 7919) % things)

const shadowOf = (index: number, { attachedThings }: Prepared) => `/things/${at(attachedThings, index)}/shadow`

/** The ten commonest operations, in an order in which each finds what it needs. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateThing',
    request: (index) => ({
      service: 'iot',
      method: 'POST',
      path: `/things/new-${index}`,
      body: JSON.stringify({ attributePayload: { attributes: { site: 'hall-3', serial: String(index) } } }),
    }),
  },
  {
    name: 'DescribeThing',
    request: (index, prepared) => ({ service: 'iot', method: 'GET', path: `/things/${anyThing(index, prepared)}` }),
  },
  {
    name: 'ListThings',
    weight: 4,
    request: () => ({ service: 'iot', method: 'GET', path: '/things', query: 'maxResults=25' }),
  },
  {
    name: 'UpdateThing',
    request: (index, prepared) => ({
      service: 'iot',
      method: 'PATCH',
      path: `/things/${anyThing(index, prepared)}`,
      body: JSON.stringify({ attributePayload: { attributes: { serial: `new-${index}` }, merge: true } }),
    }),
  },
  {
    name: 'CreateKeysAndCertificate',
    weight: 50,
    request: () => ({ service: 'iot', method: 'POST', path: '/keys-and-certificate', query: 'setAsActive=true' }),
  },
  {
    name: 'AttachPolicy',
    request: (index, { certificateArns, policyNames }) => ({
      service: 'iot',
      method: 'PUT',
      path: `/target-policies/${at(policyNames, Math.floor(index / certificateArns.length))}`,
      body: JSON.stringify({ target: at(certificateArns, index) }),
    }),
  },
  {
    name: 'ListThingPrincipals',
    request: (index, { attachedThings }) => ({
      service: 'iot',
      method: 'GET',
      path: `/things/${at(attachedThings, index)}/principals`,
    }),
  },
  {
    name: 'UpdateThingShadow',
    request: (index, prepared) => ({
      service: 'iotdata',
      method: 'POST',
      path: shadowOf(index, prepared),
      body: JSON.stringify({ state: { reported: { temperature: index % 100, on: index % 2 === 0 } } }),
    }),
  },
  {
    name: 'GetThingShadow',
    request: (index, prepared) => ({ service: 'iotdata', method: 'GET', path: shadowOf(index, prepared) }),
  },
  {
    name: 'Publish',
    request: (index) => ({
      service: 'iotdata',
      method: 'POST',
      path: `/topics/telemetry-${index % 1000}`,
      query: 'qos=1',
      body: JSON.stringify({ temperature: index % 100 }),
    }),
  },
]
