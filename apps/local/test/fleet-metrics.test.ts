import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import {
  type AggregationType,
  CreateFleetMetricCommand,
  type CreateFleetMetricCommandInput,
  CreateThingCommand,
  DeleteFleetMetricCommand,
  DescribeFleetMetricCommand,
  type Field,
  IoTClient,
  ListFleetMetricsCommand,
  ListTagsForResourceCommand,
  paginateListFleetMetrics,
  UpdateFleetMetricCommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { IotInput } from '../src/foundation/iot-handlers.ts'
import { type Local, startLocal } from '../src/index.ts'
import { FleetMetricEmission } from '../src/services/registry/fleet-metrics/emission.ts'
import { registryFixture } from './support/registry.ts'

const COUNT: AggregationType = { name: 'Statistics', values: ['count'] }
const TEMP: Field = { name: 'attributes.temp', type: 'Number' }
const SITE: Field = { name: 'attributes.site', type: 'String' }
const INDEXED = { thingIndexingMode: 'REGISTRY' as const, customFields: [TEMP, SITE] }

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})
beforeEach(async () => {
  local.reset()
  await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: INDEXED }))
})

const create = (metricName: string, input: Partial<CreateFleetMetricCommandInput> = {}) =>
  iot.send(
    new CreateFleetMetricCommand({
      ...{ metricName, queryString: 'thingName:*', aggregationField: 'attributes.temp', aggregationType: COUNT },
      period: 60,
      ...input,
    }),
  )

