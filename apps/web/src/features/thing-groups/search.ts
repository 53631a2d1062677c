import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { type NameFilter, nameFilterParams } from '../../shared/list/name-filter.ts'
import { THING_GROUP_TABS, type ThingGroupTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface ThingGroupsSearch extends NameFilter, ListSearch {
  /** The groups whose children are shown. */
  readonly open?: readonly string[]
}

export const validateThingGroupsSearch = (raw: RawSearch): ThingGroupsSearch =>
  defined({
    ...nameFilterParams(raw),
    open: listParam(raw.open),
    ...listSearch(raw),
  })

export interface ThingGroupSearch {
  readonly tab?: ThingGroupTabId
  /** Of the tab of things: those of the groups below are shown, too. */
  readonly below?: 'yes'
}

export const validateThingGroupSearch = (raw: RawSearch): ThingGroupSearch =>
  defined({ tab: choiceParam(raw.tab, THING_GROUP_TABS), below: choiceParam(raw.below, ['yes'] as const) })

export interface CreateThingGroupSearch {
  readonly parent?: string
  /** A query that a dynamic group is made of. */
  readonly query?: string
}

export const validateCreateThingGroupSearch = (raw: RawSearch): CreateThingGroupSearch =>
  defined({ parent: textParam(raw.parent), query: textParam(raw.query) })
