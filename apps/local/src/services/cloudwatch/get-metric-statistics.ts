import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import { invalidCombination, invalidValue } from './cloudwatch-errors.ts'
import type { TimedPoint } from './metric-point.ts'
import type { MetricReader } from './metric-reader.ts'
import { checkPeriod, secondsOf } from './period.ts'
import { parseStatistic, type Statistic } from './statistics.ts'

const MAX_DATAPOINTS = 1_440

/**
 * `GetMetricStatistics`
 * @throws {AwsError} InvalidParameterValueException, InvalidParameterCombinationException
 */
export function getMetricStatistics(reader: MetricReader, input: Input<typeof sdk, 'GetMetricStatistics'>) {
  const { Namespace = '', MetricName = '', Dimensions = [], Period = 0, Unit, Statistics = [] } = input
  const { ExtendedStatistics = [] } = input
  if (Statistics.length === 0 && ExtendedStatistics.length === 0) {
    throw invalidCombination('Must specify either Statistics or ExtendedStatistics')
  }
  const startSeconds = secondsOf(input.StartTime)
  const endSeconds = secondsOf(input.EndTime)
  if (startSeconds >= endSeconds) {
    throw invalidValue('The parameter StartTime must be less than the parameter EndTime.')
  }
  checkPeriod(Period, invalidValue)
  const requested = Math.ceil((endSeconds - startSeconds) / Period)
  if (requested > MAX_DATAPOINTS) {
    throw invalidCombination(
      `You have requested up to ${requested.toLocaleString('en-US')} datapoints, which exceeds the limit of ${MAX_DATAPOINTS.toLocaleString('en-US')}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    )
  }
  const simple = [...new Set(Statistics)].map((name) => [name, statisticOf(name)] as const)
  const extended = [...new Set(ExtendedStatistics)].map((name) => [name, statisticOf(name)] as const)
  reader.refresh()
  const points = reader.read({
    namespace: Namespace,
    name: MetricName,
    dimensions: Dimensions,
    unit: Unit,
    startSeconds,
    endSeconds,
    periodSeconds: Period,
  })
  const Datapoints = points.map((point) => {
    const ofPoint = valuesOf(extended, point)
    return {
      Timestamp: new Date(point.atSeconds * 1000),
      ...valuesOf(simple, point),
      Unit: point.unit,
      ...(Object.keys(ofPoint).length > 0 && { ExtendedStatistics: ofPoint }),
    }
  })
  return { Label: MetricName, Datapoints }
}

function statisticOf(name: string): Statistic {
  const statistic = parseStatistic(name)
  if (!statistic) throw invalidValue(`The value ${name} for parameter ExtendedStatistics is not supported.`)
  return statistic
}

/** Without those that the point does not suffice for. */
function valuesOf(statistics: readonly (readonly [string, Statistic])[], point: TimedPoint): Record<string, number> {
  const values: Record<string, number> = {}
  for (const [name, statistic] of statistics) {
    const value = statistic(point)
    if (value !== undefined) values[name] = value
  }
  return values
}
