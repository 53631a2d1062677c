import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { type NameFilter, nameFilterParams } from '../../shared/list/name-filter.ts'
import { THING_TYPE_TABS, type ThingTypeTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export type ThingTypesSearch = NameFilter & ListSearch

export const validateThingTypesSearch = (raw: RawSearch): ThingTypesSearch =>
  defined({ ...nameFilterParams(raw), ...listSearch(raw) })

export interface ThingTypeSearch {
  readonly tab?: ThingTypeTabId
}

export const validateThingTypeSearch = (raw: RawSearch): ThingTypeSearch =>
  defined({ tab: choiceParam(raw.tab, THING_TYPE_TABS) })
