import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { THING_TYPE_TABS, type ThingTypeTabId } from '../../shared/paths.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface ThingTypesFilter {
  /** A part of the name. */
  readonly name?: string
  /** Its beginning: AWS finds it itself, however many there are. */
  readonly begins?: string
}

export type ThingTypesSearch = ThingTypesFilter & ListSearch

export const validateThingTypesSearch = (raw: RawSearch): ThingTypesSearch =>
  defined({ name: textParam(raw.name), begins: textParam(raw.begins), ...listSearch(raw) })

export interface ThingTypeSearch {
  readonly tab?: ThingTypeTabId
}

export const validateThingTypeSearch = (raw: RawSearch): ThingTypeSearch =>
  defined({ tab: choiceParam(raw.tab, THING_TYPE_TABS) })
