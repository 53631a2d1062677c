import { expect, test } from 'vitest'
import { Metrics } from './metrics.ts'

const metric = (name: string) => ({ namespace: 'AWS/IoT', name, dimensions: { Protocol: 'MQTT' } })
const START_MS = Date.UTC(2026, 0, 1, 12)

function metricsAt(ms: number) {
  const now = { ms }
  return { now, metrics: new Metrics(() => now.ms) }
}

test('what one counter is told becomes one minute', () => {
  const { metrics } = metricsAt(START_MS + 59_999)
  const pings = metrics.counter(metric('Ping.Success'))
  pings.add()
  pings.add(3)
  pings.add(0, 2)
  expect(metrics.take()).toMatchObject([{ startMs: START_MS, count: 4, sum: 4, min: 0, max: 3 }])
  expect(metrics.take()).toEqual([])
})

test('what comes after it was taken is a new minute, whatever the clock says', () => {
  const { metrics, now } = metricsAt(START_MS)
  const pings = metrics.counter(metric('Ping.Success'))
  const starts = [0, 60_000, 30_000, -1].map((ms) => {
    now.ms = START_MS + ms
    pings.add()
    return metrics.take().map(({ startMs, sum }) => [startMs - START_MS, sum])
  })
  expect(starts).toEqual([[[0, 1]], [[60_000, 1]], [[0, 1]], [[-60_000, 1]]])
})

test('what is recorded by name adds up, whatever object names it', () => {
  const { metrics } = metricsAt(START_MS)
  for (let times = 0; times < 3; times += 1) metrics.record(metric('Connect.Success'), 2)
  metrics.record(metric('Connect.AuthError'))
  expect(metrics.take().map(({ metric: { name }, sum }) => [name, sum])).toEqual([
    ['Connect.Success', 6],
    ['Connect.AuthError', 1],
  ])
})

test('values are kept apart where percentiles are asked', () => {
  const { metrics } = metricsAt(START_MS)
  const latency = metrics.counter({ ...metric('Latency'), hasPercentiles: true })
  latency.add(1234.5)
  latency.add(7)
  latency.add(1229)
  expect(metrics.take()[0]?.distribution?.values).toEqual([
    [7, 1],
    [1230, 2],
  ])
})
