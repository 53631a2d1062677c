import { fillAddress } from '../../shared/address.ts'
import { paths } from '../../shared/paths.ts'

export const FLEET_METRIC_ADDRESSES = {
  metric: '/fleet-metrics/$metricName',
  edit: '/fleet-metrics/$metricName/edit',
} as const

export const fleetMetricPaths = {
  list: paths.fleetMetrics,
  create: paths.createFleetMetric,
  metric: (metricName: string) => fillAddress(FLEET_METRIC_ADDRESSES.metric, { metricName }),
  edit: (metricName: string) => fillAddress(FLEET_METRIC_ADDRESSES.edit, { metricName }),
} as const
