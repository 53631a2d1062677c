import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { defined, textParam } from '../../shared/search-params.ts'

/** What retained messages are looked for; everything given has to hold. */
export interface RetainedFilter {
  /** How the topic begins, exactly. */
  readonly prefix?: string
  /** A part of the topic, in whichever case. */
  readonly contains?: string
}

/** The filter, and the topics that are selected. */
export type RetainedSearch = RetainedFilter & ListSearch

export function validateRetainedSearch(raw: Record<string, unknown>): RetainedSearch {
  return defined({ prefix: textParam(raw.prefix), contains: textParam(raw.contains), ...listSearch(raw) })
}
