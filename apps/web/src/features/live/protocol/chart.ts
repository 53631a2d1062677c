import type { TruthPair } from './chart-number.ts'

/** A number to be followed, or what stands for one (see `chartNumberOf`): a path in the messages of one topic. */
export interface Pin {
  /** Chosen by the page, unique in its stream. */
  readonly id: string
  readonly topic: string
  /** As `formatPath` writes it: `$.pressure`, `$.a[0]["b c"]`. */
  readonly path: string
}

export interface SeriesRequest {
  readonly stream: string
  /** Epoch ms; `live` ends now, in a recording at its newest message, and is `spanMs` long. */
  readonly range: { readonly fromMs: number; readonly toMs: number } | { readonly live: true; readonly spanMs: number }
  /** At most so many points per series: a pixel column each. 0: every sample as it is. */
  readonly buckets: number
  /** Ids of the pins wanted; left out: all. */
  readonly pins?: readonly string[]
  /** Answer only once there is something newer than this. */
  readonly knownRevision?: number
}

/**
 * One pin's values in a span of time. With buckets, each point is a span with samples: `atMs` is its middle, and
 * `min ≤ mean ≤ max`. Without, the three are the sample.
 */
export interface Series {
  readonly pin: Pin
  readonly atMs: Float64Array
  readonly min: Float64Array
  readonly mean: Float64Array
  readonly max: Float64Array
  /** Samples in each point. */
  readonly count: Uint32Array
  /** Without buckets: the points that no double holds, digit for digit, by their index. */
  readonly exact?: ReadonlyMap<number, string>
  /** Over the span asked for. Undefined without a sample in it. */
  readonly stats?: SeriesStats
  /** Messages of the topic in which the path led to no number, since it was pinned. */
  readonly withoutNumber: number
  /** Samples that made room for newer ones. */
  readonly agedOut: number
  /** Samples kept that are drawn as the nearest double. */
  readonly inexact: number
  /** Messages in which a key on the way comes more than once in one object, since it was pinned: the last one counts. */
  readonly doubled: number
  /** Values were words: what 1 and 0 stand for, as `['on', 'off']`. */
  readonly pairs: readonly TruthPair[]
}

export interface SeriesStats {
  readonly count: number
  readonly min: number
  readonly mean: number
  readonly max: number
  readonly last: number
  readonly lastAtMs: number
  /** Digit for digit, where a double does not hold it, or where it could be more than one. */
  readonly minText?: string
  readonly maxText?: string
  readonly lastText?: string
}

export interface ChartView {
  readonly revision: number
  readonly fromMs: number
  readonly toMs: number
  readonly series: readonly Series[]
}

export type ChartProcedures = {
  /** Makes these all pins of the stream. A new one begins with what is kept of its topic. */
  readonly 'live.pin': (request: { readonly stream: string; readonly pins: readonly Pin[] }) => void
  /** Undefined when a later request for the same stream took its place, or the stream was closed. */
  readonly 'live.series': (request: SeriesRequest) => Promise<ChartView | undefined>
  /** Every path in the newest message of a topic that leads to what a chart can draw, and how that was written. */
  readonly 'live.numericPaths': (request: {
    readonly stream: string
    readonly topic: string
  }) => readonly { readonly path: string; readonly text: string }[]
}
