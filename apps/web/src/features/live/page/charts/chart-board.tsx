import './charts.css'
import Button from '@cloudscape-design/components/button'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { saveFile } from '../../../../shared/save-file.ts'
import type { SearchProps } from '../../../../shared/search-props.ts'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import { timeForFileName } from '../../../../shared/time-for-file-name.ts'
import type { ChartView, SeriesRequest } from '../../protocol/chart.ts'
import { BarButton } from '../bar-button.tsx'
import { useLiveClient } from '../client.ts'
import { Feed } from '../feed/feed.ts'
import { useFeedView } from '../feed/use-feed.ts'
import type { LiveSearch } from '../search.ts'
import { AddPin } from './add-pin.tsx'
import { ChartCard } from './chart-card.tsx'
import { seriesAsCsv } from './csv.ts'
import { addPin, chartsOf, formatPins, type PlacedPin } from './pins.ts'

/** Lines that move faster are no easier to read. */
const PACE_MS = 200
/** A point per column of a wide chart, roughly. */
const BUCKETS = 600

const SPANS = [
  { id: '60', text: '1 min' },
  { id: '300', text: '5 min' },
  { id: '900', text: '15 min' },
  { id: '3600', text: '1 h' },
] as const
const DEFAULT_SPAN_SECONDS = 300

interface ChartBoardProps extends SearchProps<LiveSearch> {
  readonly stream: string
  /** What stands at the beginning of the bar. */
  readonly lead: ReactNode
  readonly pins: readonly PlacedPin[]
}

type SeriesPart = Omit<SeriesRequest, 'stream' | 'knownRevision'>

/** The pinned numbers as charts over one span of time, live or as it was marked with the pointer. */
export function ChartBoard({ stream, lead, pins, search, setSearch }: ChartBoardProps) {
  const client = useLiveClient()
  const { flash } = useFlash()
  const spanSeconds = search.span ?? DEFAULT_SPAN_SECONDS
  const [zoom, setZoom] = useState<{ readonly fromMs: number; readonly toMs: number }>()
  const range = useMemo(
    (): SeriesPart['range'] => zoom ?? { live: true, spanMs: spanSeconds * 1_000 },
    [zoom, spanSeconds],
  )
  const feed = useMemo(
    () =>
      new Feed<SeriesPart, ChartView>(
        (request) => client.call('live.series', { ...request, stream }),
        { range: { live: true, spanMs: DEFAULT_SPAN_SECONDS * 1_000 }, buckets: BUCKETS },
        () => new Promise((resolve) => setTimeout(resolve, PACE_MS)),
      ),
    [client, stream],
  )
  useEffect(() => feed.show({ range, buckets: BUCKETS }), [feed, range])
  const view = useFeedView(feed)
  const setPins = (next: readonly PlacedPin[]) =>
    setSearch({ pin: next.length === 0 ? undefined : formatPins(next) }, { replace: true })

  const exportCsv = async () => {
    try {
      const raw = await client.call('live.series', { stream, range, buckets: 0 })
      if (!raw) return
      saveFile(new Blob([seriesAsCsv(raw.series)], { type: 'text/csv' }), `charts-${timeForFileName(raw.toMs)}.csv`)
    } catch (error) {
      flash({ id: 'charts', type: 'error', header: 'The samples could not be exported', content: String(error) })
    } finally {
      feed.refresh() // the question for all samples took the place of the feed's
    }
  }

  const seriesOf = new Map(view?.series.map((series) => [series.pin.id, series]))
  return (
    <div className="td-charts">
      <div className="td-view-bar">
        {lead}
        <AddPin stream={stream} onAdd={(topic, path) => setPins(addPin(pins, topic, path))} />
        {zoom ? (
          <>
            <span className="td-counters">
              {formatTimeOfDay(zoom.fromMs)} – {formatTimeOfDay(zoom.toMs)}
            </span>
            <Button iconName="zoom-out" onClick={() => setZoom(widened(zoom))}>
              Zoom out
            </Button>
            <Button onClick={() => setZoom(undefined)}>Back to live</Button>
          </>
        ) : (
          <>
            <SegmentedControl
              label="Span of time"
              selectedId={String(spanSeconds)}
              options={SPANS}
              onChange={({ detail }) => setSearch({ span: Number(detail.selectedId) }, { replace: true })}
            />
            <BarButton
              icon="zoom-in"
              words="Zoom in"
              disabled={!view}
              onClick={() => view && setZoom({ fromMs: (view.fromMs + view.toMs) / 2, toMs: view.toMs })}
            />
          </>
        )}
        <BarButton icon="download" words="CSV" disabled={pins.length === 0} onClick={() => void exportCsv()} />
      </div>
      {pins.length === 0 && (
        <p className="td-charts-empty td-weak">
          Pin a number to follow it: choose a topic and a path above, or “chart” beside a number in a message.
        </p>
      )}
      <div className="td-chart-grid">
        {view &&
          chartsOf(pins).map(([chart, own]) => (
            <ChartCard
              key={chart}
              chart={chart}
              pins={own}
              allPins={pins}
              series={own.flatMap(({ id }) => seriesOf.get(id) ?? [])}
              fromMs={view.fromMs}
              toMs={view.toMs}
              onZoom={(fromMs, toMs) => setZoom({ fromMs, toMs })}
              onPins={setPins}
              stream={stream}
            />
          ))}
      </div>
    </div>
  )
}

/** Twice as long around the same middle. */
function widened({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  const half = (toMs - fromMs) / 2
  return { fromMs: fromMs - half, toMs: toMs + half }
}