test('a fleet metric is made, described, changed by version, listed, tagged and deleted', async () => {
  const metricArn = 'arn:aws:iot:us-east-1:123456789012:fleetmetric/warm'
  const { $metadata: _, ...made } = await create('warm', {
    aggregationType: { name: 'Statistics', values: ['average', 'count'] },
    description: 'how warm',
    unit: 'Count',
    tags: [{ Key: 'site', Value: 'north' }],
  })
  expect(made).toEqual({ metricName: 'warm', metricArn })
  const described = await iot.send(new DescribeFleetMetricCommand({ metricName: 'warm' }))
  expect(described).toMatchObject({
    metricName: 'warm',
    metricArn,
    queryString: 'thingName:*',
    aggregationType: { name: 'Statistics', values: ['average', 'count'] },
    period: 60,
    aggregationField: 'attributes.temp',
    description: 'how warm',
    queryVersion: '2017-09-30',
    indexName: 'AWS_Things',
    creationDate: expect.any(Date),
    lastModifiedDate: expect.any(Date),
    unit: 'Count',
    version: 1,
  })
  const change = { metricName: 'warm', indexName: 'AWS_Things', period: 300 }
  await expect(iot.send(new UpdateFleetMetricCommand({ ...change, expectedVersion: 2 }))).rejects.toMatchObject({
    name: 'VersionConflictException',
  })
  await iot.send(new UpdateFleetMetricCommand({ ...change, expectedVersion: 1 }))
  expect(await iot.send(new DescribeFleetMetricCommand({ metricName: 'warm' }))).toMatchObject({
    ...{ period: 300, version: 2, description: 'how warm', unit: 'Count' },
  })
  expect(await iot.send(new ListTagsForResourceCommand({ resourceArn: metricArn }))).toMatchObject({
    tags: [{ Key: 'site', Value: 'north' }],
  })
  for (const name of ['b', 'c']) await create(name)
  const names: (string | undefined)[] = []
  for await (const { fleetMetrics = [] } of paginateListFleetMetrics({ client: iot, pageSize: 2 }, {})) {
    names.push(...fleetMetrics.map(({ metricName }) => metricName))
  }
  expect(names).toEqual(['b', 'c', 'warm'])
  await expect(
    iot.send(new DeleteFleetMetricCommand({ metricName: 'warm', expectedVersion: 1 })),
  ).rejects.toMatchObject({ name: 'VersionConflictException' })
  await iot.send(new DeleteFleetMetricCommand({ metricName: 'warm', expectedVersion: 2 }))
  await iot.send(new DeleteFleetMetricCommand({ metricName: 'warm' })) // an unknown one is no error
  await expect(iot.send(new DescribeFleetMetricCommand({ metricName: 'warm' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test.each<[what: string, input: Partial<CreateFleetMetricCommandInput>, name: string, message: RegExp]>([
  ['a period of half a minute more', { period: 90 }, 'InvalidRequestException', /multiple of 60 seconds, not 90/],
  ['a period of less than a minute', { period: 30 }, 'InvalidRequestException', /period/],
  ['a query that is none', { queryString: 'a:(' }, 'InvalidQueryException', /./],
  ['a field that is not indexed', { aggregationField: 'attributes.serial' }, 'InvalidAggregationException', /serial/],
  [
    'percentiles of a text',
    { aggregationField: 'attributes.site', aggregationType: { name: 'Percentiles', values: ['50'] } },
    'InvalidAggregationException',
    /type Number/,
  ],
  [
    'six percentiles',
    { aggregationType: { name: 'Percentiles', values: ['1', '2', '3', '4', '5', '6'] } },
    'InvalidAggregationException',
    /at most 5/,
  ],
  [
    'the average of a text',
    { aggregationField: 'attributes.site', aggregationType: { name: 'Statistics', values: ['average'] } },
    'InvalidAggregationException',
    /average/,
  ],
  [
    'a statistic that is none',
    { aggregationType: { name: 'Statistics', values: ['median'] } },
    'InvalidAggregationException',
    /median/,
  ],
  ['nothing to emit', { aggregationType: { name: 'Cardinality', values: [] } }, 'InvalidAggregationException', /./],
  ['an index that is off', { indexName: 'AWS_ThingGroups' }, 'ResourceNotFoundException', /AWS_ThingGroups/],
])('%s is refused', async (_, input, name, message) => {
  await expect(create('refused', input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
  expect((await iot.send(new ListFleetMetricsCommand({}))).fleetMetrics).toEqual([])
})

test('the name of another one is taken, and there are a hundred at most', async () => {
  for (let index = 0; index < 100; index += 1) await create(`m${index}`)
  await expect(create('m7')).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    resourceId: 'm7',
    resourceArn: 'arn:aws:iot:us-east-1:123456789012:fleetmetric/m7',
  })
  await expect(create('m100')).rejects.toMatchObject({ name: 'LimitExceededException' })
})

test('what a fleet metric uses stays indexed as it is', async () => {
  await create('warm', { queryString: 'attributes.site:north' })
  const configure = (configuration: object) =>
    iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { ...INDEXED, ...configuration } }))
  for (const configuration of [
    { thingIndexingMode: 'OFF', customFields: [] },
    { customFields: [SITE] },
    { customFields: [TEMP] }, // its query names the other one
    { customFields: [{ ...TEMP, type: 'String' }, SITE] },
  ]) {
    await expect(configure(configuration)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(/fleet metric warm/),
    })
  }
  await configure({ customFields: [TEMP, SITE, { name: 'attributes.more', type: 'String' }] })
  await iot.send(new DeleteFleetMetricCommand({ metricName: 'warm' }))
  await configure({ thingIndexingMode: 'OFF', customFields: [] })
})

test('what is emitted can be read from CloudWatch', async () => {
  const cloudwatch = new CloudWatchClient({ ...local.sdk, maxAttempts: 1 })
  onTestFinished(() => cloudwatch.destroy())
  for (const thingName of ['a', 'b']) await iot.send(new CreateThingCommand({ thingName }))
  await create('things', { aggregationField: 'registry.version', unit: 'Count' })
  const StartTime = new Date(Date.now() - 600_000)
  local.advanceClock(60_000)
  const Metric = {
    ...{ Namespace: 'IoTFleetMetrics', MetricName: 'things' },
    Dimensions: [{ Name: 'AggregationType', Value: 'count' }],
  }
  const query = { Id: 'things', MetricStat: { Metric, Period: 60, Stat: 'Maximum', Unit: 'Count' } } as const
  const read = async () => {
    const span = { StartTime, EndTime: new Date(Date.now() + 3_600_000) }
    const data = await cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries: [query], ...span }))
    return data.MetricDataResults?.[0]?.Values
  }
  await expect.poll(read).toEqual([2])
})

