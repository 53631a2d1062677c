import { randomUUID } from 'node:crypto'
import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, describe, expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { cloudwatchClients } from './support/cloudwatch-clients.ts'

const local = await startLocal()
afterAll(() => local.close())

const clients = cloudwatchClients(local)
const cloudwatch = clients['AWS JSON']

/** One of its own for a test. */
const newNamespace = () => `Test/${randomUUID()}`

const MINUTE = 60_000
/** The minute in which the tests began, however many they take: what they put and ask about are the same minutes. */
const THIS_MINUTE = Math.floor(Date.now() / MINUTE) * MINUTE
/** A whole minute of a while ago. */
const aMinute = (ago: number) => new Date(THIS_MINUTE - ago * MINUTE)

const put = (Namespace: string, ...MetricData: MetricDatum[]) =>
  cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }))

describe.each(Object.entries(clients))('in %s', (_protocol, client) => {
  test('what is put is listed and read', async () => {
    const Namespace = newNamespace()
    const Dimensions = [
      { Name: 'Protocol', Value: 'MQTT' },
      { Name: 'A', Value: 'é & <b>' },
    ]
    const at = aMinute(2)
    const MetricData = [
      { MetricName: 'Pump', Dimensions, Timestamp: at, Value: 1.5, Unit: 'Count' as const },
      {
        MetricName: 'Pump',
        Dimensions: Dimensions.toReversed(),
        Timestamp: at,
        Values: [2, 4],
        Counts: [3, 1],
        Unit: 'Count' as const,
      },
    ]
    await client.send(new PutMetricDataCommand({ Namespace, MetricData }))
    const listed = await client.send(new ListMetricsCommand({ Namespace, Dimensions: [{ Name: 'A' }] }))
    expect(listed.Metrics).toEqual([{ Namespace, MetricName: 'Pump', Dimensions: Dimensions.toReversed() }])
    const { Label, Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace,
        MetricName: 'Pump',
        Dimensions,
        StartTime: aMinute(10),
        EndTime: aMinute(0),
        Period: 60,
        Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
        ExtendedStatistics: ['p50', 'tm50'],
      }),
    )
    expect(Label).toBe('Pump')
    expect(Datapoints).toEqual([
      {
        Timestamp: at,
        SampleCount: 5,
        Sum: 11.5,
        Average: 2.3,
        Minimum: 1.5,
        Maximum: 4,
        Unit: 'Count',
        ExtendedStatistics: { p50: 2, tm50: 1.8 },
      },
    ])
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: aMinute(10),
        EndTime: aMinute(0),
        MetricDataQueries: [
          { Id: 'sum', MetricStat: { Metric: { Namespace, MetricName: 'Pump', Dimensions }, Period: 60, Stat: 'Sum' } },
          {
            Id: 'none',
            MetricStat: { Metric: { Namespace, MetricName: 'Pump' }, Period: 60, Stat: 'Sum' },
            Label: 'x',
          },
        ],
      }),
    )
    expect(MetricDataResults).toMatchObject([
      { Id: 'sum', Label: 'Pump', Timestamps: [at], Values: [11.5], StatusCode: 'Complete' },
      { Id: 'none', Label: 'x', StatusCode: 'Complete' },
    ])
  })

  test('errors have their names and texts', async () => {
    const MetricData = [{ MetricName: 'Pump', Value: 1, Timestamp: new Date('2020-01-01') }]
    const tooOld = client.send(new PutMetricDataCommand({ Namespace: 'Test', MetricData }))
    await expect(tooOld).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.',
    })
  })

  test('a large request, which clients compress', async () => {
    const Namespace = newNamespace()
    const MetricData = Array.from({ length: 1000 }, (_, index) => ({
      MetricName: 'Pump',
      Dimensions: [{ Name: 'N', Value: `${index}-${'x'.repeat(100)}` }],
      Value: index,
    }))
    await client.send(new PutMetricDataCommand({ Namespace, MetricData }))
    const pages = []
    for (let NextToken: string | undefined, isFirst = true; isFirst || NextToken !== undefined; isFirst = false) {
      const page = await client.send(new ListMetricsCommand({ Namespace, NextToken }))
      pages.push(page.Metrics?.length)
      NextToken = page.NextToken
    }
    expect(pages).toEqual([500, 500])
  })
})

