import { type IndexedValue, parseQuery } from '@thingdeck/fleet-query'
import { expect, test } from 'vitest'
import type { SoughtShadow } from '../../../foundation/fleet-sources.ts'
import { AFTER_ALL } from '../../../foundation/text-order.ts'
import type { Candidates, Choose } from './candidates.ts'
import { isFirstFound, stepsOf } from './search-steps.ts'

test.each<[string, Candidates[]]>([
  ['*', [{ by: 'all' }]],
  ['NOT thingTypeName:pump', [{ by: 'otherType', text: 'pump' }]],
  ['thingTypeName:Pump', [{ by: 'type', text: 'pump', isWhole: true }]],
  ['registry.thingGroupNames:"hall"', [{ by: 'group', text: 'hall' }]],
  ['thingTypeName:pump* thingName:*ump-7*', [{ by: 'part', of: 'name', text: 'ump-7' }]],
  ['thingName:*a*bcd', [{ by: 'part', of: 'name', text: 'bcd' }]],
  ['thingTypeName:pump AND thingName:pump-7', [{ by: 'name', text: 'pump-7', isWhole: true }]],
  ['thingTypeName:pump AND connectivity.connected:true', [{ by: 'connection', sought: { last: true } }]],
  ['connectivity.connected:false', [{ by: 'all' }]],
  ['connectivity.timestamp > 5', [{ by: 'connection', sought: { timestamps: [5, Number.POSITIVE_INFINITY] } }]],
  ['connectivity.timestamp < 5', [{ by: 'all' }]],
  ['connectivity.timestamp:5', [{ by: 'connection', sought: { timestamps: [5, 5] } }]],
  ['connectivity.timestamp:0', [{ by: 'all' }]],
  ['connectivity.disconnectReason:*', [{ by: 'connection', sought: {} }]],
  [
    'connectivity.disconnectReason:CONNECTION_LOST',
    [{ by: 'connection', sought: { disconnectReason: 'connection_lost' } }],
  ],
  ['attributes.temp > 60', [{ by: 'number', attribute: 'temp', low: 60, high: Number.POSITIVE_INFINITY }]],
  ['attributes.temp:[1.5 TO 60}', [{ by: 'number', attribute: 'temp', low: 1.5, high: 60 }]],
  ['attributes.site:[a TO b]', [{ by: 'attribute', attribute: 'site', text: 'a', isWhole: false, upTo: 'b' }]],
  ['thingName >= a5', [{ by: 'name', text: 'a5', isWhole: false, upTo: '' }]],
  ['thingName > 5', [{ by: 'all' }]],
  [
    'attributes.site:a OR thingTypeName:pump',
    [
      { by: 'attribute', attribute: 'site', text: 'a', isWhole: true },
      { by: 'type', text: 'pump', isWhole: true },
    ],
  ],
  ['attributes.site:a OR NOT attributes.temp > 5', [{ by: 'all' }]],
  ['attributes.site:*all-7', [{ by: 'part', of: 'values', text: 'all-7' }]],
  ['attributes.site:hall*a', [{ by: 'attribute', attribute: 'site', text: 'hall', isWhole: false, part: 'a' }]],
  ['thingTypeName:*ump', [{ by: 'partOfType', text: 'ump' }]],
  ['NOT thingTypeName:*', [{ by: 'type', text: '', isWhole: true }]],
  [
    'NOT attributes.site:Hall*',
    [
      { by: 'lacking', attribute: 'site' },
      { by: 'attribute', attribute: 'site', isWhole: false, text: '', before: 'hall' },
      { by: 'attribute', attribute: 'site', isWhole: false, text: `hall${AFTER_ALL}`, before: AFTER_ALL },
    ],
  ],
  ['NOT attributes.site:h*l', [{ by: 'all' }]],
  ['NOT thingTypeName:""', [{ by: 'all' }]],
  ['NOT attributes.site:*', [{ by: 'lacking', attribute: 'site' }]],
  ['attributes.site:*-7', [{ by: 'attribute', attribute: 'site', text: '', isWhole: false, part: '-7' }]],
  ['connectivity.clientId:Pump-7', [{ by: 'name', text: 'pump-7', isWhole: true }]],
  ['connectivity.keepAliveDuration > 5', [{ by: 'connection', sought: {} }]],
  [
    'Pump*',
    [
      { by: 'name', text: 'pump', isWhole: false },
      { by: 'type', text: 'pump', isWhole: false },
      { by: 'value', text: 'pump', isWhole: false },
    ],
  ],
  [
    '"beef" NOT thingTypeName:pump',
    [
      { by: 'name', text: 'beef', isWhole: true },
      { by: 'type', text: 'beef', isWhole: true },
      { by: 'value', text: 'beef', isWhole: true },
    ],
  ],
  [
    '*mp-7',
    [
      { by: 'part', of: 'name', text: 'mp-7' },
      { by: 'partOfType', text: 'mp-7' },
      { by: 'part', of: 'values', text: 'mp-7' },
    ],
  ],
  ['NOT pump', [{ by: 'all' }]],
  [
    '(thingName:a OR thingName:b) AND thingGroupNames:hall',
    [
      { by: 'name', text: 'a', isWhole: true },
      { by: 'name', text: 'b', isWhole: true },
    ],
  ],
  [
    '(thingName:a OR thingName:b) AND shadow.reported.x:1',
    [
      { by: 'name', text: 'a', isWhole: true },
      { by: 'name', text: 'b', isWhole: true },
    ],
  ],
])('%s is looked for in %j', (text, expected) => {
  expect(stepsOf(parseQuery(text), 'none').map(({ candidates }) => candidates)).toEqual(expected)
})

