import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Alarm, Metric, MetricSeries } from '@thingdeck/contract'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import type { TimeLine } from '../../shared/chart/time-chart.tsx'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { isSameMetric } from '../../shared/metrics/metric-queries.ts'
import { periodWords } from '../../shared/metrics/metric-range.ts'
import { saveFile } from '../../shared/save-file.ts'
import { timeForFileName } from '../../shared/time-for-file-name.ts'
import { Loading } from '../../shared/ui/loading.tsx'
import { AlarmMark } from './alarm-mark.tsx'
import type { MetricChart } from './catalog.ts'
import { type ChartFigures, type ComparableSeries, chartFigures, figuresAsCsv, hasSomething } from './chart-figures.ts'
import { ChartTable } from './chart-table.tsx'
import { FiguresTable } from './figures-table.tsx'
import type { ShownRange } from './use-shown-range.ts'

const TimeChart = lazy(() => import('../../shared/chart/time-chart.tsx'))

/** More lines tell nothing: the table has all of them. */
const MOST_LINES = 12

export interface ComparedSeries extends ComparableSeries {
  readonly metric: Metric
}

interface MetricChartCardProps {
  readonly chart: MetricChart
  readonly series: readonly ComparedSeries[]
  readonly range: ShownRange
  readonly alarms: readonly Alarm[]
  readonly onZoom: (fromMs: number, toMs: number) => void
  readonly syncKey: string
}

/** One chart with its figures: the same as a table, for eyes that want numbers and for screen readers. */
export function MetricChartCard({ chart, series, range, alarms, onZoom, syncKey }: MetricChartCardProps) {
  const headingId = useId()
  const [point, setPoint] = useState<number>()
  const [isTable, setIsTable] = useState(false)
  const there = useMemo(() => series.filter(isSeen), [series])
  const figures = useMemo(() => chartFigures(there, range, serverNow()), [there, range])
  const lines = useMemo(() => linesOf(figures), [figures])
  const watching = alarms.filter(({ metrics }) =>
    metrics.some((metric) => series.some((own) => isSameMetric(metric, own.metric))),
  )
  const thresholds = useMemo(
    () => watching.flatMap((alarm) => (isDrawn(alarm, range) ? (alarm.threshold ?? []) : [])),
    [watching, range],
  )
  const absent = series.filter((each) => !there.includes(each)).map(({ label }) => label)
  const per = periodWords(range.periodSeconds)
  return (
    <section className="td-metric-chart" aria-labelledby={headingId}>
      <header>
        <h3 id={headingId}>{chart.title}</h3>
        <span className="td-metric-acts">
          <Button
            variant="inline-link"
            ariaLabel={`${isTable ? 'Chart' : 'Table'} of ${chart.title}`}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? 'Chart' : 'Table'}
          </Button>
          <Button
            variant="inline-link"
            iconName="download"
            ariaLabel={`${chart.title} as CSV`}
            onClick={() => saveFile(csvOf(figures), `${chart.id}-${timeForFileName(range.endMs)}.csv`)}
          >
            CSV
          </Button>
        </span>
        <p className="td-weak">
          {chart.about} Count per {per}.
        </p>
      </header>
      {watching.map((alarm) => (
        <AlarmMark key={alarm.alarmArn} alarm={alarm} isDrawn={isDrawn(alarm, range)} />
      ))}
      {isTable ? (
        <ChartTable title={chart.title} figures={figures} />
      ) : (
        <>
          <Suspense fallback={<Loading what="the chart" />}>
            <TimeChart
              label={`${chart.title}, count per ${per}: the figures are in the table below`}
              at={figures.at}
              lines={lines}
              fromMs={range.startMs}
              toMs={range.endMs}
              unfinishedFromMs={range.unfinishedFromMs}
              thresholds={thresholds}
              onZoom={onZoom}
              onPoint={setPoint}
              syncKey={syncKey}
            />
          </Suspense>
          <FiguresTable title={chart.title} figures={figures} point={point} />
        </>
      )}
      <Doubts series={there} />
      {figures.series.length > MOST_LINES && (
        <p className="td-weak">The first {MOST_LINES} are drawn; the table has all.</p>
      )}
      {absent.length > 0 && <p className="td-weak">No data point in this span: {absent.join(', ')}.</p>}
    </section>
  )
}

const csvOf = (figures: ChartFigures) => new Blob([figuresAsCsv(figures)], { type: 'text/csv' })

/** The chart and the alarm count the same: its threshold can be drawn. */
const isDrawn = ({ isExpression, stat, periodSeconds, threshold }: Alarm, range: ShownRange): boolean =>
  !isExpression && stat === 'Sum' && periodSeconds === range.periodSeconds && threshold !== undefined

const isSeen = (series: ComparableSeries): boolean => series.now === undefined || hasSomething(series)

/** Spans before lie under the lines of now. */
function linesOf({ series }: ChartFigures): readonly TimeLine[] {
  const drawn = series.slice(0, MOST_LINES)
  const earlier = drawn.flatMap(({ before }, number) =>
    before.map(({ values }, index) => ({ number, style: index + 1, values })),
  )
  return [...earlier, ...drawn.map(({ values }, number) => ({ number, style: 0, values }))]
}

const DOUBT_WORDS: Readonly<Record<Exclude<MetricSeries['outcome'], 'complete'>, string>> = {
  partial: 'CloudWatch gave a part only',
  forbidden: 'the console may not read it',
  failed: 'CloudWatch could not read it',
}

function Doubts({ series }: { readonly series: readonly ComparableSeries[] }) {
  return series.map(({ label, now }) =>
    now === undefined || now.outcome === 'complete' ? null : (
      <StatusIndicator key={label} type="warning">
        {label}: {DOUBT_WORDS[now.outcome]}
        {now.messages.length > 0 && ` (${now.messages.join('; ')})`}.
      </StatusIndicator>
    ),
  )
}
