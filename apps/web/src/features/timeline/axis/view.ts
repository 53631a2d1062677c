/** The part of time that the axis shows (epoch ms). */
export interface View {
  readonly fromMs: number
  readonly toMs: number
}

/** A log line has milliseconds: closer than this there is nothing to tell apart. */
const LEAST_MS = 100
/** Beyond the longest retention that people choose there is nothing to see. */
const MOST_MS = 400 * 86_400_000

export const spanOf = ({ fromMs, toMs }: View): number => toMs - fromMs

/** Shows `factor` times as much time, `aroundMs` staying where it is. */
export function zoomed(view: View, factor: number, aroundMs: number): View {
  const span = Math.min(MOST_MS, Math.max(LEAST_MS, spanOf(view) * factor))
  const share = (aroundMs - view.fromMs) / spanOf(view)
  const fromMs = Math.round(aroundMs - share * span)
  return { fromMs, toMs: fromMs + Math.round(span) }
}

/** Earlier or later by a share of what is shown. */
export function panned(view: View, share: number): View {
  const byMs = Math.round(spanOf(view) * share)
  return { fromMs: view.fromMs + byMs, toMs: view.toMs + byMs }
}

/** From one moment to another, in whichever order they were drawn. */
export function brushed(oneMs: number, otherMs: number): View {
  const fromMs = Math.round(Math.min(oneMs, otherMs))
  return { fromMs, toMs: Math.max(fromMs + LEAST_MS, Math.round(Math.max(oneMs, otherMs))) }
}

/** As much as before, with a moment in the middle of it. */
export function centred(view: View, atMs: number): View {
  const fromMs = Math.round(atMs - spanOf(view) / 2)
  return { fromMs, toMs: fromMs + spanOf(view) }
}

/** Where a moment is, in pixels from the left of an axis so wide. */
export const toX = ({ fromMs, toMs }: View, atMs: number, widthPx: number): number =>
  ((atMs - fromMs) / (toMs - fromMs)) * widthPx

export const toMs = (view: View, x: number, widthPx: number): number => view.fromMs + (x / widthPx) * spanOf(view)

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS_MS = [
  10,
  50,
  100,
  500,
  ...[1, 5, 10, 30].map((seconds) => seconds * SECOND),
  ...[1, 5, 10, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 56].map((days) => days * DAY),
]

export interface Tick {
  readonly atMs: number
  readonly text: string
}

/**
 * Moments to write at the axis, at least `leastPx` apart, on full units of local time.
 * @param offsetMs of local time from UTC, e.g. 3,600,000 for +01:00
 */
export function ticks(view: View, widthPx: number, offsetMs: number, leastPx = 90): readonly Tick[] {
  const leastMs = (spanOf(view) / Math.max(1, widthPx)) * leastPx
  const stepMs = STEPS_MS.find((step) => step >= leastMs) ?? STEPS_MS.at(-1) ?? DAY
  const found: Tick[] = []
  const firstMs = Math.ceil((view.fromMs + offsetMs) / stepMs) * stepMs - offsetMs
  for (let atMs = firstMs; atMs <= view.toMs; atMs += stepMs)
    found.push({ atMs, text: tickText(atMs + offsetMs, stepMs) })
  return found
}

/** @param localMs local time as if it were UTC */
function tickText(localMs: number, stepMs: number): string {
  const iso = new Date(localMs).toISOString() // 2026-03-09T12:04:07.113Z
  if (stepMs >= DAY || localMs % DAY === 0) return iso.slice(5, 10)
  if (stepMs >= MINUTE) return iso.slice(11, 16)
  return stepMs >= SECOND ? iso.slice(11, 19) : iso.slice(11, 23)
}