/** What the index of values is asked for is a function, too; whole searches show what it finds. */
function withoutIndex(candidates: Candidates): Candidates {
  if (candidates.by !== 'shadow') return candidates
  const { indexed: _, ...sought } = candidates.sought
  return { by: 'shadow', sought }
}

const ANY_SHADOW = { shadowName: undefined, field: undefined, value: undefined }

test.each<[string, SoughtShadow]>([
  ['shadow.reported.x:Eco', { shadowName: '', field: 'reported.x', value: { part: 'eco' } }],
  ['shadow.name.config.delta.x:*co', { shadowName: 'config', field: 'desired.x', value: { part: 'co' } }],
  ['shadow.reported.x:"b  éa"', { shadowName: '', field: 'reported.x', value: { part: 'b' } }],
  ['shadow.reported.x:0', { shadowName: '', field: 'reported.x', value: { part: '0', numbers: [0, 0] } }],
  ['shadow.reported.x > 0', { shadowName: '', field: 'reported.x', value: { numbers: [0, Number.POSITIVE_INFINITY] } }],
  ['shadow.reported.x:1*', { shadowName: '', field: 'reported.x', value: undefined }],
  ['shadow.reported.x:*', { shadowName: '', field: 'reported.x', value: undefined }],
  ['shadow.metadata.reported.x.timestamp > 5', { ...ANY_SHADOW, shadowName: '' }],
  ['shadow.hasDelta:true', { ...ANY_SHADOW, shadowName: '', field: 'desired' }],
  ['shadow.hasDelta:false', { ...ANY_SHADOW, shadowName: '' }],
])('%s is looked for in shadows that have %j', (text, sought) => {
  const steps = stepsOf(parseQuery(text), 'classic')
  expect(steps.map(({ candidates }) => withoutIndex(candidates))).toEqual([{ by: 'shadow', sought }])
})

test.each<[string, Candidates[]]>([
  [
    'NOT shadow.reported.x.y:*',
    [{ by: 'shadowFields', sought: { shadowName: '', has: [], lacks: ['reported.x.y'] } }, { by: 'noShadow' }],
  ],
  [
    'shadow.reported.a:* AND shadow.desired.b:*',
    [{ by: 'shadowFields', sought: { shadowName: '', has: ['reported.a', 'desired.b'], lacks: [] } }],
  ],
  [
    'shadow.reported.a:* NOT shadow.desired.b:*',
    [{ by: 'shadowFields', sought: { shadowName: '', has: ['reported.a'], lacks: ['desired.b'] } }],
  ],
  ['NOT shadow.delta.x:*', [{ by: 'all' }]],
  ['NOT shadow.name.config.reported.x:*', [{ by: 'all' }]],
])('%s is looked for by what shadows have and lack', (text, expected) => {
  expect(stepsOf(parseQuery(text), 'classic').map(({ candidates }) => candidates)).toEqual(expected)
  expect(stepsOf(parseQuery(text), 'named').map(({ candidates }) => candidates.by)).not.toContain('shadowFields')
})

test.each<[string, string, Record<string, IndexedValue>]>([
  ['NOT shadow.reported.x:* OR thingName:a', 'shadowFields', { 'shadow.hasDelta': false }],
  ['NOT shadow.reported.x:* OR thingName:a', 'noShadow', { thingName: 'a' }],
  [
    'NOT shadow.reported.x:* OR thingName:a',
    'name',
    { thingName: 'a', 'shadow.hasDelta': false, 'shadow.reported.x': 1 },
  ],
  [
    '(shadow.reported.x:* AND shadow.desired.x:*) OR thingName:a',
    'name',
    { thingName: 'a', 'shadow.hasDelta': true, 'shadow.desired.x': 1 },
  ],
])('by %s a thing is found at a step that reads it: %s', (text, expected, fields) => {
  const steps = stepsOf(parseQuery(text), 'classic')
  const values = (field: string) => [fields[field]].filter((value) => value !== undefined)
  const document = { values, allValues: () => [], registryValues: () => [] }
  const found = steps.filter((_, step) => isFirstFound(steps, step, document))
  expect(found.map(({ candidates }) => candidates.by)).toEqual([expected])
})

test('a word without a field is looked for in shadows, too, where they are indexed', () => {
  const ways = (text: string) => stepsOf(parseQuery(text), 'classic').map(({ candidates }) => withoutIndex(candidates))
  expect(ways('eco').at(-1)).toEqual({ by: 'shadow', sought: { ...ANY_SHADOW, value: { part: 'eco' } } })
  expect(ways('true').at(-1)).toEqual({ by: 'shadow', sought: ANY_SHADOW })
})

test('where a term says one part alone, nobody is asked to choose', () => {
  const asked: Parameters<Choose>[0][] = []
  const choose: Choose = (ways) => asked.push(ways) - 1
  stepsOf(parseQuery('thingName:p*ump-7'), 'none', choose)
  expect(asked).toEqual([])
  stepsOf(parseQuery('thingName:pump*-77'), 'none', choose)
  expect(asked).toEqual([[[{ by: 'name', text: 'pump', isWhole: false }], [{ by: 'part', of: 'name', text: '-77' }]]])
})
