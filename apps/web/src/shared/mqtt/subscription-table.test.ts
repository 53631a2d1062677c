import { expect, test } from 'vitest'
import { SubscriptionTable } from './subscription-table.ts'

test('a filter is wanted once, and until the last consumer lets go', () => {
  const table = new SubscriptionTable()
  const wanted = [{ filter: 'dt/#', qos: 0 as const }]
  table.replace('live', wanted)
  table.replace('tap', wanted)
  expect(table.all()).toEqual(wanted)
  table.replace('live', [])
  expect(table.all()).toEqual(wanted)
  table.replace('tap', [])
  expect(table.all()).toEqual([])
})

test('a higher QoS is pending anew, a lower one does not take it from another', () => {
  const table = new SubscriptionTable()
  table.replace('live', [{ filter: 'dt/#', qos: 0 }])
  table.answered('dt/#', { kind: 'active', qos: 0 })
  table.replace('tap', [{ filter: 'dt/#', qos: 1 }])
  expect(table.stateOf('dt/#')?.status).toEqual({ kind: 'pending' })
  table.answered('dt/#', { kind: 'active', qos: 1 })
  table.replace('other', [{ filter: 'dt/#', qos: 0 }])
  expect(table.states()).toEqual([{ filter: 'dt/#', qos: 1, status: { kind: 'active', qos: 1 } }])
})

test('what comes on one connection only is what shared subscriptions alone ask for', () => {
  const table = new SubscriptionTable()
  table.replace('live', [
    { filter: '$share/desk/dt/#', qos: 0 },
    { filter: 'dt/hall/#', qos: 0 },
  ])
  expect([table.isShared('dt/pump-7'), table.isShared('dt/hall/pump-7'), table.isShared('else')]).toEqual([
    true,
    false,
    false,
  ])
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
