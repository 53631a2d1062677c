/** Whatever a search reads of the registry and in which order: it finds what each thing by itself matches, and once. */
import { parseQuery } from '@thingdeck/fleet-query'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ThingConnectivity } from '../src/foundation/fleet-sources.ts'
import { readAll, registryFixture } from './support/registry.ts'

/** Few letters, so that much is alike: in both cases, and what LIKE takes for a wildcard. */
const name = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '1', '-', '_'), minLength: 1, maxLength: 3 })
const value = fc.oneof(name, fc.constantFrom('1', '1.0', '-2', '1e1', 'true'))
const thing = fc.record({
  name,
  type: fc.constantFrom(undefined, 'aB', 'ba', 'B-'),
  attributes: fc.dictionary(fc.constantFrom('x', 'y', 'z'), value, { maxKeys: 3, noNullPrototype: true }),
  connection: fc.constantFrom(undefined, 'lasts', 'ended'),
})

const word = fc
  .tuple(fc.constantFrom('', '', '*'), value, fc.constantFrom('', '', '*', '?'))
  .map(([before, text, after]) => `${before}${text.replaceAll('-', '\\-')}${after}`)
const range = fc.tuple(value, value).map(([low, high]) => `["${low}" TO "${high}"}`)
const field = fc.constantFrom('', 'thingName:', 'thingTypeName:', 'attributes.x:', 'thingId:', 'connectivity.clientId:')
const term = fc.oneof(
  fc.tuple(field, fc.oneof(word, word, range)).map((parts) => parts.join('')),
  fc.constantFrom('attributes.y:*', 'thingTypeName:*', 'connectivity.cleanSession:true', 'thingTypeName:"ab"', '"b-"'),
)
const part = fc.oneof(
  term,
  term.map((text) => `NOT ${text}`),
  fc.tuple(term, term).map(([a, b]) => `(${a} OR ${b})`),
)
/** Of which only one term may begin with a wildcard, and only while it is short. */
const query = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' AND '))
  .filter((text) => (text.match(/(?<![^ :(])\*\S/g) ?? []).length <= 1 && text.length <= 100)

test('a search finds what matches, and each thing once', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(thing, { selector: (each) => each.name, maxLength: 12 }),
      fc.array(query, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      (things, queries, pageSize) => {
        const connections = new Map(things.map((each) => [each.name, each.connection]))
        const { iot, registry } = registryFixture({
          connectivityOf: (clientId) => connectivityOf(clientId, connections.get(clientId)),
          connectionNames: (lasts, after, count) =>
            [...connections]
              .filter(([each, state]) => each > after && (lasts ? state === 'lasts' : state !== undefined))
              .map(([each]) => each)
              .sort()
              .slice(0, count),
        })
        iot.UpdateIndexingConfiguration({
          thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' },
        })
        for (const thingTypeName of ['aB', 'ba', 'B-']) iot.CreateThingType({ thingTypeName })
        for (const { name: thingName, type: thingTypeName, attributes } of things) {
          iot.CreateThing({ thingName, thingTypeName, attributePayload: { attributes } })
        }
        for (const queryString of queries) {
          const parsed = parseQuery(queryString)
          const expected = things
            .map((each) => registry.things.require(each.name))
            .filter((each) => registry.fleetIndex.matchesThing(parsed, each))
            .map(({ thingName }) => thingName)
          const found = readAll((page) => {
            const { things: items = [], nextToken } = iot.SearchIndex({ queryString, ...page })
            return { items: items.map(({ thingName }) => thingName), nextToken }
          }, pageSize)
          expect({ queryString, found: found.sort() }).toEqual({ queryString, found: expected.sort() })
        }
      },
    ),
  )
})

function connectivityOf(clientId: string, state: 'lasts' | 'ended' | undefined): ThingConnectivity | undefined {
  if (state === undefined) return undefined
  return { clientId, connected: state === 'lasts', timestamp: 1557651600000, cleanSession: true }
}
