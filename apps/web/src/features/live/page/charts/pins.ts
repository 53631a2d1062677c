import type { Pin } from '../../protocol/chart.ts'
import type { AxisSide } from './axes.ts'

/** A number that is followed, and the chart of the board in which it is drawn (from 1). */
export interface PlacedPin extends Pin {
  readonly chart: number
  /** The scale that somebody chose; left out: by magnitude. */
  readonly axis?: AxisSide
}

const VALUE = /^(\d{1,2})([lr]?):([^#]+)#(\$.*)$/s

/** `dt/pump-7/telemetry#$.flow`. A topic holds no `#`, so nothing else looks like it. */
const pinId = (topic: string, path: string): string => `${topic}#${path}`

/** `['1:dt/pump-7/telemetry#$.flow']` → the path `$.flow` of that topic, in the first chart; `1r:…` on its right axis. What is no pin is left out. */
export function parsePins(values: readonly string[]): readonly PlacedPin[] {
  const pins = new Map<string, PlacedPin>()
  for (const value of values) {
    const [, chart, axis, topic, path] = VALUE.exec(value) ?? []
    if (topic === undefined || path === undefined || Number(chart) < 1) continue
    const id = pinId(topic, path)
    pins.set(id, { id, topic, path, chart: Number(chart), ...(axis ? { axis: axis === 'r' ? 'right' : 'left' } : {}) })
  }
  return [...pins.values()]
}

export function formatPins(pins: readonly PlacedPin[]): readonly string[] {
  return pins.map(({ chart, axis, topic, path }) => `${chart}${axis?.[0] ?? ''}:${topic}#${path}`)
}

/**
 * With one more: in the chart asked for, else with the same path of other topics, else in a chart of its own. One that
 * is there already is moved if a chart is asked for.
 */
export function addPin(pins: readonly PlacedPin[], topic: string, path: string, chart?: number): readonly PlacedPin[] {
  const id = pinId(topic, path)
  const present = pins.find((pin) => pin.id === id)
  if (present && (chart === undefined || present.chart === chart)) return pins
  const place = chart ?? pins.find((pin) => pin.path === path)?.chart ?? nextChart(pins)
  return [...pins.filter((pin) => pin.id !== id), { id, topic, path, chart: place }]
}

/** With another scale for one of them; undefined: by magnitude. */
export function withAxis(pins: readonly PlacedPin[], id: string, axis: AxisSide | undefined): readonly PlacedPin[] {
  return pins.map((pin) => {
    if (pin.id !== id) return pin
    const { axis: _, ...plain } = pin
    return axis === undefined ? plain : { ...plain, axis }
  })
}

/** Number of a chart that is not there yet. */
export function nextChart(pins: readonly PlacedPin[]): number {
  return Math.max(0, ...pins.map(({ chart }) => chart)) + 1
}

/** Charts of the board in their order, each with its pins. */
export function chartsOf(
  pins: readonly PlacedPin[],
): readonly (readonly [chart: number, pins: readonly PlacedPin[]])[] {
  const charts = Map.groupBy(pins, ({ chart }) => chart)
  return [...charts].sort(([one], [other]) => one - other)
}
