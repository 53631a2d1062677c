import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import type { FleetMetric } from '@thingdeck/contract'
import { lazy, Suspense, useMemo } from 'react'
import { CloudWatchNotice } from '../../../shared/metrics/cloudwatch-notice.tsx'
import { metricDataQuery } from '../../../shared/metrics/metric-queries.ts'
import { metricRange, periodsOf } from '../../../shared/metrics/metric-range.ts'
import { valuesAt } from '../../../shared/metrics/series-values.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { formatDateTime, useNow } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { CHART_LASTS, type ChartLast, type FleetMetricSearch } from '../search.ts'

const TimeChart = lazy(() => import('../../../shared/chart/time-chart.tsx'))

const HOUR_MS = 3_600_000
const LASTS_MS: Readonly<Record<ChartLast, number>> = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 168 * HOUR_MS }
const WORDS: Readonly<Record<ChartLast, string>> = { '1h': '1 h', '24h': '24 h', '7d': '7 d' }
const MINUTE_MS = 60_000
const SHOWN_FIGURES = 20

interface FleetMetricChartProps extends SearchProps<FleetMetricSearch> {
  readonly metric: FleetMetric
}

/** What the metric said, as CloudWatch has it: one line for each of its values. */
export function FleetMetricChart({ metric, search, setSearch }: FleetMetricChartProps) {
  const { last = '24h' } = search
  const minuteMs = Math.floor(useNow(5_000) / MINUTE_MS) * MINUTE_MS
  const range = useMemo(() => metricRange(minuteMs - LASTS_MS[last], minuteMs + MINUTE_MS, minuteMs), [minuteMs, last])
  const { metricName, aggregation } = metric
  const queries = useMemo(
    () =>
      aggregation.values.map((value) => ({
        namespace: 'IoTFleetMetrics' as const,
        metricName,
        dimensions: [{ name: 'AggregationType', value }],
        stat: 'Average' as const,
      })),
    [metricName, aggregation.values],
  )
  const { data, error, refetch } = useQuery(metricDataQuery(queries, range))
  const at = useMemo(() => periodsOf(range), [range])
  const lines = useMemo(
    () => (data?.series ?? []).map((series, number) => ({ number, style: 0, values: valuesAt(series, at) })),
    [data, at],
  )
  const figures = figuresOf(at, lines)
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="How far back from now"
        selectedId={last}
        options={CHART_LASTS.map((id) => ({ id, text: WORDS[id] }))}
        onChange={({ detail }) => setSearch({ last: CHART_LASTS.find((each) => each === detail.selectedId) })}
      />
      {error && <ErrorAlert error={error} what="CloudWatch could not be read" onRetry={() => void refetch()} />}
      {data && <CloudWatchNotice {...data} />}
      {data?.outcome === 'read' && figures.length === 0 && (
        <span className="td-weak">
          CloudWatch has no value of this time yet. A metric begins with the end of its first period; where no thing
          matches, only count has a value.
        </span>
      )}
      {data?.outcome === 'read' && figures.length > 0 && (
        <>
          <Suspense fallback={<Loading what="the chart" />}>
            <TimeChart
              label={`${metricName}: ${aggregation.values.join(', ')}. The figures are in the table below`}
              at={at}
              lines={lines}
              fromMs={range.startMs}
              toMs={range.endMs}
              onZoom={() => {}}
              onPoint={() => {}}
              syncKey="fleet-metric"
            />
          </Suspense>
          <ExpandableSection headerText="Latest figures" defaultExpanded>
            <Table
              variant="embedded"
              ariaLabels={{ tableLabel: `Figures of ${metricName}` }}
              items={figures.slice(0, SHOWN_FIGURES)}
              trackBy="at"
              columnDefinitions={[
                { id: 'at', header: 'When', cell: (row) => formatDateTime(row.atMs), isRowHeader: true },
                ...aggregation.values.map((value, index) => ({
                  id: value,
                  header: value,
                  cell: (row: Figures) => row.values[index] ?? '–',
                })),
              ]}
            />
          </ExpandableSection>
        </>
      )}
    </SpaceBetween>
  )
}

interface Figures {
  readonly at: string
  readonly atMs: number
  readonly values: readonly (number | null)[]
}

/** Newest first, without times of which nothing is known. */
function figuresOf(
  at: readonly number[],
  lines: readonly { readonly values: readonly (number | null)[] }[],
): readonly Figures[] {
  return at
    .map((seconds, index) => ({
      at: String(seconds),
      atMs: seconds * 1_000,
      values: lines.map(({ values }) => values[index] ?? null),
    }))
    .filter(({ values }) => values.some((value) => value !== null))
    .toReversed()
}
