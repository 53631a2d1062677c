import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validateIamListSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const USER_TABS = ['overview', 'policies', 'access-keys'] as const

export interface IamUserSearch {
  readonly tab?: (typeof USER_TABS)[number]
}

export const validateIamUserSearch = (raw: RawSearch): IamUserSearch =>
  defined({ tab: choiceParam(raw.tab, USER_TABS) })

const GROUP_TABS = ['users', 'policies'] as const

export interface IamGroupSearch {
  readonly tab?: (typeof GROUP_TABS)[number]
}

export const validateIamGroupSearch = (raw: RawSearch): IamGroupSearch =>
  defined({ tab: choiceParam(raw.tab, GROUP_TABS) })
