import 'uplot/dist/uPlot.min.css'
import uPlot from 'uplot'
import type { ChartColours } from './chart-colours.ts'

export const LABEL_FONT = '12px "Open Sans", sans-serif'
const LEAST_WIDTH_PX = 200
/** A press that moved less than so many pixels is a click and marks no span. */
const LEAST_MARK_PX = 4

/** An axis as all charts of the console have it. */
export const axisOf = (palette: ChartColours): uPlot.Axis => ({
  stroke: palette.text,
  grid: { stroke: palette.line, width: 1 },
  ticks: { stroke: palette.line, width: 1 },
  font: LABEL_FONT,
})

/** Numbers that would be longer than there is room for beside an axis are written with an exponent. */
export const shortValues = (_: uPlot, splits: number[]): string[] =>
  splits.some((value) => Math.abs(value) >= 1e7)
    ? splits.map((value) => (value === 0 ? '0' : Number(value.toPrecision(4)).toExponential()))
    : splits.map((value) => value.toLocaleString('en-US', { maximumSignificantDigits: 6 }))

/** Tells the span of time that was marked with the pointer, and takes the mark away. */
export const tellMarked =
  (onMarked: (fromMs: number, toMs: number) => void) =>
  (plot: uPlot): void => {
    const { left, width } = plot.select
    if (width < LEAST_MARK_PX) return
    const from = plot.posToVal(left, 'x') * 1_000
    const to = plot.posToVal(left + width, 'x') * 1_000
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    onMarked(from, to)
  }

interface FramedPlot {
  readonly plot: uPlot
  readonly remove: () => void
}

/** A plot that is always as wide as the element that holds it. */
export function framePlot(
  element: HTMLElement,
  options: Omit<uPlot.Options, 'width' | 'height'> & { readonly height: number },
  data: uPlot.AlignedData,
): FramedPlot {
  const width = () => Math.max(LEAST_WIDTH_PX, element.clientWidth)
  const plot = new uPlot({ ...options, width: width() }, data, element)
  const observer = new ResizeObserver(() => plot.setSize({ width: width(), height: options.height }))
  observer.observe(element)
  return {
    plot,
    remove() {
      observer.disconnect()
      plot.destroy()
    },
  }
}
