/** Whatever a search reads of the registry and in which order: it finds what each thing by itself matches, and once. */
import { parseQuery } from '@thingdeck/fleet-query'
import { parseStoredShadow, type StoredShadow } from '@thingdeck/shadows'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Database } from '../src/foundation/database.ts'
import type { SoughtConnections, ThingConnectivity } from '../src/foundation/fleet-sources.ts'
import { shadowFinder, shadowsReader } from '../src/services/shadows/index.ts'
import { ShadowTable } from '../src/services/shadows/shadow-table.ts'
import { failingWrites } from './support/failing-writes.ts'
import { readAll, refusal, registryFixture } from './support/registry.ts'

/** Few letters, so that much is alike: in both cases, and what LIKE takes for a wildcard. */
const name = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '1', '-', '_'), minLength: 1, maxLength: 3 })
const value = fc.oneof(name, fc.constantFrom('1', '1.0', '-2', '1e1', 'true'))

/** Values of a shadow as its text has them: numbers in several spellings, what JSON escapes, letters that fold oddly. */
const json = fc.oneof(
  value.map((text) => JSON.stringify(text)),
  fc.constantFrom('1', '1.0', '10e-1', '1e1', '-2', '1e400', '0.1', '0.10', 'true', 'null', '{"a":1}', '[1,"b",null]'),
  fc.constantFrom(
    '"K i"',
    '"\\u212a"',
    '"İ"',
    '"a\\nb 1"',
    '"a\\"b"',
    '"1 2"',
    '{"a.b":"ab"}',
    '"a\\u0000b"',
    '"\\ud800a"',
    '["\\ud800","\\ud801"]',
    '{"a":{"b":-2}}',
  ),
)
const state = fc.dictionary(fc.constantFrom('x', 'a', 'a.b', 'é'), json, { maxKeys: 3, noNullPrototype: true })
const shadow = fc.option(fc.record({ reported: state, desired: state }), { nil: undefined })
const thing = fc.record({
  shadow,
  config: shadow,
  name,
  type: fc.constantFrom(undefined, 'aB', 'ba', 'B-'),
  attributes: fc.dictionary(fc.constantFrom('x', 'y', 'z'), value, { maxKeys: 3, noNullPrototype: true }),
  connection: fc.constantFrom(undefined, 'lasts', 'ended'),
})

const word = fc
  .tuple(fc.constantFrom('', '', '*'), value, fc.constantFrom('', '', '*', '?'))
  .map(([before, text, after]) => `${before}${text.replaceAll('-', '\\-')}${after}`)
const range = fc.tuple(value, value).map(([low, high]) => `["${low}" TO "${high}"}`)
const shadowField = fc
  .tuple(
    fc.constantFrom('', 'name.config.'),
    fc.constantFrom('reported', 'desired', 'delta'),
    fc.constantFrom('x', 'a', 'a.b', 'é'),
  )
  .map(([of, section, path]) => `shadow.${of}${section}.${path}:`)
