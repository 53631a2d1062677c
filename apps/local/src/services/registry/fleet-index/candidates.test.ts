import { parseQuery } from '@thingdeck/fleet-query'
import { expect, test } from 'vitest'
import type { Candidates } from './candidates.ts'
import { stepsOf } from './search-steps.ts'

test.each<[string, Candidates[]]>([
  ['*', [{ by: 'all' }]],
  ['NOT thingTypeName:pump', [{ by: 'otherType', text: 'pump' }]],
  ['thingTypeName:Pump', [{ by: 'type', text: 'pump', isWhole: true }]],
  ['registry.thingGroupNames:"hall"', [{ by: 'group', text: 'hall' }]],
  ['thingTypeName:pump* thingName:*ump-7*', [{ by: 'part', text: 'ump-7' }]],
  ['thingName:*a*bcd', [{ by: 'part', text: 'bcd' }]],
  ['thingTypeName:pump AND thingName:pump-7', [{ by: 'name', text: 'pump-7', isWhole: true }]],
  ['thingTypeName:pump AND connectivity.connected:true', [{ by: 'connection', lasts: true }]],
  ['connectivity.connected:false', [{ by: 'all' }]],
  ['connectivity.timestamp > 5', [{ by: 'connection', lasts: false }]],
  ['connectivity.timestamp < 5', [{ by: 'all' }]],
  ['attributes.temp > 60', [{ by: 'number', attribute: 'temp', low: 60, high: Number.MAX_VALUE }]],
  ['attributes.temp:[1.5 TO 60}', [{ by: 'number', attribute: 'temp', low: 1.5, high: 60 }]],
  ['attributes.site:[a TO b]', [{ by: 'attribute', attribute: 'site', text: '', isWhole: false }]],
  [
    'attributes.site:a OR thingTypeName:pump',
    [
      { by: 'attribute', attribute: 'site', text: 'a', isWhole: true },
      { by: 'type', text: 'pump', isWhole: true },
    ],
  ],
  ['attributes.site:a OR NOT attributes.site:b', [{ by: 'all' }]],
  ['attributes.site:*-7', [{ by: 'attribute', attribute: 'site', text: '', isWhole: false, part: '-7' }]],
  ['connectivity.clientId:Pump-7', [{ by: 'name', text: 'pump-7', isWhole: true }]],
  ['connectivity.keepAliveDuration > 5', [{ by: 'connection', lasts: false }]],
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
  ['*mp-7', [{ by: 'anyPart', text: 'mp-7' }]],
  ['NOT pump', [{ by: 'all' }]],
  ['(thingName:a OR thingName:b) AND thingGroupNames:hall', [{ by: 'group', text: 'hall' }]],
  [
    '(thingName:a OR thingName:b) AND shadow.reported.x:1',
    [
      { by: 'name', text: 'a', isWhole: true },
      { by: 'name', text: 'b', isWhole: true },
    ],
  ],
])('%s is looked for in %j', (text, expected) => {
  expect(stepsOf(parseQuery(text), false).map(({ candidates }) => candidates)).toEqual(expected)
})
