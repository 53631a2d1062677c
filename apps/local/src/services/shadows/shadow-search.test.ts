import { parseStoredShadow } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { Database } from '../../foundation/database.ts'
import type { SoughtShadow } from '../../foundation/fleet-sources.ts'
import { ShadowSearch } from './shadow-search.ts'
import { ShadowTable } from './shadow-table.ts'

test('one call looks at a bounded number of shadows, and the next goes on behind them', () => {
  const database = new Database(':memory:')
  const shadows = new ShadowTable(database)
  const put = (thingName: string, mode: string, shadowName?: string) =>
    shadows.put(
      { thingName, shadowName },
      parseStoredShadow(`{"version":1,"state":{"reported":{"mode":"${mode}"}},"metadata":{"reported":{"mode":1}}}`),
    )
  for (const name of ['a', 'b', 'c', 'd', 'e']) put(name, name < 'd' ? 'normal' : 'eco')
  for (const name of ['p', 'q', 'r', 's']) put('b', 'eco', name)
  shadows.put({ thingName: 'f' }, { kind: 'tombstone', version: 2, deletedAtSeconds: 1 })
  const search = new ShadowSearch(database, 2)
  const pages = (sought: SoughtShadow, count: number) => {
    const found = [search.things(sought, '', count)]
    for (let next = found[0]?.next; next !== undefined; next = found.at(-1)?.next) {
      found.push(search.things(sought, next, count))
    }
    return found.map(({ names }) => names)
  }
  const eco = { shadowName: '', field: 'reported.mode', value: { part: 'eco' } }
  expect(pages(eco, 5)).toEqual([[], ['d'], ['e'], []])
  expect(pages({ ...eco, shadowName: 'r' }, 1)).toEqual([['b'], [], [], []])
  expect(pages({ ...eco, shadowName: undefined }, 1)).toEqual([['b'], ['d'], ['e'], []])
  expect(pages({ shadowName: '', field: undefined, value: undefined }, 1).flat()).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('of a field that no shadow has any longer nothing is left in the index', () => {
  const database = new Database(':memory:')
  const shadows = new ShadowTable(database)
  const search = new ShadowSearch(database)
  search.keepIndex(true)
  const fieldsOf = (name: string) => {
    const stored = `{"version":1,"state":{"reported":{"${name}":1}},"metadata":{"reported":{"${name}":1}}}`
    shadows.put({ thingName: 'a' }, parseStoredShadow(stored))
    while (search.catchUp(1));
    const sets = database.all<{ fields: string }>('SELECT fields FROM shadow_field_sets')
    expect(sets).toEqual([{ fields: `["reported.${name}"]` }])
    return database.all<{ field: string }>('SELECT field FROM shadow_fields').map(({ field }) => field)
  }
  expect(fieldsOf('x').toSorted()).toEqual(['hasDelta', 'metadata', 'reported.x'])
  expect(fieldsOf('y').toSorted()).toEqual(['hasDelta', 'metadata', 'reported.y'])
})

test('of some things those are told whose shadow is indexed with a value, and those whose shadow changed since', () => {
  const database = new Database(':memory:')
  const shadows = new ShadowTable(database)
  const search = new ShadowSearch(database)
  const put = (thingName: string, mode: string) =>
    shadows.put({ thingName }, parseStoredShadow(`{"version":1,"state":{"reported":{"mode":"${mode}"}},"metadata":{}}`))
  const soughtIn = (field: string): SoughtShadow => ({
    shadowName: '',
    field,
    value: { part: 'eco' },
    indexed: { field, values: ['eco'], accepts: () => true },
  })
  const among = (field: string) => search.among(['a', 'b', 'c', 'd'], soughtIn(field))
  put('a', 'eco')
  put('b', 'normal')
  put('c', 'eco')
  search.keepIndex(true)
  expect(among('reported.mode')).toBeUndefined()
  while (search.catchUp(2));
  expect(among('reported.mode')).toEqual(['a', 'c'])
  put('a', 'normal')
  put('b', 'eco')
  expect(among('reported.mode')).toEqual(['a', 'b', 'c'])
  expect(among('reported.nowhere')).toEqual(['a', 'b'])
  while (search.catchUp(2));
  expect(among('reported.mode')).toEqual(['b', 'c'])
})
