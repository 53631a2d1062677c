import { AwsError } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../../../foundation/account.ts'
import type { LocalContext } from '../../../foundation/context.ts'
import { alreadyExists, checkVersion, invalidRequest, notFound } from '../../../foundation/errors.ts'
import type { IotInput } from '../../../foundation/iot-handlers.ts'
import { type Page, type PageRequest, paginateByText } from '../../../foundation/paging.ts'
import type { TagKeeper } from '../../../foundation/tag-keeper.ts'
import type { Aggregations } from '../fleet-index/aggregations.ts'
import type { CustomFields, FleetIndex } from '../fleet-index/fleet-index.ts'
import { QUERY_VERSION, THING_GROUPS_INDEX, THINGS_INDEX } from '../fleet-index/index-queries.ts'
import { checkAggregationValues } from './aggregation-values.ts'
import { type FleetMetric, type FleetMetricSettings, FleetMetricTable } from './fleet-metric-table.ts'

/** AWS IoT Device Management endpoints and quotas: for an account. */
const MAX_FLEET_METRICS = 100
const MINUTE_SECONDS = 60

export interface FleetMetricParts {
  readonly index: FleetIndex
  readonly aggregations: Aggregations
  readonly tags: TagKeeper
}

/**
 * Fleet metrics: aggregations of the fleet index that are emitted to CloudWatch again and again.
 * @see AWS IoT developer guide, "Managing fleet metrics"
 */
export class FleetMetrics {
  readonly #context: LocalContext
  readonly #account: Account
  readonly #table: FleetMetricTable
  readonly #aggregations: Aggregations
  readonly #tags: TagKeeper

  constructor(context: LocalContext, { index, aggregations, tags }: FleetMetricParts) {
    this.#context = context
    this.#account = context.account
    this.#table = new FleetMetricTable(context.database)
    this.#aggregations = aggregations
    this.#tags = tags
    tags.addKind('fleetmetric', (name) => this.#table.get(name) !== undefined)
    index.reconfigured.subscribe(({ before, after }) => this.#checkStillThere(before, after))
  }

  create(input: IotInput<'CreateFleetMetric'>): FleetMetric {
    const { metricName, tags } = input
    const settings = this.#checked({
      queryString: input.queryString,
      queryVersion: input.queryVersion ?? QUERY_VERSION,
      indexName: input.indexName ?? THINGS_INDEX,
      aggregationField: input.aggregationField,
      aggregationType: typeOf(input.aggregationType),
      period: input.period,
      description: input.description,
      unit: input.unit,
    })
    if (this.#table.get(metricName)) {
      throw alreadyExists(`Fleet metric ${metricName} already exists`, metricName, this.arnOf(metricName))
    }
    if (this.#table.count() >= MAX_FLEET_METRICS) {
      throw new AwsError('LimitExceededException', `There can be at most ${MAX_FLEET_METRICS} fleet metrics`)
    }
    this.#context.database.transaction(() => {
      this.#table.insert(metricName, settings, this.#context.clock())
      this.#tags.create(this.arnOf(metricName), tags)
    })
    return this.require(metricName)
  }

  update(input: IotInput<'UpdateFleetMetric'>): void {
    const { metricName, expectedVersion } = input
    const present = this.require(metricName)
    checkVersion(`fleet metric ${metricName}`, present.version, expectedVersion)
    const settings = this.#checked({
      queryString: input.queryString ?? present.queryString,
      queryVersion: input.queryVersion ?? present.queryVersion,
      indexName: input.indexName,
      aggregationField: input.aggregationField ?? present.aggregationField,
      aggregationType: input.aggregationType ? typeOf(input.aggregationType) : present.aggregationType,
      period: input.period ?? present.period,
      description: input.description ?? present.description,
      unit: input.unit ?? present.unit,
    })
    this.#table.update(metricName, settings, this.#context.clock())
  }

  /** An unknown one is no error. */
  delete({ metricName, expectedVersion }: IotInput<'DeleteFleetMetric'>): void {
    const present = this.#table.get(metricName)
    if (!present) return
    checkVersion(`fleet metric ${metricName}`, present.version, expectedVersion)
    this.#context.database.transaction(() => {
      this.#table.delete(metricName)
      this.#tags.forget(this.arnOf(metricName))
    })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(metricName: string): FleetMetric {
    const metric = this.#table.get(metricName)
    if (!metric) throw notFound(`Fleet metric ${metricName} does not exist`)
    return metric
  }

  list(request: PageRequest): Page<FleetMetric> {
    return paginateByText(
      request,
      'ListFleetMetrics',
      (after, count) => this.#table.read(after, count),
      ({ metricName }) => metricName,
    )
  }

  /** All of them. */
  all(): readonly FleetMetric[] {
    return this.#table.read('', MAX_FLEET_METRICS)
  }

  arnOf(metricName: string): string {
    return arnOf(this.#account, 'iot', `fleetmetric/${metricName}`)
  }

  /** @throws {AwsError} InvalidRequestException, InvalidQueryException, InvalidAggregationException */
  #checked(settings: FleetMetricSettings): FleetMetricSettings {
    const { period, aggregationType, aggregationField } = settings
    if (period % MINUTE_SECONDS !== 0) {
      throw invalidRequest(`period must be a multiple of ${MINUTE_SECONDS} seconds, not ${period}`)
    }
    const { type } = this.#aggregations.fieldOf(settings)
    checkAggregationValues(aggregationType, aggregationField, type)
    return settings
  }

  /** "Index data sources and custom fields in use by a fleet metric cannot be removed or changed." */
  #checkStillThere(before: CustomFields, after: CustomFields): void {
    for (const metric of this.all()) {
      const { metricName, aggregationField, indexName } = metric
      const { queriedFields } = this.#stillThere(metric)
      const index = indexName === THING_GROUPS_INDEX ? THING_GROUPS_INDEX : THINGS_INDEX
      const changed = before[index].find(
        ({ name = '', type }) =>
          (name === aggregationField || queriedFields.includes(name)) &&
          !after[index].some((field) => field.name === name && field.type === type),
      )
      if (!changed) continue
      throw invalidRequest(
        `Custom field ${changed.name} is used by the fleet metric ${metricName}: it cannot be removed or changed`,
      )
    }
  }

  #stillThere(metric: FleetMetric) {
    try {
      return this.#aggregations.fieldOf(metric)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      throw invalidRequest(
        `The fleet metric ${metric.metricName} uses what would not be indexed any more: ${error.message}`,
      )
    }
  }
}

const typeOf = ({ name, values = [] }: IotInput<'CreateFleetMetric'>['aggregationType']) => ({
  name,
  values: [...values],
})
