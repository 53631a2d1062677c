import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { admit, NOTHING_NEW, show } from './tail.ts'

const ANCHOR_MS = Date.UTC(2026, 2, 4)

const entry = (eventId: string, afterMs: number, loggedAfterMs = afterMs): IotLogEntry => ({
  eventId,
  at: new Date(ANCHOR_MS + afterMs).toISOString(),
  loggedAt: new Date(ANCHOR_MS + loggedAfterMs).toISOString(),
  logStreamName: 's',
  message: '{}',
})
const look = (...entries: IotLogEntry[]) => ({ entries, hasGap: false, throttled: 0 })
const ids = (entries: readonly IotLogEntry[]) => entries.map(({ eventId }) => eventId)

test('what comes waits, each once, newest first', () => {
  const first = admit(NOTHING_NEW, look(entry('b', 2), entry('a', 1), entry('old', -5)), new Set(), ANCHOR_MS)
  const second = admit(first, look(entry('c', 3), entry('b', 2), entry('a', 1)), new Set(), ANCHOR_MS)
  expect(ids(second.waiting)).toEqual(['c', 'b', 'a'])
  expect(second.newestMs).toBe(ANCHOR_MS + 3)
  expect(admit(second, look(entry('c', 3)), new Set(), ANCHOR_MS)).toBe(second)
})

test('what is shown comes above, and stays when more comes', () => {
  const shown = show(admit(NOTHING_NEW, look(entry('a', 1)), new Set(), ANCHOR_MS))
  const more = admit(shown, look(entry('b', 2), entry('a', 1)), new Set(), ANCHOR_MS)
  expect([ids(more.shown), ids(more.waiting)]).toEqual([['a'], ['b']])
  expect(ids(show(more).shown)).toEqual(['b', 'a'])
})

test('an earlier entry that CloudWatch had late is new, one of the list is not', () => {
  const state = admit(NOTHING_NEW, look(entry('late', -2_000, 500), entry('listed', 3)), new Set(['listed']), ANCHOR_MS)
  expect(ids(state.waiting)).toEqual(['late'])
})

test('that more came than was read stays said', () => {
  const gap = admit(NOTHING_NEW, { ...look(entry('a', 1)), hasGap: true }, new Set(), ANCHOR_MS)
  expect(admit(gap, look(entry('b', 2)), new Set(), ANCHOR_MS).hasGap).toBe(true)
})
