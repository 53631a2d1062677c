import {
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  GetBucketsAggregationCommand,
  GetCardinalityCommand,
  GetPercentilesCommand,
  GetStatisticsCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

// AWS IoT developer guide, "Querying for aggregate data"; API reference of the four operations.

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  const data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'hall' }))
  for (let index = 1; index <= 10; index += 1) {
    const thingName = `p${index}`
    await iot.send(
      new CreateThingCommand({
        thingName,
        ...(index <= 6 && { thingTypeName: 'pump' }),
        attributePayload: {
          attributes: { site: index % 3 === 0 ? 'north' : 'south', temp: index === 10 ? 'warm' : `${index}` },
        },
      }),
    )
    const reported = { on: index % 2 === 0, level: index === 4 ? 'high' : index }
    await data.send(new UpdateThingShadowCommand({ thingName, payload: JSON.stringify({ state: { reported } }) }))
  }
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        customFields: [
          { name: 'attributes.temp', type: 'Number' },
          { name: 'attributes.site', type: 'String' },
          { name: 'shadow.reported.on', type: 'Boolean' },
          { name: 'shadow.reported.level', type: 'Number' },
        ],
      },
      thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' },
    }),
  )
  data.destroy()
})

afterAll(async () => {
  iot.destroy()
  await local.close()
})

const statistics = async (queryString: string, aggregationField?: string) =>
  (await iot.send(new GetStatisticsCommand({ queryString, aggregationField }))).statistics

test('statistics of numbers, texts, truth values, and of how many there are', async () => {
  // 'warm' is no number, and so not among them.
  expect(await statistics('*', 'attributes.temp')).toEqual({
    count: 9,
    average: 5,
    sum: 45,
    minimum: 1,
    maximum: 9,
    sumOfSquares: 285,
    variance: 285 / 9 - 25,
    stdDeviation: Math.sqrt(285 / 9 - 25),
  })
  expect(await statistics('*', 'shadow.reported.level')).toMatchObject({ count: 9, sum: 51 })
  expect(await statistics('*', 'attributes.site')).toEqual({ count: 10 })
  expect(await statistics('*', 'shadow.reported.on')).toMatchObject({
    count: 10,
    average: 0.5,
    sum: 5,
    minimum: 0,
    maximum: 1,
  })
  expect(await statistics('thingTypeName:pump')).toMatchObject({ count: 6, minimum: 1 })
  expect(await statistics('thingName:p1*', 'shadow.version')).toMatchObject({ count: 2 })
  expect(await statistics('thingName:nobody')).toEqual({ count: 0 })
})

test('percentiles, cardinality and buckets', async () => {
  const { percentiles } = await iot.send(
    new GetPercentilesCommand({ queryString: '*', aggregationField: 'attributes.temp', percents: [0, 50, 95, 100] }),
  )
  expect(percentiles).toEqual([
    { percent: 0, value: 1 },
    { percent: 50, value: 5 },
    { percent: 95, value: 8.6 },
    { percent: 100, value: 9 },
  ])
  const none = await iot.send(
    new GetPercentilesCommand({ queryString: 'thingName:x', aggregationField: 'attributes.temp' }),
  )
  expect(none.percentiles).toEqual([])
  const { cardinality } = await iot.send(
    new GetCardinalityCommand({ queryString: '*', aggregationField: 'attributes.site' }),
  )
  expect(cardinality).toBe(2)
  const buckets = (maxBuckets?: number) =>
    iot.send(
      new GetBucketsAggregationCommand({
        queryString: '*',
        aggregationField: 'registry.thingTypeName',
        bucketsAggregationType: { termsAggregation: { maxBuckets } },
      }),
    )
  expect(await buckets()).toMatchObject({ totalCount: 10, buckets: [{ keyValue: 'pump', count: 6 }] })
  const bySite = await iot.send(
    new GetBucketsAggregationCommand({
      queryString: '*',
      aggregationField: 'attributes.site',
      bucketsAggregationType: { termsAggregation: { maxBuckets: 1 } },
    }),
  )
  expect(bySite).toMatchObject({ totalCount: 10, buckets: [{ keyValue: 'south', count: 7 }] })
})

test('the index of groups is summed up as well', async () => {
  const of = { indexName: 'AWS_ThingGroups', queryString: '*' }
  expect((await iot.send(new GetStatisticsCommand(of))).statistics).toMatchObject({ count: 1, minimum: 1 })
  expect((await iot.send(new GetCardinalityCommand({ ...of, aggregationField: 'thingGroupName' }))).cardinality).toBe(1)
})

test.each<[what: string, command: () => Promise<unknown>, name: string]>([
  ['a field that is not indexed', () => statistics('*', 'attributes.serial'), 'InvalidAggregationException'],
  ['a field of what is off', () => statistics('*', 'connectivity.timestamp'), 'InvalidAggregationException'],
  [
    'percentiles of a text',
    () => iot.send(new GetPercentilesCommand({ queryString: '*', aggregationField: 'attributes.site' })),
    'InvalidAggregationException',
  ],
  [
    'a percent beyond 100',
    () =>
      iot.send(new GetPercentilesCommand({ queryString: '*', aggregationField: 'attributes.temp', percents: [101] })),
    'InvalidRequestException',
  ],
  ['a query that is none', () => statistics('a:(', 'attributes.temp'), 'InvalidQueryException'],
  [
    'an index that is none',
    () => iot.send(new GetStatisticsCommand({ indexName: 'AWS_Other', queryString: '*' })),
    'InvalidRequestException',
  ],
])('%s is refused', async (_, command, name) => {
  await expect(command()).rejects.toMatchObject({ name })
})
