import type { IotHandlers } from '../../../foundation/iot-handlers.ts'
import type { FleetMetrics } from './fleet-metrics.ts'

/** The operations of fleet metrics. */
export function fleetMetricHandlers(metrics: FleetMetrics) {
  const named = ({ metricName }: { readonly metricName: string }) => ({
    metricName,
    metricArn: metrics.arnOf(metricName),
  })
  return {
    CreateFleetMetric: (input) => named(metrics.create(input)),
    DescribeFleetMetric: ({ metricName }) => {
      const metric = metrics.require(metricName)
      const { name, values } = metric.aggregationType
      return { ...metric, aggregationType: { name, values: [...values] }, metricArn: metrics.arnOf(metricName) }
    },
    UpdateFleetMetric: (input) => {
      metrics.update(input)
      return {}
    },
    DeleteFleetMetric: (input) => {
      metrics.delete(input)
      return {}
    },
    ListFleetMetrics: (input) => {
      const { items, nextToken } = metrics.list(input)
      return { fleetMetrics: items.map(named), nextToken }
    },
  } satisfies IotHandlers
}
