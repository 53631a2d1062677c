import { expect, test } from 'vitest'
import { Database } from '../../foundation/database.ts'
import { Metrics } from '../../foundation/metrics.ts'
import { MetricReader } from './metric-reader.ts'
import { MetricStore } from './metric-store.ts'
import { MetricTable } from './metric-table.ts'

const START_S = Date.UTC(2026, 0, 1) / 1000
const DAY_S = 86_400
const MEGABYTE = 1024 * 1024

function fixture({ budgetBytes = MEGABYTE, database = new Database(':memory:') } = {}) {
  const now = { s: START_S }
  const clock = () => now.s * 1000
  const metrics = new Metrics(clock)
  const table = new MetricTable(database)
  const store = new MetricStore(metrics, table, clock, budgetBytes)
  const reader = new MetricReader(store, table)
  const put = (atSeconds: number, value: number, name = 'M', isHighResolution = false) =>
    store.put([
      {
        series: { namespace: 'N', name, dimensions: '[]' },
        point: { atSeconds, unit: 'None', count: 1, sum: value, min: value, max: value, distribution: undefined },
        isHighResolution,
      },
    ])
  const read = (periodSeconds: number, startSeconds = START_S, name = 'M') =>
    reader
      .read({
        ...{ namespace: 'N', name, dimensions: [], unit: undefined },
        ...{ startSeconds, endSeconds: now.s + 1, periodSeconds },
      })
      .map(({ atSeconds, sum, count }) => [atSeconds - START_S, count, sum])
  return { now, metrics, store, reader, put, read, database }
}

test('data points become coarser with age, and lose nothing before they go', () => {
  const { now, store, put, read } = fixture()
  for (let minute = 0; minute < 120; minute += 1) put(START_S + minute * 60, 1)
  now.s = START_S + 7200
  expect(read(60)).toHaveLength(120)
  now.s = START_S + 15 * DAY_S + 3600
  store.age()
  expect(read(60).filter(([at = 0]) => at < 3600)).toEqual([])
  expect(read(300).slice(0, 2)).toEqual([
    [0, 5, 5],
    [300, 5, 5],
  ])
  expect(read(300).reduce((total, [, count = 0]) => total + count, 0)).toBe(120)
  now.s = START_S + 64 * DAY_S
  store.age()
  expect(read(300)).toEqual([])
  expect(read(3600)).toEqual([
    [0, 60, 60],
    [3600, 60, 60],
  ])
  now.s = START_S + 456 * DAY_S
  store.age()
  expect(read(3600)).toEqual([])
})

test('seconds are kept for three hours, and are among the minutes from the beginning', () => {
  const { now, store, put, read } = fixture()
  for (const second of [0, 1, 5, 61]) put(START_S + second, 1, 'M', true)
  now.s = START_S + 120
  expect(read(1)).toEqual([0, 1, 5, 61].map((at) => [at, 1, 1]))
  expect(read(5)).toEqual([
    [0, 2, 2],
    [5, 1, 1],
    [60, 1, 1],
  ])
  now.s = START_S + 4 * 3600
  store.age()
  expect(read(1)).toEqual([])
  expect(read(60)).toEqual([
    [0, 3, 3],
    [60, 1, 1],
  ])
})

test('beyond the budget the oldest data points go', () => {
  const { now, put, read } = fixture({ budgetBytes: 400 * 1024 })
  for (let minute = 0; minute < 6_000; minute += 1) put(START_S + minute * 60, 1)
  now.s = START_S + 6_000 * 60
  const kept = read(60)
  expect(kept.length).toBeLessThan(3_600)
  expect(kept.length).toBeGreaterThan(1_000)
  expect(kept.at(-1)).toEqual([5_999 * 60, 1, 1])
})

test('what was counted is taken over once, whoever asks, and is there after a restart', () => {
  const { metrics, store, reader, read, database, now } = fixture()
  const counter = metrics.counter({ namespace: 'N', name: 'M', dimensions: {} })
  counter.add()
  reader.refresh()
  counter.add(2)
  reader.refresh()
  reader.refresh()
  expect(read(60)).toEqual([[0, 2, 3]])
  counter.add(4)
  store.takeOver()
  const again = fixture({ database })
  again.now.s = now.s
  expect(again.read(60)).toEqual([[0, 3, 7]])
})

test('what the disk does not take is taken over later', () => {
  const { metrics, store, read, database } = fixture()
  metrics.record({ namespace: 'N', name: 'M', dimensions: {} })
  database.run('ALTER TABLE metric_points RENAME TO away')
  expect(() => store.takeOver()).toThrow()
  database.run('ALTER TABLE away RENAME TO metric_points')
  metrics.record({ namespace: 'N', name: 'M', dimensions: {} })
  store.takeOver()
  expect(read(60)).toEqual([[0, 2, 2]])
})
