import { AwsError } from '@thingdeck/aws-api'
import { fieldsOf, type IndexedValue } from '@thingdeck/fleet-query'
import type { IotInput } from '../../../foundation/iot-handlers.ts'
import { type AggregationField, aggregationField } from './aggregation-field.ts'
import type { FleetIndex } from './fleet-index.ts'
import type { AskedQuery } from './index-queries.ts'
import type { GroupNames } from './thing-view.ts'

const DEFAULT_PERCENTS = [1, 5, 25, 50, 75, 95, 99]
const DEFAULT_MAX_BUCKETS = 10

interface Asked extends AskedQuery {
  readonly aggregationField?: string | undefined
}

/**
 * What the index knows of many things at once. What AWS answers approximately (percentiles, cardinality) is exact here.
 * @see AWS IoT developer guide, "Querying for aggregate data"
 */
export class Aggregations {
  readonly #index: FleetIndex
  readonly #groupNamesOf: GroupNames

  constructor(index: FleetIndex, groupNamesOf: GroupNames) {
    this.#index = index
    this.#groupNamesOf = groupNamesOf
  }

  /** Of a number all that there is; of a truth value the same, with 0 and 1; of a text how often there is one. */
  async statistics(input: IotInput<'GetStatistics'>) {
    const { type, values } = this.#look(input)
    let [count, sum, sumOfSquares] = [0, 0, 0]
    let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for await (const [first] of values) {
      if (first === undefined) continue
      const value = Number(first)
      count += 1
      sum += value
      sumOfSquares += value * value
      minimum = Math.min(minimum, value)
      maximum = Math.max(maximum, value)
    }
    if (type === 'String' || count === 0) return { statistics: { count } }
    const average = sum / count
    const variance = Math.max(0, sumOfSquares / count - average * average)
    const all = { count, average, sum, minimum, maximum, sumOfSquares, variance, stdDeviation: Math.sqrt(variance) }
    // "If the aggregation results in an overflow of the double type, empty statistics are returned."
    return { statistics: Object.values(all).every(Number.isFinite) ? all : {} }
  }

  /** @throws {AwsError} InvalidAggregationException for a field that holds no numbers */
  async percentiles(input: IotInput<'GetPercentiles'>) {
    const { type, values } = this.#look(input)
    if (type !== 'Number') {
      throw new AwsError(
        'InvalidAggregationException',
        `Invalid aggregation field: ${input.aggregationField}. Percentiles are of fields of the type Number`,
      )
    }
    const numbers: number[] = []
    for await (const [first] of values) if (typeof first === 'number') numbers.push(first)
    if (numbers.length === 0) return { percentiles: [] }
    const sorted = Float64Array.from(numbers).sort()
    const { percents = DEFAULT_PERCENTS } = input
    return { percentiles: percents.map((percent) => ({ percent, value: percentileOf(sorted, percent) })) }
  }

  async cardinality(input: IotInput<'GetCardinality'>) {
    const seen = new Set<IndexedValue>()
    for await (const values of this.#look(input).values) for (const value of values) seen.add(value)
    return { cardinality: seen.size }
  }

  /** The values that most things have, most frequent first. */
  async buckets(input: IotInput<'GetBucketsAggregation'>) {
    const { maxBuckets = DEFAULT_MAX_BUCKETS } = input.bucketsAggregationType.termsAggregation ?? {}
    const counts = new Map<string, number>()
    let totalCount = 0
    for await (const values of this.#look(input).values) {
      totalCount += 1
      for (const key of new Set(values.map(String))) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const buckets = [...counts]
      .map(([keyValue, count]) => ({ keyValue, count }))
      .sort((one, other) => other.count - one.count || (one.keyValue < other.keyValue ? -1 : 1))
      .slice(0, maxBuckets)
    return { totalCount, buckets }
  }

  /**
   * The field that an aggregation is of, with its type, and the query's fields.
   * @throws {AwsError} as the aggregation itself would
   */
  fieldOf(input: Asked): { readonly type: AggregationField['type']; readonly queriedFields: readonly string[] } {
    const { index, query } = this.#index.queries.parse(input)
    const { type } = aggregationField(this.#index.configuration, index, input.aggregationField)
    return { type, queriedFields: fieldsOf(query) }
  }

  /** The field's values of each match; none where it has no valid one. */
  #look(input: Asked) {
    const { index, query } = this.#index.queries.parse(input)
    const field = aggregationField(this.#index.configuration, index, input.aggregationField)
    const documents = this.#index.documents(index, query, this.#groupNamesOf)
    async function* values() {
      for await (const document of documents) yield field.valuesOf(document)
    }
    return { type: field.type, values: values() }
  }
}

/** Between two neighbours it lies on the line from the one to the other. */
function percentileOf(sorted: Float64Array, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}
