import type { Message } from '@thingdeck/broker'
import { expect, test } from 'vitest'
import { Database } from '../foundation/database.ts'
import { SqliteBrokerStore } from './broker-store.ts'

const message = (payload: string): Message => ({
  topic: 'a',
  payload: Buffer.from(payload),
  qos: 1,
  retain: false,
  properties: {},
  receivedAtMs: 1,
})

/** Work that is done when a test says so. */
class Turns {
  readonly #work: (() => void)[] = []
  readonly add = (work: () => void) => void this.#work.push(work)

  /** Does a piece; false where there is none. */
  next(): boolean {
    const work = this.#work.shift()
    work?.()
    return work !== undefined
  }
}

const rows = (database: Database) =>
  database.get<{ count: number }>('SELECT count(*) AS count FROM broker_queue')?.count

test('a long queue goes at once for its owner, and piece by piece from the table', () => {
  const database = new Database(':memory:')
  const turns = new Turns()
  const store = new SqliteBrokerStore(database, turns.add)
  for (let index = 0; index < 20_000; index += 1) store.enqueue('client', message(`old ${index}`))
  store.enqueue('other', message('other'))
  store.deleteSession('client')
  store.commit()
  expect([store.queueLength('client'), store.queueBytes('client'), store.queue('client', 0, 10)]).toEqual([0, 0, []])
  expect(rows(database)).toBe(20_001)

  const key = store.enqueue('client', message('new'))
  store.dequeue('client', key - 2) // one of the old ones, which somebody may still know
  expect(store.queueLength('client')).toBe(1)
  expect(turns.next()).toBe(true)
  expect(rows(database)).toBeLessThan(20_002)
  expect(rows(database)).toBeGreaterThan(2)

  // As after kill -9: another store on what is there goes on where this one stopped.
  store.commit()
  store.stop()
  const after = new SqliteBrokerStore(database, turns.add)
  expect(after.queue('client', 0, 10).map((each) => Buffer.from(each.message.payload).toString())).toEqual(['new'])
  while (turns.next());
  expect(rows(database)).toBe(2)
  expect(database.all('SELECT * FROM broker_given_up')).toEqual([])
  expect(after.queueLength('client')).toBe(1)
})

test('a key of a message that was lost is not given again', () => {
  const database = new Database(':memory:')
  const store = new SqliteBrokerStore(database, () => {})
  store.commit()
  const lost = store.enqueue('client', message('lost'))
  // What a full disk does to the transaction that is open.
  database.runDeferred('ROLLBACK')
  expect(store.enqueue('client', message('kept'))).toBeGreaterThan(lost)
})

test('messages stay where that they were given up is lost', () => {
  const database = new Database(':memory:')
  const turns = new Turns()
  const store = new SqliteBrokerStore(database, turns.add)
  for (const payload of ['1', '2']) store.enqueue('client', message(payload))
  store.commit()
  store.deleteSession('client')
  // What a full disk does to the transaction that is open, of which whoever commits it is told.
  database.runDeferred('ROLLBACK')
  expect(turns.next()).toBe(true)
  expect(() => store.commit()).toThrow()
  expect(store.queue('client', 0, 10).map((each) => Buffer.from(each.message.payload).toString())).toEqual(['1', '2'])
})
