import './metrics.css'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Alarm, Metric } from '@thingdeck/contract'
import { useCallback, useState } from 'react'
import { alarmsQuery, METRICS } from '../../shared/metrics/metric-queries.ts'
import { defined } from '../../shared/search-params.ts'
import { chartsOfRule } from './catalog.ts'
import { MetricCharts } from './metric-charts.tsx'
import { comparedMs, DEFAULT_COMPARISON, type MetricsSearch } from './search.ts'
import { TimeBar } from './time-bar.tsx'
import { useShownRange } from './use-shown-range.ts'

const NO_ALARMS: readonly Alarm[] = []

/** What CloudWatch counts of one rule, as charts. The span stays with the page: the address has that of its other tabs. */
export function RuleMetrics({ ruleName }: { readonly ruleName: string }) {
  const client = useQueryClient()
  const [search, setSearch] = useState<MetricsSearch>({})
  const compared = comparedMs(search.compare ?? DEFAULT_COMPARISON)
  const range = useShownRange(search, Math.max(0, ...compared))
  const alarms = useQuery(alarmsQuery)
  return (
    <SpaceBetween size="s">
      <TimeBar
        search={search}
        setSearch={(change) => setSearch((before) => defined({ ...before, ...change }))}
        range={range}
        onRefresh={() => void client.invalidateQueries({ queryKey: METRICS })}
      />
      <MetricCharts
        chartsOf={useCallback((listed: readonly Metric[]) => chartsOfRule(ruleName, listed), [ruleName])}
        needsList
        emptyWords={`CloudWatch lists no metric of ${ruleName}: no message came for it in the last two weeks, or the first came less than 15 minutes ago.`}
        syncKey={`rule ${ruleName}`}
        range={range}
        compared={compared}
        alarms={alarms.data?.alarms ?? NO_ALARMS}
        onZoom={(fromMs, toMs) =>
          setSearch(({ last: _, ...before }) => ({
            ...before,
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
          }))
        }
      />
    </SpaceBetween>
  )
}
