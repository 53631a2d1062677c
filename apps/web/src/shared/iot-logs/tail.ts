import type { IotLogEntry } from '@thingdeck/contract'
import type { TailLook } from './log-pages.ts'

/** So many new entries stand above the list: older ones of them go, which reading the list anew brings back. */
const MOST_KEPT = 2_000

/** What came since the list was read. */
export interface TailState {
  /** Newest first; those that wait come above those that are shown, but for entries that CloudWatch had late. */
  readonly shown: readonly IotLogEntry[]
  readonly waiting: readonly IotLogEntry[]
  /** Of all that came; 0: nothing did. */
  readonly newestMs: number
  readonly hasGap: boolean
}

export const NOTHING_NEW: TailState = { shown: [], waiting: [], newestMs: 0, hasGap: false }

/**
 * Takes in what a look found: looks overlap, so that what is known is left out.
 * @param known event ids of the list below
 * @param anchorMs until when the list below was read: it has the earlier ones, on one of its pages
 */
export function admit(state: TailState, look: TailLook, known: ReadonlySet<string>, anchorMs: number): TailState {
  const kept = new Set([...state.shown, ...state.waiting].map(({ eventId }) => eventId))
  const fresh = look.entries.filter(
    (entry) => !known.has(entry.eventId) && !kept.has(entry.eventId) && isSince(entry, anchorMs),
  )
  if (fresh.length === 0 && look.hasGap === state.hasGap) return state
  return {
    ...state,
    waiting: newestFirst([...fresh, ...state.waiting]).slice(0, MOST_KEPT),
    newestMs: Math.max(state.newestMs, ...fresh.map(({ at }) => Date.parse(at))),
    hasGap: state.hasGap || look.hasGap,
  }
}

/** CloudWatch Logs may have had an earlier one only since then. */
const isSince = ({ at, loggedAt }: IotLogEntry, anchorMs: number): boolean =>
  Date.parse(at) > anchorMs || Date.parse(loggedAt) > anchorMs

/** Puts those that wait above the list. */
export const show = (state: TailState): TailState =>
  state.waiting.length === 0
    ? state
    : { ...state, waiting: [], shown: newestFirst([...state.waiting, ...state.shown]).slice(0, MOST_KEPT) }

const newestFirst = (entries: readonly IotLogEntry[]): readonly IotLogEntry[] =>
  entries.toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
