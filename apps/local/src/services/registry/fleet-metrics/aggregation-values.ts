import { AwsError } from '@thingdeck/aws-api'
import type { AggregationField } from '../fleet-index/aggregation-field.ts'
import type { FleetMetricSettings } from './fleet-metric-table.ts'

/** What `GetStatistics` answers. */
export const STATISTICS = [
  'count',
  'average',
  'sum',
  'minimum',
  'maximum',
  'sumOfSquares',
  'variance',
  'stdDeviation',
] as const

const MAX_PERCENTILES = 5

/**
 * What a fleet metric is to emit has to be something that its aggregation answers for a field of that type.
 * @throws {AwsError} InvalidAggregationException
 * @see AWS IoT developer guide, "Managing fleet metrics"; AWS IoT Device Management endpoints and quotas
 */
export function checkAggregationValues(
  { name, values }: FleetMetricSettings['aggregationType'],
  fieldName: string,
  type: AggregationField['type'],
): void {
  if (values.length === 0) throw invalidAggregation(`Aggregation type ${name} needs at least one of its values`)
  if (new Set(values).size < values.length) throw invalidAggregation(`Values of ${name} must be unique`)
  switch (name) {
    case 'Statistics': {
      const possible: readonly string[] = type === 'String' ? ['count'] : STATISTICS
      const stray = values.find((value) => !possible.includes(value))
      if (stray === undefined) return
      throw invalidAggregation(
        `Invalid value for Statistics: ${stray}. Of ${fieldName}, a field of the type ${type}, there are ${possible.join(', ')}`,
      )
    }
    case 'Percentiles': {
      if (type !== 'Number') {
        throw invalidAggregation(
          `Invalid aggregation field: ${fieldName}. Percentiles are of fields of the type Number`,
        )
      }
      if (values.length > MAX_PERCENTILES) {
        throw invalidAggregation(`A fleet metric has at most ${MAX_PERCENTILES} percentiles`)
      }
      const stray = values.find((value) => !/^\d+$/.test(value) || Number(value) > 100)
      if (stray !== undefined) throw invalidAggregation(`Invalid value for Percentiles: ${stray}. Valid: 0 to 100`)
      return
    }
    case 'Cardinality': {
      const stray = values.find((value) => value !== 'cardinality')
      if (stray !== undefined) throw invalidAggregation(`Invalid value for Cardinality: ${stray}. Valid: cardinality`)
      return
    }
  }
}

const invalidAggregation = (message: string): AwsError => new AwsError('InvalidAggregationException', message)
