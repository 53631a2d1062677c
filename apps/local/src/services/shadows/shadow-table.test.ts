import { applyUpdate, parseUpdateRequest, type StoredShadow } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { Database } from '../../foundation/database.ts'
import { ShadowTable } from './shadow-table.ts'

const id = { thingName: 'pump-1' }

function updated(before: StoredShadow | undefined, patch: object): StoredShadow {
  const request = parseUpdateRequest(Buffer.from(JSON.stringify({ state: patch })))
  return applyUpdate(before, request, { nowSeconds: 1_700_000_000 }).shadow
}

test('finds what was there before a transaction that failed', () => {
  const database = new Database(':memory:')
  const table = new ShadowTable(database)
  const first = updated(undefined, { desired: { speed: 1 } })
  table.put(id, first)
  expect(() =>
    database.transaction(() => {
      table.put(id, updated(table.find(id), { desired: { speed: 2 } }))
      throw new Error('the disk is full')
    }),
  ).toThrow('the disk is full')
  expect(table.find(id)).toEqual(first)
})

test('finds what another table wrote into the same database, and nothing once it is gone', () => {
  const database = new Database(':memory:')
  const [table, other] = [new ShadowTable(database), new ShadowTable(database)]
  table.put(id, updated(undefined, { desired: { speed: 1 } }))
  other.put(id, updated(other.find(id), { reported: { speed: 1 } }))
  expect(table.find(id)).toEqual(other.find(id))
  database.run('DELETE FROM shadow')
  expect(table.find(id)).toBeUndefined()
})

test('tells apart shadows of more things than it remembers', () => {
  const table = new ShadowTable(new Database(':memory:'))
  const names = Array.from({ length: 600 }, (_, number) => `pump-${number}`)
  for (const thingName of names) table.put({ thingName }, updated(undefined, { desired: { thingName } }))
  for (const thingName of names) {
    expect(table.find({ thingName })).toEqual(updated(undefined, { desired: { thingName } }))
    expect(table.find({ thingName, shadowName: 'config' })).toBeUndefined()
  }
})
