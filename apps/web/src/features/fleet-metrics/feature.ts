import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { FLEET_METRIC_ADDRESSES } from './fleet-metric-paths.ts'
import { validateCreateFleetMetricSearch, validateFleetMetricSearch, validateFleetMetricsSearch } from './search.ts'

export const fleetMetrics: Feature = {
  name: 'fleet-metrics',
  pages: [
    definePage({
      path: ADDRESSES.fleetMetrics,
      validateSearch: validateFleetMetricsSearch,
      load: async () => (await import('./list-page.tsx')).FleetMetricsPage,
      help: async () => (await import('./help.ts')).fleetMetricsHelp,
    }),
    definePage({
      path: ADDRESSES.createFleetMetric,
      validateSearch: validateCreateFleetMetricSearch,
      load: async () => (await import('./create-page.tsx')).CreateFleetMetricPage,
      help: async () => (await import('./help.ts')).fleetMetricFormHelp,
    }),
    definePage({
      path: FLEET_METRIC_ADDRESSES.metric,
      validateSearch: validateFleetMetricSearch,
      load: async () => (await import('./detail-page.tsx')).FleetMetricPage,
      help: async () => (await import('./help.ts')).fleetMetricHelp,
    }),
    definePage({
      path: FLEET_METRIC_ADDRESSES.edit,
      load: async () => (await import('./edit-page.tsx')).EditFleetMetricPage,
      help: async () => (await import('./help.ts')).fleetMetricFormHelp,
    }),
  ],
  navigation: [
    {
      section: 'Observe',
      place: 30,
      title: 'Fleet metrics',
      href: paths.fleetMetrics(),
      keys: 'g f',
      does: 'Go to fleet metrics',
    },
  ],
}