test('an error has the code that older clients know, in AWS JSON too', async () => {
  await expect(put('Test', { MetricName: 'M', Value: Number.NaN })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    Code: 'InvalidParameterValue',
    Type: 'Sender',
  })
})

test.each<[MetricDatum, string]>([
  [{ MetricName: 'M' }, 'At least one of the parameters must be specified.'],
  [{ MetricName: 'M', Value: Number.NaN }, 'The value NaN for parameter MetricData.member.1.Value is invalid.'],
  [{ MetricName: 'M', Value: 1e200 }, 'The value 1e+200 for parameter MetricData.member.1.Value is invalid.'],
  [
    { MetricName: 'M', Value: 1, Values: [1] },
    'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
  ],
  [
    { MetricName: 'M', Values: [1], Counts: [1, 2] },
    'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
  ],
  [
    { MetricName: 'M', Value: 1, Timestamp: new Date(Date.now() + 3 * 3_600_000) },
    'The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.',
  ],
])('PutMetricData %j: %s', async (datum, message) => {
  await expect(put('Test', datum)).rejects.toThrow(message)
})

describe('GetMetricData', () => {
  test('expressions that grow without end are refused, and what came before them is read', async () => {
    const Namespace = newNamespace()
    await put(Namespace, { MetricName: 'Grows', Timestamp: aMinute(1), Value: 2 })
    const MetricStat = { Metric: { Namespace, MetricName: 'Grows' }, Period: 60, Stat: 'Sum' }
    const doubled = Array.from({ length: 60 }, (_, index) => ({
      Id: `a${index + 1}`,
      Expression: `[a${index}, a${index}]`,
      ReturnData: false,
    }))
    const read = (...MetricDataQueries: MetricDataQuery[]) =>
      cloudwatch.send(new GetMetricDataCommand({ StartTime: aMinute(10), EndTime: aMinute(0), MetricDataQueries }))
    const few = await read({ Id: 'a0', MetricStat, ReturnData: false }, ...doubled, { Id: 'e', Expression: 'SUM(a2)' })
    expect(few.MetricDataResults?.map(({ Values }) => Values)).toEqual([[8]])
    await expect(read({ Id: 'a0', MetricStat }, ...doubled, { Id: 'e', Expression: 'SUM(a60)' })).rejects.toMatchObject(
      {
        name: 'ValidationException',
        message: expect.stringMatching(
          /^Error in expression 'a\d+': the request computes more than 5000000 data points/,
        ),
      },
    )
  })

  const StartTime = aMinute(60)
  const EndTime = aMinute(0)
  const stat = (Namespace: string, MetricName: string, Stat = 'Sum', Period = 60) => ({
    Metric: { Namespace, MetricName },
    Period,
    Stat,
  })

  async function pumps(): Promise<string> {
    const Namespace = newNamespace()
    const values = [5, 4, 3, 2, 1].map((ago) => ({ MetricName: 'Errors', Timestamp: aMinute(ago), Value: ago }))
    const requests = [5, 3, 1].map((ago) => ({ MetricName: 'Requests', Timestamp: aMinute(ago), Value: 10 }))
    await put(Namespace, ...values, ...requests)
    return Namespace
  }

  test('expressions of metrics and of each other', async () => {
    const Namespace = await pumps()
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime,
        EndTime,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          { Id: 'rate', Expression: '100 * errors / filled', Label: 'Error rate', ReturnData: true },
          { Id: 'filled', Expression: 'FILL(requests, REPEAT)', ReturnData: false },
          { Id: 'errors', MetricStat: stat(Namespace, 'Errors'), ReturnData: false },
          { Id: 'requests', MetricStat: stat(Namespace, 'Requests'), ReturnData: false },
          { Id: 'all', Expression: 'METRICS() / 10' },
          { Id: 'found', Expression: `SEARCH('{"${Namespace}"} MetricName="Errors"', 'Maximum', 300)`, Label: '' },
        ],
      }),
    )
    expect(MetricDataResults?.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
      ['rate', 'Error rate', [50, 40, 30, 20, 10]],
      ['all', 'all Errors', [0.5, 0.4, 0.3, 0.2, 0.1]],
      ['all', 'all Requests', [1, 1, 1]],
      ['found', 'Errors', expect.arrayContaining([5])],
    ])
    expect(MetricDataResults?.[0]?.Timestamps).toEqual([5, 4, 3, 2, 1].map(aMinute))
  })

  test('a page ends in the middle of a result, the latest first', async () => {
    const Namespace = await pumps()
    const MetricDataQueries = [
      { Id: 'errors', MetricStat: stat(Namespace, 'Errors') },
      { Id: 'nothing', MetricStat: stat(Namespace, 'Nothing') },
      { Id: 'requests', MetricStat: stat(Namespace, 'Requests') },
    ]
    const pages = []
    let NextToken: string | undefined
    do {
      const page = await cloudwatch.send(
        new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries, MaxDatapoints: 3, NextToken }),
      )
      pages.push(page.MetricDataResults?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(pages).toEqual([
      [['errors', [1, 2, 3], 'PartialData']],
      [
        ['errors', [4, 5], 'Complete'],
        ['nothing', [], 'Complete'],
        ['requests', [10], 'PartialData'],
      ],
      [['requests', [10, 10], 'Complete']],
    ])
  })

  test('periods begin with the request, and labels say what they are asked to', async () => {
    const Namespace = await pumps()
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: aMinute(7),
        EndTime,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'errors',
            MetricStat: stat(Namespace, 'Errors', 'Maximum', 300),
            Label: "${PROP('Stat')} ${MAX} of ${SUM}",
          },
        ],
      }),
    )
    expect(MetricDataResults).toMatchObject([
      { Label: 'Maximum 5 of 7', Timestamps: [aMinute(7), aMinute(2)], Values: [5, 2] },
    ])
  })

  const query = { Id: 'm1', MetricStat: stat('Test', 'M') }
  test.each<[queries: object[], message: string]>([
    [[query, query], 'The values for parameter id in MetricDataQueries are not unique.'],
    [[{ Id: 'M1', MetricStat: stat('Test', 'M') }], 'The value M1 for parameter MetricDataQueries.member.1.Id'],
    [[{ Id: 'm1' }], 'The parameter MetricDataQueries.member.1.MetricStat is required.'],
    [[{ Id: 'm1', MetricStat: stat('Test', 'M', 'Median') }], 'The value Median for parameter'],
    [[{ Id: 'm1', MetricStat: stat('Test', 'M', 'Sum', 90) }], 'a multiple of 60, not 90'],
    [[query, { Id: 'e1', Expression: 'm1 +' }], "Error in expression 'e1': Unexpected end of the expression"],
    [[query, { Id: 'e1', Expression: 'm2' }], "Error in expression 'e1': Unknown identifier: m2"],
    [
      [
        { Id: 'e1', Expression: 'e2' },
        { Id: 'e2', Expression: 'e1' },
      ],
      'leads back to itself',
    ],
    [[query, { Id: 'e1', Expression: 'SUM(m1)' }], 'the result must be a time series'],
  ])('%j is refused', async (MetricDataQueries, message) => {
    const asked = cloudwatch.send(
      // Some of these the types would not take.
      new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries: MetricDataQueries as (typeof query)[] }),
    )
    await expect(asked).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    })
  })
})
