import {
  CreateFleetMetricCommand,
  DeleteFleetMetricCommand,
  DescribeFleetMetricCommand,
  type FleetMetricUnit,
  type IoTClient,
  ListFleetMetricsCommand,
  UpdateFleetMetricCommand,
} from '@aws-sdk/client-iot'
import type { BodyOf, endpoints, FleetMetric, FleetMetricPage, Tags } from '@thingdeck/contract'
import { THINGS_INDEX } from '../../aws/fleet-index.ts'
import { readTags, tagList, writeTags } from '../../aws/tags.ts'
import { checkTagsAsSeen } from '../../aws/tags-as-seen.ts'

type Creation = BodyOf<typeof endpoints.createFleetMetric>
type Update = BodyOf<typeof endpoints.updateFleetMetric>

/** Fleet metrics. Errors are AWS's own. */
export interface FleetMetrics {
  list(page: { readonly nextToken?: string; readonly maxResults?: number }): Promise<FleetMetricPage>
  describe(metricName: string): Promise<FleetMetric>
  create(metric: Creation): Promise<FleetMetric>
  /** Refused where the version is not the one that was seen. @throws {Problem} TAGS_CHANGED */
  update(before: FleetMetric, metric: Update): Promise<FleetMetric>
  delete(metricName: string, expectedVersion: number): Promise<void>
}

export function createFleetMetrics(iot: IoTClient): FleetMetrics {
  const metrics: FleetMetrics = {
    async list(page) {
      const { fleetMetrics = [], nextToken } = await iot.send(new ListFleetMetricsCommand(page))
      return {
        metrics: fleetMetrics.map(({ metricName = '', metricArn = '' }) => ({ metricName, metricArn })),
        ...(nextToken !== undefined && { nextToken }),
      }
    },

    async describe(metricName) {
      const found = await iot.send(new DescribeFleetMetricCommand({ metricName }))
      const { metricArn = '', aggregationType, description, unit, creationDate, lastModifiedDate } = found
      const tags = await readTags(iot, metricArn)
      return {
        metricName,
        metricArn,
        queryString: found.queryString ?? '',
        aggregationField: found.aggregationField ?? '',
        aggregation: { name: aggregationType?.name ?? '', values: aggregationType?.values ?? [] },
        periodSeconds: found.period ?? 0,
        version: found.version ?? 1,
        ...(description && { description }),
        ...(unit && { unit }),
        ...(creationDate && { createdAt: creationDate.toISOString() }),
        ...(lastModifiedDate && { changedAt: lastModifiedDate.toISOString() }),
        ...(tags && { tags }),
      }
    },

    async create({ metricName, tags = {}, ...definition }) {
      await iot.send(
        new CreateFleetMetricCommand({
          metricName,
          ...inputOf(definition),
          ...(hasAny(tags) && { tags: tagList(tags) }),
        }),
      )
      return metrics.describe(metricName)
    },

    async update(before, { tags, expectedVersion, ...definition }) {
      const { metricName, metricArn } = before
      if (tags) checkTagsAsSeen(before.tags, tags) // they have no version
      await iot.send(new UpdateFleetMetricCommand({ metricName, expectedVersion, ...inputOf(definition) }))
      if (tags) await writeTags(iot, metricArn, tags.set, tags.remove)
      return metrics.describe(metricName)
    },

    async delete(metricName, expectedVersion) {
      await iot.send(new DeleteFleetMetricCommand({ metricName, expectedVersion }))
    },
  }
  return metrics
}

function inputOf({
  aggregation,
  periodSeconds,
  unit,
  description = '',
  ...rest
}: Omit<Creation, 'metricName' | 'tags'>) {
  return {
    ...rest,
    indexName: THINGS_INDEX,
    description,
    aggregationType: { name: aggregation.name, values: aggregation.values },
    period: periodSeconds,
    // AWS judges the word: its list grows.
    unit: (unit ?? 'None') as FleetMetricUnit,
  }
}

const hasAny = (tags: Tags) => Object.keys(tags).length > 0
