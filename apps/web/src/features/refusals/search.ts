import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { defined, type RawSearch, textParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

/** Which refusals are looked for; everything given has to hold. */
export interface RefusalsFilter extends TimeRange {
  readonly client?: string
  readonly thing?: string
  readonly principal?: string
  readonly event?: string
  readonly reason?: string
}

/** The filter, the page, and the refusal that is looked at. */
export type RefusalsSearch = RefusalsFilter & ListSearch

export const validateRefusalsSearch = (raw: RawSearch): RefusalsSearch =>
  defined({
    client: textParam(raw.client),
    thing: textParam(raw.thing),
    principal: textParam(raw.principal),
    event: textParam(raw.event),
    reason: textParam(raw.reason),
    ...timeRangeParams(raw),
    ...listSearch(raw),
  })

/** Of a thing's tab, which is about that thing. */
export type ThingRefusalsSearch = TimeRange & ListSearch

export const validateThingRefusalsSearch = (raw: RawSearch): ThingRefusalsSearch =>
  defined({ ...timeRangeParams(raw), ...listSearch(raw) })
