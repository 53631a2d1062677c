import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type uPlot from 'uplot'
import { DASHES, translucent, useChartColours } from '../../../../shared/chart/chart-colours.ts'
import { axisOf, framePlot, LABEL_FONT, shortValues, tellMarked } from '../../../../shared/chart/plot-frame.ts'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import type { Series } from '../../protocol/chart.ts'
import { alignSeries } from './align-series.ts'
import { type AxisSide, axisName, type ChartLine } from './axes.ts'

const HEIGHT_PX = 220
const BAND_SHARE = 0.18

export interface ChartHandle {
  /** The picture as it is drawn now, with this title; undefined while there is none. */
  toPng(title: string): Promise<Blob | null>
}

interface UplotChartProps {
  readonly label: string
  readonly series: readonly Series[]
  /** How they are drawn, one a series. */
  readonly lines: readonly ChartLine[]
  readonly fromMs: number
  readonly toMs: number
  /** A span of time was marked with the pointer. */
  readonly onZoom: (fromMs: number, toMs: number) => void
  /** Charts with one key show the cursor at the same time. */
  readonly syncKey: string
  readonly ref: Ref<ChartHandle>
}

/** Mean as a line, the lowest and highest values of each span as a band around it. */
export default function UplotChart({ label, series, lines, fromMs, toMs, onZoom, syncKey, ref }: UplotChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const palette = useChartColours()
  const latest = useRef({ onZoom, fromMs, toMs })
  useEffect(() => {
    latest.current = { onZoom, fromMs, toMs }
  })

  const shape = JSON.stringify(lines)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const drawn = JSON.parse(shape) as ChartLine[] // it was made of them
    const colourOf = ({ number }: ChartLine) => palette.series[number % palette.series.length] ?? palette.text
    const axis = axisOf(palette)
    const framed = framePlot(
      element,
      {
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: syncKey } },
        scales: { x: { time: true, range: () => [latest.current.fromMs / 1_000, latest.current.toMs / 1_000] } },
        axes: [{ ...axis, space: 76, values: (_, splits) => timesOf(splits) }, ...valueAxes(drawn, axis, colourOf)],
        series: [
          {},
          ...drawn.flatMap((line): uPlot.Series[] => {
            const { number, side: scale } = line
            const edge: uPlot.Series = { scale, stroke: 'transparent', spanGaps: true, points: { show: false } }
            const dash = [...(DASHES[Math.floor(number / palette.series.length) % DASHES.length] ?? [])]
            return [
              { scale, stroke: colourOf(line), width: 1.5, dash, spanGaps: true, points: { size: 4 } },
              edge,
              edge,
            ]
          }),
        ],
        bands: drawn.map((line, index) => ({
          series: [3 * index + 3, 3 * index + 2],
          fill: translucent(colourOf(line), BAND_SHARE),
        })),
        hooks: {
          setSelect: [tellMarked((from, to) => latest.current.onZoom(from, to))],
        },
      },
      [[], ...drawn.flatMap(() => [[], [], []])],
    )
    plot.current = framed.plot
    return () => {
      framed.remove()
      plot.current = null
    }
  }, [palette, shape, syncKey])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot is empty, and another range is drawn anew
  useEffect(() => {
    const { atSeconds, columns } = alignSeries(series)
    plot.current?.setData([[...atSeconds], ...columns.flatMap(({ mean, min, max }) => [[...mean], [...min], [...max]])])
  }, [series, palette, shape, fromMs, toMs])

  useImperativeHandle(
    ref,
    () => ({
      toPng: async (title) => (plot.current ? picture(plot.current, title, palette.surface, palette.text) : null),
    }),
    [palette],
  )
  return <div ref={host} className="td-chart-plot" role="img" aria-label={label} />
}

/**
 * One axis for each scale that is in use. Of two each is named by its series, in their colour where it is one; only the
 * left one has lines through the chart.
 */
function valueAxes(lines: readonly ChartLine[], axis: uPlot.Axis, colourOf: (line: ChartLine) => string): uPlot.Axis[] {
  const right = lines.filter(({ side }) => side === 'right')
  if (right.length === 0) return [{ ...axis, scale: 'left', size: 60, values: shortValues }]
  const left = lines.filter(({ side }) => side === 'left')
  const named = (side: AxisSide, own: readonly ChartLine[]): uPlot.Axis => ({
    ...axis,
    scale: side,
    size: 60,
    values: shortValues,
    label: axisName(lines, side),
    labelFont: LABEL_FONT,
    labelSize: 18,
    ...(own.length === 1 && own[0] ? { stroke: colourOf(own[0]) } : {}),
  })
  return [
    ...(left.length > 0 ? [named('left', left)] : []),
    { ...named('right', right), side: 1, ...(left.length > 0 ? { grid: { show: false } } : {}) },
  ]
}

/** Times of day, to the second where they lie closer than minutes. */
function timesOf(splits: readonly number[]): string[] {
  const step = (splits[1] ?? 0) - (splits[0] ?? 0)
  const length = step < 1 ? 12 : step < 60 ? 8 : 5
  return splits.map((seconds) => formatTimeOfDay(seconds * 1_000).slice(0, length))
}

const TITLE_PX = 28

/** The chart's canvas is transparent and has no title; a picture that is handed on needs both. */
function picture(chart: uPlot, title: string, surface: string, text: string): Promise<Blob | null> {
  const { canvas } = chart.ctx
  const ratio = canvas.width / chart.width
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height + TITLE_PX * ratio
  const context = copy.getContext('2d')
  if (!context) return Promise.resolve(null)
  context.fillStyle = surface
  context.fillRect(0, 0, copy.width, copy.height)
  context.fillStyle = text
  context.font = `${13 * ratio}px "Open Sans", sans-serif`
  context.fillText(title, 12 * ratio, 18 * ratio, copy.width - 24 * ratio)
  context.drawImage(canvas, 0, TITLE_PX * ratio)
  return new Promise((resolve) => copy.toBlob(resolve))
}
