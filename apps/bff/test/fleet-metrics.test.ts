import {
  CreateThingCommand,
  DescribeIndexCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import type { AuditPage, FleetFields, FleetMetric, FleetMetricPage, FleetPreview } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  const iot = new IoTClient(console.sdk)
  for (const [index, site] of ['north', 'north', 'south'].entries()) {
    await iot.send(
      new CreateThingCommand({
        thingName: `pump-${index}`,
        attributePayload: { attributes: { site, pressure: String(10 * (index + 1)) } },
      }),
    )
  }
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY',
        customFields: [{ name: 'attributes.pressure', type: 'Number' }],
      },
    }),
  )
  await vi.waitFor(
    async () => {
      const { indexStatus } = await iot.send(new DescribeIndexCommand({ indexName: 'AWS_Things' }))
      expect(indexStatus).toBe('ACTIVE')
    },
    { timeout: 20_000 },
  )
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, path, body)

const DEFINITION = {
  queryString: 'attributes.site:north',
  aggregationField: 'attributes.pressure',
  aggregation: { name: 'Statistics', values: ['count', 'average'] },
  periodSeconds: 60,
}

test('the fields that can be aggregated, with their types', async () => {
  const { body } = await call<FleetFields>('GET', '/api/fleet/fields')
  expect(body.isIndexed).toBe(true)
  expect(body.fields).toContainEqual({ name: 'attributes.pressure', type: 'Number', isCustom: true })
  expect(body.fields).toContainEqual({ name: 'registry.version', type: 'Number', isCustom: false })
})

const preview = (aggregation: string, ...value: string[]) => {
  const query = new URLSearchParams({
    queryString: 'thingName:*',
    aggregationField: 'attributes.pressure',
    aggregation,
  })
  for (const each of value) query.append('value', each)
  return call<FleetPreview>('GET', `/api/fleet/aggregation?${query}`)
}

test('what a metric would say now, before it is made', async () => {
  expect((await preview('Statistics', 'count', 'average', 'maximum')).body.values).toEqual([
    { name: 'count', value: 3 },
    { name: 'average', value: 20 },
    { name: 'maximum', value: 30 },
  ])
  expect((await preview('Cardinality', 'cardinality')).body.values).toEqual([{ name: 'cardinality', value: 3 }])
  const { body } = await preview('Percentiles', '0', '100')
  expect(body.values.map(({ value }) => value)).toEqual([10, 30])
})

test('made, seen, changed by version, and deleted; the trail has all of it', async () => {
  const tags = { team: 'halls' }
  const made = await call<FleetMetric>('POST', '/api/fleet-metrics', { metricName: 'pressure', ...DEFINITION, tags })
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject({ metricName: 'pressure', ...DEFINITION, tags, version: 1 })
  expect((await call<FleetMetricPage>('GET', '/api/fleet-metrics')).body.metrics).toMatchObject([
    { metricName: 'pressure' },
  ])

  const change = {
    ...DEFINITION,
    periodSeconds: 300,
    description: 'in bar',
    tags: { set: { team: 'north' }, remove: [], expected: tags },
    expectedVersion: 1,
  }
  // Somebody else gave it one meanwhile, which stays; the one that is to be changed is not as it was seen.
  const resourceArn = made.body.metricArn
  const give = (set: object) => call('PATCH', '/api/tags', { resourceArn, set, remove: [] })
  await give({ team: 'south', line: '4' })
  const overtaken = await call('PUT', '/api/fleet-metrics/pressure', change)
  expect({ status: overtaken.status, code: overtaken.body.code }).toEqual({ status: 409, code: 'TAGS_CHANGED' })
  await give(tags)
  const changed = await call<FleetMetric>('PUT', '/api/fleet-metrics/pressure', change)
  expect(changed.body).toMatchObject({ periodSeconds: 300, description: 'in bar', version: 2 })
  expect(changed.body.tags).toEqual({ team: 'north', line: '4' })
  const late = await call('PUT', '/api/fleet-metrics/pressure', change)
  expect({ status: late.status, code: late.body.code }).toEqual({ status: 409, code: 'VersionConflictException' })

  expect((await call('DELETE', '/api/fleet-metrics/pressure?expectedVersion=2')).status).toBe(204)
  expect((await call('GET', '/api/fleet-metrics/pressure')).status).toBe(404)
  const { body } = await call<AuditPage>('GET', '/api/audit?resourceType=fleet-metric&resourceId=pressure')
  expect(body.entries.map(({ action, outcome }) => [action, outcome.code])).toEqual([
    ['DeleteFleetMetric', undefined],
    ['UpdateFleetMetric', 'VersionConflictException'],
    ['UpdateFleetMetric', undefined],
    ['TagResource', undefined],
    ['UpdateFleetMetric', 'TAGS_CHANGED'],
    ['TagResource', undefined],
    ['CreateFleetMetric', undefined],
  ])
  expect(body.entries[2]?.changes).toContainEqual({ path: '$.periodSeconds', beforeText: '60', afterText: '300' })
})

test.each([
  [{ ...DEFINITION, queryString: 'attributes.site:(' }, 'InvalidQueryException'],
  [{ ...DEFINITION, aggregationField: 'attributes.unknown' }, 'InvalidAggregationException'],
  [{ ...DEFINITION, periodSeconds: 61 }, 'BAD_REQUEST'],
])('%j is refused: %s', async (definition, code) => {
  const { status, body } = await call('POST', '/api/fleet-metrics', { metricName: 'wrong', ...definition })
  expect({ status, code: body.code }).toEqual({ status: 400, code })
})
