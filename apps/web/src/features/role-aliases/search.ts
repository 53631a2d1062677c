import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

export const validateRoleAliasesSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const TABS = ['overview', 'users', 'try', 'tags'] as const

export interface RoleAliasSearch {
  readonly tab?: (typeof TABS)[number]
  /** Of the trial: who asks. */
  readonly certificate?: string
  readonly thing?: string
}

export const validateRoleAliasSearch = (raw: RawSearch): RoleAliasSearch =>
  defined({
    tab: choiceParam(raw.tab, TABS),
    certificate: textParam(raw.certificate),
    thing: textParam(raw.thing),
  })
