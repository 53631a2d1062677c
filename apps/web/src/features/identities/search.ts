import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validateIdentityPoolsSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const POOL_TABS = ['overview', 'identities', 'tags'] as const

export interface IdentityPoolSearch {
  readonly tab?: (typeof POOL_TABS)[number]
}

export const validateIdentityPoolSearch = (raw: RawSearch): IdentityPoolSearch =>
  defined({ tab: choiceParam(raw.tab, POOL_TABS) })

const IDENTITY_TABS = ['overview', 'policies'] as const

export interface IdentitySearch {
  readonly tab?: (typeof IDENTITY_TABS)[number]
}

export const validateIdentitySearch = (raw: RawSearch): IdentitySearch =>
  defined({ tab: choiceParam(raw.tab, IDENTITY_TABS) })
