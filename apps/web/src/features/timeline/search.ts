import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, listParam, type RawSearch, timeParam } from '../../shared/search-params.ts'
import { MOMENT_KINDS, type MomentKind } from './model/moment.ts'

const HOUR_MS = 3_600_000

/** How far back the axis goes from now. */
export const LASTS_MS = {
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 168 * HOUR_MS,
  '30d': 720 * HOUR_MS,
}
export type Last = keyof typeof LASTS_MS
export const LASTS: readonly Last[] = ['1h', '6h', '24h', '7d', '30d']

/** `?tab=timeline&last=24h&kinds=refusal`, or `&from=…&to=…` where one zoomed; `at` and `look` lead to a moment. */
export interface TimelineSearch extends ListSearch {
  /** Left out: a day, or what `from` and `to` say. */
  readonly last?: Last
  /** ISO 8601. */
  readonly from?: string
  readonly to?: string
  /** Left out: all. */
  readonly kinds?: readonly MomentKind[]
  /** A time that a link leads to, ISO 8601; `look` has the moment, where there are several. */
  readonly at?: string
}

export function validateTimelineSearch(raw: RawSearch): TimelineSearch {
  const [from, to] = [timeParam(raw.from), timeParam(raw.to)]
  const isRange = from !== undefined && to !== undefined && from < to
  const kinds = listParam(raw.kinds)?.flatMap((kind) => choiceParam(kind, MOMENT_KINDS) ?? [])
  return defined({
    last: choiceParam(raw.last, LASTS),
    ...(isRange && { from, to }),
    kinds: kinds?.length === 0 ? undefined : kinds,
    at: timeParam(raw.at),
    ...listSearch(raw),
  })
}
