import type { FleetAggregation, FleetFields, FleetMetric } from '@thingdeck/contract'

type AggregationName = FleetAggregation['name']

/** Of GetStatistics, in the order in which people ask for them. */
const STATISTICS = [
  'count',
  'average',
  'minimum',
  'maximum',
  'sum',
  'stdDeviation',
  'variance',
  'sumOfSquares',
] as const

/** AWS takes as many percentiles (AWS IoT Device Management quotas). */
export const MOST_PERCENTILES = 5

/**
 * What can be computed of a field: of texts only how many there are and how many different ones, of truth values also
 * their share. Source: AWS IoT developer guide, "Querying for aggregate data".
 */
export function aggregationsOf(type: string | undefined): readonly AggregationName[] {
  return type === 'Number' ? ['Statistics', 'Percentiles', 'Cardinality'] : ['Statistics', 'Cardinality']
}

export function statisticsOf(type: string | undefined): readonly string[] {
  if (type === 'String') return ['count']
  return type === 'Boolean' ? ['count', 'average', 'minimum', 'maximum', 'sum'] : STATISTICS
}

/** The type of a field, as far as the index says. */
export const typeOf = (fields: FleetFields['fields'], name: string): string | undefined =>
  fields.find((field) => field.name === name)?.type

/** `50, 90,99.9` → `['50', '90', '99.9']`; undefined: it is not what AWS takes. */
export function parsePercentiles(text: string): readonly string[] | undefined {
  const values = text.split(/[\s,]+/).filter((value) => value !== '')
  const isGood = values.every((value) => /^\d{1,3}(\.\d{1,8})?$/.test(value) && Number(value) <= 100)
  return isGood && values.length > 0 && values.length <= MOST_PERCENTILES ? [...new Set(values)] : undefined
}

/** `average, maximum of attributes.pressure` */
export const aggregationInWords = ({
  aggregation,
  aggregationField,
}: Pick<FleetMetric, 'aggregation' | 'aggregationField'>) =>
  aggregation.name === 'Cardinality'
    ? `how many different values ${aggregationField} has`
    : aggregation.name === 'Percentiles'
      ? `percentiles ${aggregation.values.join(', ')} of ${aggregationField}`
      : `${aggregation.values.join(', ')} of ${aggregationField}`

export const PERIODS = [
  [60, '1 minute'],
  [300, '5 minutes'],
  [900, '15 minutes'],
  [3_600, '1 hour'],
  [21_600, '6 hours'],
  [86_400, '1 day'],
] as const

/** `5 minutes`, or `120 s` of a period that is none of those that are offered. */
export const periodInWords = (seconds: number): string =>
  PERIODS.find(([period]) => period === seconds)?.[1] ?? `${seconds} s`

/** CloudWatch's units that a fleet has (AWS IoT API reference, FleetMetricUnit, has all). */
export const UNITS = [
  'None',
  'Count',
  'Percent',
  'Seconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Count/Second',
]