describe('what is emitted', () => {
  /** A registry whose time the test moves, and what was emitted by then. */
  function fixture() {
    const { context, registry, advance } = registryFixture()
    registry.fleetIndex.updateConfiguration({
      thingIndexingConfiguration: INDEXED,
    })
    let due: (() => void) | undefined
    const { fleetMetrics: metrics, aggregations } = registry
    const after = (_delayMs: number, callback: () => void) => {
      due = callback
      return () => {}
    }
    const emission = new FleetMetricEmission(context, { metrics, aggregations, after })
    return {
      registry,
      database: context.database,
      pass: async (ms: number) => {
        advance(ms)
        due?.()
        await emission.idle()
        return context.metrics.take().map(({ metric, count, sum }) => ({ ...metric, count, sum }))
      },
    }
  }
  const COUNTED: IotInput<'CreateFleetMetric'>['aggregationType'] = { name: 'Statistics', values: ['count'] }
  const ofTemp = { queryString: 'thingName:*', aggregationField: 'attributes.temp' }
  const series = (name: string, AggregationType: string, sum: number) =>
    expect.objectContaining({ namespace: 'IoTFleetMetrics', name, dimensions: { AggregationType }, count: 1, sum })

  test('each at the end of its period, every value a series of its own', async () => {
    const { registry, pass } = fixture()
    for (const temp of ['10', '20', '60']) {
      registry.things.create({ thingName: `t${temp}`, attributePayload: { attributes: { temp } } })
    }
    const statistics: IotInput<'CreateFleetMetric'>['aggregationType'] = {
      name: 'Statistics',
      values: ['count', 'average', 'maximum'],
    }
    registry.fleetMetrics.create({
      metricName: 'all',
      ...ofTemp,
      aggregationType: statistics,
      period: 60,
      unit: 'Count',
    })
    const percentiles: IotInput<'CreateFleetMetric'>['aggregationType'] = { name: 'Percentiles', values: ['50', '100'] }
    registry.fleetMetrics.create({ metricName: 'slow', ...ofTemp, aggregationType: percentiles, period: 120 })
    const cardinality: IotInput<'CreateFleetMetric'>['aggregationType'] = {
      name: 'Cardinality',
      values: ['cardinality'],
    }
    registry.fleetMetrics.create({ metricName: 'kinds', ...ofTemp, aggregationType: cardinality, period: 120 })
    expect(await pass(59_999)).toEqual([])
    const first = await pass(1)
    expect(first).toEqual([series('all', 'count', 3), series('all', 'average', 30), series('all', 'maximum', 60)])
    expect(first[0]?.unit).toBe('Count')
    expect(await pass(60_000)).toEqual([
      ...[series('all', 'count', 3), series('all', 'average', 30), series('all', 'maximum', 60)],
      series('kinds', 'cardinality', 3),
      ...[series('slow', '50', 20), series('slow', '100', 60)],
    ])
  })

  test('once they could not be read, what is due after that is emitted all the same', async () => {
    const { registry, database, pass } = fixture()
    registry.fleetMetrics.create({ metricName: 'all', ...ofTemp, aggregationType: COUNTED, period: 60 })
    database.run('ALTER TABLE fleet_metrics RENAME TO elsewhere')
    expect(await pass(60_000)).toEqual([])
    database.run('ALTER TABLE elsewhere RENAME TO fleet_metrics')
    expect(await pass(60_000)).toEqual([series('all', 'count', 0)])
  })

  test('where nothing matches, a count of 0 and nothing else', async () => {
    const { registry, pass } = fixture()
    const none = { ...ofTemp, queryString: 'thingName:none', period: 60 }
    registry.fleetMetrics.create({
      metricName: 'a',
      ...none,
      aggregationType: { name: 'Statistics', values: ['count', 'sum'] },
    })
    registry.fleetMetrics.create({ metricName: 'b', ...none, aggregationType: { name: 'Percentiles', values: ['50'] } })
    registry.fleetMetrics.create({
      metricName: 'c',
      ...none,
      aggregationType: { name: 'Cardinality', values: ['cardinality'] },
    })
    expect(await pass(60_000)).toEqual([series('a', 'count', 0)])
  })
})
