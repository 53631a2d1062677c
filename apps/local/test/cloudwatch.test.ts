import { randomUUID } from 'node:crypto'
import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
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

/** A whole minute of a while ago. */
const MINUTE = 60_000
const aMinute = (ago: number) => new Date(Math.floor(Date.now() / MINUTE) * MINUTE - ago * MINUTE)

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
