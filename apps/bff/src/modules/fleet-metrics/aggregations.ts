import { GetCardinalityCommand, GetPercentilesCommand, GetStatisticsCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { FleetAggregation, FleetFields, FleetPreview } from '@thingdeck/contract'
import { readThingIndexing, THINGS_INDEX } from '../../aws/fleet-index.ts'

/** What is aggregated. */
export interface Aggregated {
  readonly queryString: string
  readonly aggregationField: string
  readonly aggregation: FleetAggregation
}

/** The fields of the index, the managed ones first. */
export async function fleetFields(iot: IoTClient): Promise<FleetFields> {
  const { thingIndexingMode = 'OFF', managedFields = [], customFields = [] } = (await readThingIndexing(iot)) ?? {}
  const fields = [
    ...managedFields.map((field) => ({ field, isCustom: false })),
    ...customFields.map((field) => ({ field, isCustom: true })),
  ]
  return {
    isIndexed: thingIndexingMode !== 'OFF',
    fields: fields.map(({ field, isCustom }) => ({ name: field.name ?? '', type: field.type ?? '', isCustom })),
  }
}

/** What the index says now; of values that AWS has none of, none. Errors are AWS's own. */
export async function aggregate(iot: IoTClient, asked: Aggregated): Promise<FleetPreview> {
  const { queryString, aggregationField, aggregation } = asked
  const input = { indexName: THINGS_INDEX, queryString, aggregationField }
  const numberOf = await valuesOf(iot, input, aggregation)
  return {
    values: aggregation.values.map((name) => {
      const value = numberOf(name)
      return { name, ...(value !== undefined && { value }) }
    }),
  }
}

async function valuesOf(
  iot: IoTClient,
  input: { readonly indexName: string; readonly queryString: string; readonly aggregationField: string },
  { name, values }: FleetAggregation,
): Promise<(value: string) => number | undefined> {
  if (name === 'Cardinality') {
    const { cardinality } = await iot.send(new GetCardinalityCommand(input))
    return () => cardinality
  }
  if (name === 'Percentiles') {
    const { percentiles = [] } = await iot.send(new GetPercentilesCommand({ ...input, percents: values.map(Number) }))
    return (value) => percentiles.find(({ percent }) => percent === Number(value))?.value
  }
  const { statistics = {} } = await iot.send(new GetStatisticsCommand(input))
  const known = new Map<string, unknown>(Object.entries(statistics))
  return (value) => {
    const found = known.get(value)
    return typeof found === 'number' ? found : undefined
  }
}