const field = fc.constantFrom(
  '',
  'thingName:',
  'thingName:',
  'thingTypeName:',
  'attributes.x:',
  'thingId:',
  'connectivity.clientId:',
)
const term = fc.oneof(
  fc.tuple(field, fc.oneof(word, word, range)).map((parts) => parts.join('')),
  fc
    .tuple(
      shadowField,
      fc.oneof(word, word, range, fc.constantFrom('*', 'k', '"i"', '"a  b"', '"1"', 'inf*', '["-1" TO *]')),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'k',
    'i*',
    '"1 2"',
    'b',
    'tr*',
    'shadow.hasDelta:true',
    'shadow.name.config.hasDelta:false',
    'shadow.metadata.reported.x.timestamp > 5',
    'a*abb',
    'attributes.x:a*b1*',
    'thingName:b*-new',
    'b*new',
    'shadow.metadata.reported.x.timestamp >= 10',
    'shadow.metadata.reported.a.timestamp:10',
    'shadow.metadata.desired.x.timestamp:[11 TO 12]',
    'shadow.metadata.reported.x.timestamp < 11',
    'shadow.metadata.reported.x.timestamp:1*',
    'shadow.metadata.reported.x.timestamp:*',
    'shadow.reported.x:0.1*',
    'shadow.reported.x:1*0',
    '0*',
    '1?',
    '\\-*',
    '10',
  ),
  fc.constantFrom(
    'thingName:*ab*',
    'attributes.x:a*b1',
    '*b1*',
    'thingTypeName:*b',
    'attributes.y:*',
    'thingTypeName:*',
    'connectivity.cleanSession:true',
    'thingTypeName:"ab"',
    '"b-"',
  ),
)
const part = fc.oneof(
  term,
  term.map((text) => `NOT ${text}`),
  fc.tuple(term, term).map(([a, b]) => `(${a} OR ${b})`),
  fc.constantFrom(
    'NOT attributes.x:b',
    'NOT attributes.y:1*',
    'NOT attributes.x:"-2"',
    'NOT thingTypeName:*',
    'NOT thingTypeName:""',
    '(thingTypeName:ba OR NOT attributes.x:b)',
    '(thingTypeName:ba OR NOT shadow.reported.x:*)',
    '((shadow.desired.x:* AND shadow.reported.a:*) OR thingTypeName:ba)',
    'NOT shadow.reported.x:*',
    'shadow.desired.x:* AND shadow.reported.a:*',
    'shadow.reported.a:* NOT shadow.desired.x:*',
    'NOT shadow.desired.a:* AND NOT shadow.reported.x:*',
  ),
)
/** Of which only one term may begin with a wildcard, and only while it is short. */
const query = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' AND '))
  .filter((text) => (text.match(/(?<![^ :(])\*\S/g) ?? []).length <= 1 && text.length <= 100)

test('a search finds what matches, and each thing once, whichever write fails and whenever the server ends', {
  timeout: 120_000, // searches by the hundred, one after the other
}, () => {
  using writes = failingWrites()
  fc.assert(
    fc.property(
      fc.uniqueArray(thing, { selector: (each) => each.name, maxLength: 12 }),
      fc.array(query, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 14 }),
      fc.option(fc.integer({ min: 1, max: 150 }), { nil: Number.POSITIVE_INFINITY }),
      (things, queries, pageSize, areShadowsIndexed, indexed, failing) => {
        const connections = new Map(things.map((each) => [each.name, each.connection]))
        const database = new Database(':memory:')
        const sources = () => ({
          shadowsOf: shadowsReader({ database }),
          shadows: shadowFinder({ database }),
          connectivityOf: (clientId: string) => connectivityOf(clientId, connections.get(clientId)),
          connectionNames: ({ last }: SoughtConnections, after: string, count: number) =>
            [...connections]
              .filter(([each, state]) => each > after && (last ? state === 'lasts' : state !== undefined))
              .map(([each]) => each)
              .sort()
              .slice(0, count),
        })
        let { iot, registry } = registryFixture(sources(), database)
        /** After the write that fails others may be refused, as they stand on it. */
        const attempt = (write: () => unknown) => {
          try {
            write()
          } catch (error) {
            if (!writes.hasFailed) throw error
          }
        }
        const shadows = new ShadowTable(database)
        const configure = (areShadows: boolean) =>
          iot.UpdateIndexingConfiguration({
            thingIndexingConfiguration: {
              thingIndexingMode: areShadows ? 'REGISTRY_AND_SHADOW' : 'REGISTRY',
              thingConnectivityIndexingMode: 'STATUS',
              namedShadowIndexingMode: 'ON',
              filter: { namedShadowNames: ['config'] },
            },
          })
        configure(areShadowsIndexed)
        for (const thingTypeName of ['aB', 'ba', 'B-']) iot.CreateThingType({ thingTypeName })
        writes.failAt(failing)
        for (const { name: thingName, type: thingTypeName, attributes, shadow, config } of things) {
          attempt(() => iot.CreateThing({ thingName, thingTypeName, attributePayload: { attributes } }))
          if (shadow) attempt(() => shadows.put({ thingName }, storedShadow(shadow)))
          if (config) attempt(() => shadows.put({ thingName, shadowName: 'config' }, storedShadow(config)))
        }
        // What is written behind is all there, in part, or there as it was before things changed.
        for (let piece = 0; piece < indexed; piece += 1) {
          attempt(() => registry.fleetIndex.catchUp({ things: 1, shadows: 1 }))
        }
        for (const [place, { name: thingName, attributes, shadow, config }] of things.entries()) {
          const other = things[place + 1]
          if (place === 2 && indexed % 3 === 0) {
            attempt(() => {
              const another = registryFixture(sources(), database)
              iot = another.iot
              registry = another.registry
            })
          }
          if (place === 3 && indexed % 4 === 0) attempt(() => configure(!areShadowsIndexed))
          attempt(() => {
            if (place % 3 === 0) shadows.put({ thingName }, storedShadow(other?.shadow ?? config ?? NO_STATE))
            if (place % 4 === 0 && shadow) shadows.put({ thingName, shadowName: 'config' }, storedShadow(shadow))
          })
          attempt(() => {
            if (place % 3 === 1)
              iot.UpdateThing({ thingName, attributePayload: { attributes: other?.attributes ?? {} } })
            if (place === 5) iot.DeleteThing({ thingName })
            if (place === 6) iot.CreateThing({ thingName: `${thingName}-new`, attributePayload: { attributes } })
          })
          if (place === 7 && indexed % 4 === 0) attempt(() => configure(areShadowsIndexed))
        }
        writes.failAt(Number.POSITIVE_INFINITY)
        const isShadowIndexOn = registry.fleetIndex.configuration.things.thingIndexingMode === 'REGISTRY_AND_SHADOW'
        const { things: created = [] } = iot.ListThings({ maxResults: 100 })
        if (indexed % 2 === 1) registry.fleetIndex.catchUp({ things: 2, shadows: 2 })
        const isOfClassic = /shadow\.(?!name)/
        for (const queryString of queries.filter((text) => isShadowIndexOn || !isOfClassic.test(text))) {
          const parsed = parseQuery(queryString)
          const expected = created
            .map(({ thingName }) => registry.things.require(thingName ?? ''))
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

test('whichever write fails as indexes are turned on and off, they are as the configuration says', () => {
  using writes = failingWrites()
  const database = new Database(':memory:')
  const { iot, registry } = registryFixture(
    { shadowsOf: shadowsReader({ database }), shadows: shadowFinder({ database }) },
    database,
  )
  const shadows = new ShadowTable(database)
  const configure = (thingIndexingMode: 'OFF' | 'REGISTRY' | 'REGISTRY_AND_SHADOW') =>
    iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode } })
  iot.CreateThing({ thingName: 'pump-1' })
  const queryString = 'shadow.reported.x:1'
  for (const mode of [
    'REGISTRY_AND_SHADOW',
    'REGISTRY',
    'REGISTRY_AND_SHADOW',
    'OFF',
    'REGISTRY_AND_SHADOW',
  ] as const) {
    for (let n = 1; ; n += 1) {
      const before = registry.fleetIndex.configuration.things.thingIndexingMode
      writes.failAt(n)
      const failure = refusal(() => configure(mode))
      const { hasFailed } = writes
      writes.failAt(Number.POSITIVE_INFINITY)
      const { thingIndexingMode } = registry.fleetIndex.configuration.things
      expect(thingIndexingMode).toBe(failure === undefined ? mode : before)
      shadows.put({ thingName: 'pump-1' }, storedShadow({ reported: { x: String(n % 2) }, desired: {} }))
      while (registry.fleetIndex.catchUp({ things: 9, shadows: 9 }));
      if (thingIndexingMode === 'REGISTRY_AND_SHADOW') {
        expect(iot.SearchIndex({ queryString }).things).toHaveLength(n % 2)
      }
      if (!hasFailed) break
    }
  }
})

const NO_STATE = { reported: {}, desired: {} }

function connectivityOf(clientId: string, state: 'lasts' | 'ended' | undefined): ThingConnectivity | undefined {
  if (state === undefined) return undefined
  return { clientId, connected: state === 'lasts', timestamp: 1557651600000, cleanSession: true }
}

/** As the server keeps it, from members that are texts of JSON. */
function storedShadow(
  sections: Readonly<Record<'reported' | 'desired', Readonly<Record<string, string>>>>,
): StoredShadow {
  const section = (members: Readonly<Record<string, string>>, show: (text: string) => string) =>
    `{${Object.entries(members).map(([key, text]) => `${JSON.stringify(key)}:${show(text)}`)}}`
  const all = (show: (text: string) => string) =>
    `{"reported":${section(sections.reported, show)},"desired":${section(sections.desired, show)}}`
  return parseStoredShadow(`{"version":1,"state":${all((text) => text)},"metadata":${all(() => '10')}}`)
}
