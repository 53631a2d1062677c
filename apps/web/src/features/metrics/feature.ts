import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateMetricsSearch } from './search.ts'

export const metrics: Feature = {
  name: 'metrics',
  pages: [
    definePage({
      path: ADDRESSES.metrics,
      validateSearch: validateMetricsSearch,
      load: async () => (await import('./metrics-page.tsx')).MetricsPage,
      help: async () => (await import('./help.ts')).metricsHelp,
    }),
  ],
  navigation: [
    { section: 'Observe', place: 20, title: 'Metrics', href: paths.metrics(), keys: 'g m', does: 'Go to metrics' },
  ],
  parts: { ruleMetrics: async () => (await import('./rule-metrics.tsx')).RuleMetrics },
}
