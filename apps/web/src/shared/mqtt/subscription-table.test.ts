import { expect, test } from 'vitest'
import { SubscriptionTable } from './subscription-table.ts'

test('the broker hears of a filter once, and of its end when the last consumer lets go', () => {
  const table = new SubscriptionTable()
  expect(table.replace('live', [{ filter: 'dt/#', qos: 0 }])).toEqual({
    subscribe: [{ filter: 'dt/#', qos: 0 }],
    unsubscribe: [],
  })
  expect(table.replace('tap', [{ filter: 'dt/#', qos: 0 }])).toEqual({ subscribe: [], unsubscribe: [] })
  expect(table.replace('live', [])).toEqual({ subscribe: [], unsubscribe: [] })
  expect(table.replace('tap', [])).toEqual({ subscribe: [], unsubscribe: ['dt/#'] })
})

test('a higher QoS subscribes again, a lower one does not take it from another', () => {
  const table = new SubscriptionTable()
  table.replace('live', [{ filter: 'dt/#', qos: 0 }])
  expect(table.replace('tap', [{ filter: 'dt/#', qos: 1 }]).subscribe).toEqual([{ filter: 'dt/#', qos: 1 }])
  expect(table.replace('other', [{ filter: 'dt/#', qos: 0 }]).subscribe).toEqual([])
  expect(table.all()).toEqual([{ filter: 'dt/#', qos: 1 }])
})

test('a message goes once to each consumer, however many of its filters match', () => {
  const table = new SubscriptionTable()
  table.replace('live', [
    { filter: 'dt/#', qos: 0 },
    { filter: 'dt/+/pump-7', qos: 0 },
  ])
  table.replace('tap', [{ filter: 'dt/hall/pump-7', qos: 0 }])
  expect([...table.consumersOf('dt/hall/pump-7')].sort()).toEqual(['live', 'tap'])
  expect(table.consumersOf('dt/hall')).toEqual(['live'])
  table.replace('live', [])
  expect(table.consumersOf('dt/hall')).toEqual([])
})

test('messages of a shared subscription are matched by the filter inside', () => {
  const table = new SubscriptionTable()
  table.replace('live', [{ filter: '$share/desk/dt/#', qos: 0 }])
  expect(table.consumersOf('dt/pump-7')).toEqual(['live'])
})

test('what the broker granted holds until the connection ends', () => {
  const table = new SubscriptionTable()
  table.replace('live', [{ filter: 'dt/#', qos: 1 }])
  table.answered('dt/#', { kind: 'active', qos: 1 })
  table.answered('gone/#', { kind: 'active', qos: 1 })
  expect(table.states()).toEqual([{ filter: 'dt/#', qos: 1, status: { kind: 'active', qos: 1 } }])
  table.disconnected()
  expect(table.stateOf('dt/#')?.status).toEqual({ kind: 'pending' })
})
