import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import { Distribution } from '../../foundation/distribution.ts'
import { bothGiven, invalidCombination, invalidValue, missingParameter } from './cloudwatch-errors.ts'
import { dimensionsKey } from './dimensions.ts'
import type { MetricPoint } from './metric-point.ts'
import type { MetricStore } from './metric-store.ts'

const MAX_DATA = 1_000
const MAX_VALUES = 150
const MAX_MAGNITUDE = 2 ** 360
const PAST_SECONDS = 14 * 86_400
const FUTURE_SECONDS = 2 * 3_600

type Datum = NonNullable<Input<typeof sdk, 'PutMetricData'>['MetricData']>[number]

/**
 * `PutMetricData`: all or nothing.
 * @throws {AwsError} InvalidParameterValueException, InvalidParameterCombinationException,
 *   MissingRequiredParameterException
 */
export function putMetricData(store: MetricStore, input: Input<typeof sdk, 'PutMetricData'>): void {
  const { Namespace = '', MetricData, EntityMetricData = [], StrictEntityValidation } = input
  if (StrictEntityValidation) {
    throw invalidValue('StrictEntityValidation: entities are not kept here, so none can be validated')
  }
  const withEntities = EntityMetricData.flatMap(({ Entity, MetricData: data = [] }) => {
    if (Entity) throw invalidValue('EntityMetricData: metrics are kept without entities here; leave Entity out')
    return data
  })
  const all = [...(MetricData ?? []), ...withEntities]
  if (all.length === 0) throw missingParameter('The parameter MetricData is required.')
  if (all.length > MAX_DATA) {
    throw invalidValue(`The collection MetricData must not have a size greater than ${MAX_DATA}.`)
  }
  const now = store.nowSeconds
  store.put(
    all.map((datum, index) => {
      const at = `MetricData.member.${index + 1}`
      const { MetricName = '', Dimensions = [], Timestamp, StorageResolution = 60, Unit = 'None' } = datum
      if (StorageResolution !== 1 && StorageResolution !== 60) {
        throw invalidValue(`The parameter ${at}.StorageResolution must be 1 or 60, not ${StorageResolution}.`)
      }
      if (new Set(Dimensions.map(({ Name }) => Name)).size < Dimensions.length) {
        throw invalidValue(`The parameter ${at}.Dimensions must not name a dimension more than once.`)
      }
      const atSeconds = Timestamp ? secondsOf(Timestamp, now, at) : now
      return {
        series: { namespace: Namespace, name: MetricName, dimensions: dimensionsKey(Dimensions) },
        point: { ...pointOf(datum, at), atSeconds, unit: Unit },
        isHighResolution: StorageResolution === 1,
      }
    }),
  )
}

function secondsOf(timestamp: Date, nowSeconds: number, at: string): number {
  const seconds = Math.floor(timestamp.getTime() / 1000)
  if (seconds < nowSeconds - PAST_SECONDS) {
    throw invalidValue(`The parameter ${at}.Timestamp must specify a time within the past two weeks.`)
  }
  if (seconds > nowSeconds + FUTURE_SECONDS) {
    throw invalidValue(`The parameter ${at}.Timestamp must specify a time no more than two hours in the future.`)
  }
  return seconds
}

function pointOf({ Value, Values, Counts, StatisticValues }: Datum, at: string): MetricPoint {
  const given = Object.entries({ Value, Values, StatisticValues }).filter(([, value]) => value !== undefined)
  const [first, second] = given.map(([name]) => `${at}.${name}`)
  if (first === undefined) throw missingParameter(`At least one of the parameters must be specified.`)
  if (second !== undefined) throw invalidCombination(bothGiven(first, second))
  if (Counts && !Values) throw invalidCombination(`The parameter ${at}.Counts is used together with ${at}.Values.`)
  if (Value !== undefined) {
    checkNumber(Value, `${at}.Value`)
    return { count: 1, sum: Value, min: Value, max: Value, distribution: undefined }
  }
  if (StatisticValues) return pointOfStatistics(StatisticValues, `${at}.StatisticValues`)
  return pointOfValues(Values ?? [], Counts, at)
}

function pointOfStatistics(given: NonNullable<Datum['StatisticValues']>, at: string): MetricPoint {
  for (const [name, value] of Object.entries(given)) checkNumber(value, `${at}.${name}`)
  const { SampleCount: count = 0, Sum: sum = 0, Minimum: min = 0, Maximum: max = 0 } = given
  if (count <= 0) throw invalidValue(`The parameter ${at}.SampleCount must be greater than 0.`)
  if (min > max) throw invalidValue(`The parameter ${at}.Maximum must be greater than ${at}.Minimum.`)
  return { count, sum, min, max, distribution: undefined }
}

function pointOfValues(values: readonly number[], counts: readonly number[] | undefined, at: string): MetricPoint {
  if (values.length === 0) throw missingParameter(`The parameter ${at}.Values must not be empty.`)
  if (values.length > MAX_VALUES) {
    throw invalidValue(`The collection ${at}.Values must not have a size greater than ${MAX_VALUES}.`)
  }
  if (counts && counts.length !== values.length) {
    throw invalidValue(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`)
  }
  const pairs = values.map((value, index) => {
    const times = counts?.[index] ?? 1
    checkNumber(value, `${at}.Values.member.${index + 1}`)
    checkNumber(times, `${at}.Counts.member.${index + 1}`)
    if (times <= 0) throw invalidValue(`The parameter ${at}.Counts.member.${index + 1} must be greater than 0.`)
    return [value, times] as const
  })
  const [min, max] = [Math.min(...values), Math.max(...values)]
  return {
    count: pairs.reduce((total, [, times]) => total + times, 0),
    sum: pairs.reduce((total, [value, times]) => total + value * times, 0),
    min,
    max,
    distribution: min === max ? undefined : new Distribution(pairs),
  }
}

/** "CloudWatch rejects values that are either too small or too large … NaN, +Infinity, -Infinity", MetricDatum. */
function checkNumber(value: number, at: string): void {
  if (!Number.isFinite(value) || Math.abs(value) > MAX_MAGNITUDE) {
    throw invalidValue(`The value ${value} for parameter ${at} is invalid.`)
  }
}
