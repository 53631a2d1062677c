import type { GetMetricDataCommandOutput, GetMetricDataInput } from '@aws-sdk/client-cloudwatch'
import type { MetricQuery } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { answeringClient } from './answering-client.test-support.ts'
import { MetricDataReader } from './metric-data.ts'

const query = (metricName: string): MetricQuery => ({
  namespace: 'AWS/IoT',
  metricName,
  dimensions: [{ name: 'Protocol', value: 'MQTT' }],
  stat: 'Sum',
})
const NOW_MS = Date.UTC(2026, 2, 4, 12)
const RANGE = { startMs: NOW_MS - 3_600_000, endMs: NOW_MS, periodSeconds: 60 }

type Answer = Omit<GetMetricDataCommandOutput, '$metadata'>

/** A reader of what a test answers, with a clock that the test turns on. */
function reader(answer: (input: GetMetricDataInput) => Answer | Promise<Answer>) {
  const { client, asked } = answeringClient(answer)
  let nowMs = NOW_MS
  const clock = { nowMs: () => nowMs, after: (delayMs: number, action: () => void) => void setTimeout(action, delayMs) }
  return {
    asked,
    data: new MetricDataReader(client, clock),
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

const at = (minute: number) => new Date(RANGE.startMs + minute * 60_000)
const everything = ({ MetricDataQueries = [] }: GetMetricDataInput): Answer => ({
  MetricDataResults: MetricDataQueries.map(({ Id }) => ({
    Id,
    Timestamps: [at(0)],
    Values: [1],
    StatusCode: 'Complete' as const,
  })),
})

test('pages of one answer are put together, in the order of time', async () => {
  const { data } = reader(({ NextToken }) =>
    NextToken === undefined
      ? {
          MetricDataResults: [{ Id: 'm0', Timestamps: [at(2), at(1)], Values: [2, 1], StatusCode: 'PartialData' }],
          NextToken: 'more',
        }
      : { MetricDataResults: [{ Id: 'm0', Timestamps: [at(3)], Values: [3], StatusCode: 'Complete' }] },
  )
  const { series } = await data.read([query('Connect.Success')], RANGE)
  expect(series).toEqual([
    {
      outcome: 'complete',
      at: [1, 2, 3].map((minute) => at(minute).getTime() / 1_000),
      values: [1, 2, 3],
      messages: [],
    },
  ])
})

test('what is forbidden, partial, failed and empty is told apart, series by series', async () => {
  const { data } = reader(() => ({
    MetricDataResults: [
      { Id: 'm0', StatusCode: 'Forbidden', Messages: [{ Code: 'Forbidden', Value: 'not yours' }] },
      { Id: 'm1', Timestamps: [at(1)], Values: [4], StatusCode: 'PartialData' },
      { Id: 'm2', StatusCode: 'InternalError' },
      { Id: 'm3', Timestamps: [], Values: [], StatusCode: 'Complete' },
    ],
  }))
  const { series } = await data.read(['a', 'b', 'c', 'd'].map(query), RANGE)
  expect(series.map(({ outcome, values }) => [outcome, values])).toEqual([
    ['forbidden', []],
    ['partial', [4]],
    ['failed', []],
    ['complete', []],
  ])
  expect(series[0]?.messages).toEqual(['Forbidden: not yours'])
})

test('more than 500 queries are several requests, and come back in their order', async () => {
  const { data, asked } = reader(({ MetricDataQueries = [] }) => ({
    MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => ({
      Id,
      Timestamps: [at(0)],
      Values: [Number(MetricStat?.Metric?.MetricName)],
      StatusCode: 'Complete',
    })),
  }))
  const names = Array.from({ length: 1_203 }, (_, index) => String(index))
  const { series } = await data.read(names.map(query), RANGE)
  expect(asked.map(({ MetricDataQueries }) => MetricDataQueries?.length)).toEqual([500, 500, 203])
  expect(series.map(({ values }) => String(values[0]))).toEqual(names)
})

test('who asks for the same at once, or a little later, causes no second request; who asks for more, only for that', async () => {
  const { data, asked, pass } = reader(everything)
  await Promise.all([data.read([query('a')], RANGE), data.read([query('a')], RANGE)])
  await data.read([query('a'), query('b')], RANGE)
  expect(
    asked.map(({ MetricDataQueries = [] }) => MetricDataQueries.map((each) => each.MetricStat?.Metric?.MetricName)),
  ).toEqual([['a'], ['b']])
  pass(60_000)
  await data.read([query('a')], RANGE)
  expect(asked).toHaveLength(3)
})

test('100 people who look at the last hour, which is another one each minute, cost as many requests as one', async () => {
  const requestsOf = async (people: number) => {
    const { data, asked, pass } = reader(everything)
    const gapMs = 5_000 / people // pages see within five seconds that it is another minute
    for (let minute = 0; minute < 12; minute += 1) {
      const range = { ...RANGE, startMs: RANGE.startMs + minute * 60_000, endMs: RANGE.endMs + minute * 60_000 }
      for (let person = 0; person < people; person += 1) {
        await data.read([query('a'), query('b')], range)
        pass(gapMs)
      }
      pass(55_000)
    }
    return asked.length
  }
  expect(await requestsOf(1)).toBe(12)
  expect(await requestsOf(100)).toBe(12)
})

test('what CloudWatch did not give whole is asked for again', async () => {
  let isWhole = false
  const { data, asked } = reader(() => ({
    MetricDataResults: [{ Id: 'm0', StatusCode: isWhole ? 'Complete' : 'PartialData' }],
  }))
  expect((await data.read([query('a')], RANGE)).series[0]?.outcome).toBe('partial')
  isWhole = true
  expect((await data.read([query('a')], RANGE)).series[0]?.outcome).toBe('complete')
  expect(asked).toHaveLength(2)
})

test('a read goes on while one of those who wait for it is there', async () => {
  const answered = Promise.withResolvers<Answer>()
  const { data } = reader(() => answered.promise)
  const leaving = new AbortController()
  const left = data.read([query('a')], RANGE, leaving.signal)
  const staying = data.read([query('a')], RANGE)
  leaving.abort(new Error('the page was left'))
  await expect(left).rejects.toThrow('the page was left')
  answered.resolve({ MetricDataResults: [{ Id: 'm0', Timestamps: [at(1)], Values: [7], StatusCode: 'Complete' }] })
  expect((await staying).series[0]?.values).toEqual([7])
})

test.each([
  ['AccessDenied', 403, 'not-allowed'],
  ['AccessDeniedException', 400, 'not-allowed'],
  ['UnknownOperationException', 404, 'not-served'],
  ['NotImplementedException', 501, 'not-served'],
])('%s (%i) is the outcome %s', async (name, httpStatusCode, outcome) => {
  const { data } = reader(() => {
    throw Object.assign(new Error('words of AWS'), { name, $metadata: { httpStatusCode } })
  })
  expect(await data.read([query('a')], RANGE)).toEqual({ outcome, message: `${name}: words of AWS`, series: [] })
})

test('another error is thrown', async () => {
  const { data } = reader(() => {
    throw Object.assign(new Error('slow down'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } })
  })
  await expect(data.read([query('a')], RANGE)).rejects.toThrow('slow down')
})
