import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validateStreamsSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const TABS = ['files', 'use', 'tags'] as const

export interface StreamSearch {
  /** Left out: its files. */
  readonly tab?: (typeof TABS)[number]
}

export const validateStreamSearch = (raw: RawSearch): StreamSearch => defined({ tab: choiceParam(raw.tab, TABS) })
