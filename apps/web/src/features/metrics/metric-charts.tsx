import Box from '@cloudscape-design/components/box'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { Alarm, Metric, MetricQuery } from '@thingdeck/contract'
import { useMemo } from 'react'
import { CloudWatchNotice } from '../../shared/metrics/cloudwatch-notice.tsx'
import { metricDataQuery, metricKey, metricListQuery, seriesByMetric } from '../../shared/metrics/metric-queries.ts'
import { earlier } from '../../shared/metrics/metric-range.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import type { MetricChart } from './catalog.ts'
import { hasSomething } from './chart-figures.ts'
import { type ComparedSeries, MetricChartCard } from './metric-chart-card.tsx'
import type { ShownRange } from './use-shown-range.ts'

const NO_METRICS: readonly Metric[] = []

export interface MetricChartsProps {
  /** The charts, made of the metrics that CloudWatch lists; keep it the same function as long as it gives the same. */
  readonly chartsOf: (listed: readonly Metric[]) => readonly MetricChart[]
  /** Whether they depend on what is listed. */
  readonly needsList: boolean
  /** Said where there is no chart at all. */
  readonly emptyWords: string | undefined
  /** The pointer is shown in all charts of one key at once. */
  readonly syncKey: string
  readonly range: ShownRange
  /** So much earlier are the spans that are laid beside. */
  readonly compared: readonly number[]
  readonly alarms: readonly Alarm[]
  readonly onZoom: (fromMs: number, toMs: number) => void
}

/** Charts of one span; those without a data point are named below the others. */
export function MetricCharts(props: MetricChartsProps) {
  const { chartsOf, needsList, emptyWords, syncKey, range, compared, alarms, onZoom } = props
  const list = useQuery({ ...metricListQuery('AWS/IoT'), enabled: needsList })
  const listed = list.data?.metrics ?? NO_METRICS
  const charts = useMemo(() => chartsOf(listed), [chartsOf, listed])
  const queries = useMemo(() => distinct(charts), [charts])
  const spans = [range, ...compared.map((byMs) => earlier(range, byMs))]
  const [now, ...before] = useQueries({ queries: spans.map((span) => metricDataQuery(queries, span)) })

  const failure = now?.error ?? (needsList ? list.error : null)
  if (failure) {
    return <ErrorAlert error={failure} what="The metrics could not be read" onRetry={() => void now?.refetch()} />
  }
  const data = needsList && list.data && list.data.outcome !== 'read' ? list.data : now?.data
  if (!data || !now?.data || (needsList && !list.data)) return <Loading what="metrics" />
  if (data.outcome !== 'read') return <CloudWatchNotice {...data} />

  const compareWith = compared.map((byMs, index) => ({ byMs, found: seriesByMetric(queries, before[index]?.data) }))
  const current = seriesByMetric(queries, now.data)
  const seriesOf = ({ series }: MetricChart): readonly ComparedSeries[] =>
    series.map(({ label, query }) => ({
      label,
      metric: query,
      now: current.get(metricKey(query)),
      before: compareWith.map(({ byMs, found }) => ({ byMs, series: found.get(metricKey(query)) })),
    }))
  const all = charts.map((chart) => ({ chart, series: seriesOf(chart) }))
  const seen = all.filter(({ series }) => series.some(hasSomething))
  const unseen = all.filter(({ series }) => !series.some(hasSomething))
  return (
    <>
      {seen.length > 0 && (
        <div className="td-metric-grid">
          {seen.map(({ chart, series }) => (
            <MetricChartCard
              key={chart.id}
              chart={chart}
              series={series}
              range={range}
              alarms={alarms}
              onZoom={onZoom}
              syncKey={syncKey}
            />
          ))}
        </div>
      )}
      <Unseen charts={unseen.map(({ chart }) => chart)} isAll={seen.length === 0} emptyWords={emptyWords} />
    </>
  )
}

function distinct(charts: readonly MetricChart[]): readonly MetricQuery[] {
  const queries = charts.flatMap(({ series }) => series.map(({ query }) => query))
  return [...new Map(queries.map((query) => [metricKey(query), query])).values()]
}

interface UnseenProps {
  readonly charts: readonly MetricChart[]
  readonly isAll: boolean
  readonly emptyWords: string | undefined
}

/** What has no data point in this span: it is said, not drawn as a line at nothing. */
function Unseen({ charts, isAll, emptyWords }: UnseenProps) {
  const titles = charts.map(({ title }) => title)
  if (!isAll && titles.length === 0) return null
  const words = titles.length === 0 ? emptyWords : `No data point in this span for: ${titles.join(', ')}.`
  return (
    <Box color="text-body-secondary" padding={{ vertical: 's' }}>
      {words}{' '}
      {titles.length > 0 && 'A metric exists only after its first data point, which AWS IoT sends when it happens.'}
    </Box>
  )
}
