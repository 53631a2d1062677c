import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { THING_GROUP_TABS, type ThingGroupTabId } from '../../shared/paths.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface ThingGroupsFilter {
  /** A part of the name. */
  readonly name?: string
  /** Its beginning: AWS finds it itself, however many there are. */
  readonly begins?: string
}

export interface ThingGroupsSearch extends ThingGroupsFilter, ListSearch {
  /** The groups whose children are shown. */
  readonly open?: readonly string[]
}

export const validateThingGroupsSearch = (raw: RawSearch): ThingGroupsSearch =>
  defined({
    name: textParam(raw.name),
    begins: textParam(raw.begins),
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
