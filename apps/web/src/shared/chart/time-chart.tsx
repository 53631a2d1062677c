import './time-chart.css'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { formatTimeOfDay } from '../time.tsx'
import { type ChartColours, DASHES, translucent, useChartColours } from './chart-colours.ts'
import { axisOf, framePlot, shortValues, tellMarked } from './plot-frame.ts'

const HEIGHT_PX = 200
const DAY_SECONDS = 86_400
const BEFORE_SHARE = 0.55

/** One line of a chart, on the times that all of its lines share. */
export interface TimeLine {
  /** Which series of the chart, from 0: its colour. */
  readonly number: number
  /** How it is drawn, from 0: a full line, then dashes of {@link DASHES}. */
  readonly style: number
  /** `null`: there is no point at that time. */
  readonly values: readonly (number | null)[]
}

interface TimeChartProps {
  /** What a screen reader says of it; the figures are to be in a table beside it. */
  readonly label: string
  /** Epoch seconds, ascending. */
  readonly at: readonly number[]
  readonly lines: readonly TimeLine[]
  readonly fromMs: number
  readonly toMs: number
  /** From here on the figures still grow. */
  readonly unfinishedFromMs?: number | undefined
  /** Values at which something happens, such as an alarm. */
  readonly thresholds?: readonly number[]
  /** A span of time was marked with the pointer. */
  readonly onZoom: (fromMs: number, toMs: number) => void
  /** Which of the times the pointer is at. */
  readonly onPoint: (index: number | undefined) => void
  /** Charts with one key show the pointer at the same time. */
  readonly syncKey: string
}

/** Lines over one span of time, from nothing upwards. */
export default function TimeChart(props: TimeChartProps) {
  const { label, at, lines, fromMs, toMs, unfinishedFromMs, thresholds = [], syncKey } = props
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const palette = useChartColours()
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  const shape = JSON.stringify(lines.map(({ number, style }) => ({ number, style })))
  useEffect(() => {
    const element = host.current
    if (!element) return
    const drawn = JSON.parse(shape) as Pick<TimeLine, 'number' | 'style'>[] // it was made of them
    const axis = axisOf(palette)
    const framed = framePlot(
      element,
      {
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: syncKey } },
        scales: {
          x: { time: true, range: () => [latest.current.fromMs / 1_000, latest.current.toMs / 1_000] },
          y: { range: (_, __, highest) => [0, highestOf(highest, latest.current.thresholds)] },
        },
        axes: [
          { ...axis, space: 76, values: (_, splits) => timesOf(splits) },
          { ...axis, size: 60, values: shortValues },
        ],
        series: [{}, ...drawn.map((line) => seriesOf(line, palette))],
        hooks: {
          setSelect: [tellMarked((from, to) => latest.current.onZoom(from, to))],
          setCursor: [({ cursor }) => latest.current.onPoint(cursor.idx ?? undefined)],
          drawClear: [(self) => shade(self, latest.current.unfinishedFromMs, palette)],
          draw: [(self) => drawThresholds(self, latest.current.thresholds ?? [], palette)],
        },
      },
      [[], ...drawn.map(() => [])],
    )
    plot.current = framed.plot
    return () => {
      framed.remove()
      plot.current = null
    }
  }, [palette, shape, syncKey])

  const extra = JSON.stringify([fromMs, toMs, unfinishedFromMs, thresholds])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot is empty, and another range is drawn anew
  useEffect(() => {
    plot.current?.setData([[...at], ...lines.map(({ values }) => [...values])])
  }, [at, lines, palette, shape, extra])

  return <div ref={host} className="td-time-chart" role="img" aria-label={label} />
}

/** An empty chart has a scale, too; a threshold is seen also when nothing comes near it. */
function highestOf(highest: number | null, thresholds: readonly number[] = []): number {
  const most = Math.max(highest ?? 0, ...thresholds)
  return most <= 0 ? 1 : most * 1.08
}

function seriesOf({ number, style }: Pick<TimeLine, 'number' | 'style'>, palette: ChartColours): uPlot.Series {
  const colour = palette.series[number % palette.series.length] ?? palette.text
  return {
    stroke: style === 0 ? colour : translucent(colour, BEFORE_SHARE),
    width: style === 0 ? 1.75 : 1.25,
    dash: [...(DASHES[style % DASHES.length] ?? [])],
    spanGaps: false,
    points: { size: 4, show: style === 0 ? isPointSeen : false },
  }
}

/** Points are seen where there is room for them, and where one stands alone: no line leads there. */
const isPointSeen: uPlot.Series.Points.Show = (self, seriesIndex, from, to, gaps) => {
  const values = self.data[seriesIndex] ?? []
  const isSparse = to - from < 40
  if (isSparse || gaps == null || gaps.length === 0) return isSparse
  return values.some((value, index) => value != null && values[index - 1] == null && values[index + 1] == null)
}

/** The period that is not over lies on another ground. */
function shade(self: uPlot, unfinishedFromMs: number | undefined, palette: ChartColours): void {
  if (unfinishedFromMs === undefined) return
  const { ctx, bbox } = self
  const left = Math.max(bbox.left, self.valToPos(unfinishedFromMs / 1_000, 'x', true))
  const width = bbox.left + bbox.width - left
  if (width <= 0) return
  ctx.save()
  ctx.fillStyle = translucent(palette.text, 0.08)
  ctx.fillRect(left, bbox.top, width, bbox.height)
  ctx.restore()
}

function drawThresholds(self: uPlot, thresholds: readonly number[], palette: ChartColours): void {
  const { ctx, bbox } = self
  ctx.save()
  ctx.strokeStyle = palette.alert
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
  for (const threshold of thresholds) {
    const y = self.valToPos(threshold, 'y', true)
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}

/** Times of day to the minute; days where they lie a day or more apart. */
function timesOf(splits: readonly number[]): string[] {
  const step = (splits[1] ?? 0) - (splits[0] ?? 0)
  return splits.map((seconds) => {
    const date = new Date(seconds * 1_000)
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0
    if (step >= DAY_SECONDS || isMidnight) return DAY.format(date)
    return formatTimeOfDay(seconds * 1_000).slice(0, 5)
  })
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
