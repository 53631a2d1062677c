import { choiceParam, defined, textParam } from '../../search-params.ts'
import { createFilter } from '../list-filter.ts'
import { type ListSearch, listSearch } from '../list-search.ts'
import type { ThingType } from './endpoints.ts'

export interface ThingTypesFilter {
  readonly name?: string
}

export type ThingTypesSearch = ThingTypesFilter & ListSearch

export const validateThingTypesSearch = (raw: Record<string, unknown>): ThingTypesSearch =>
  defined({ name: textParam(raw.name), ...listSearch(raw) })

export const THING_TYPES_FILTER = createFilter<ThingType, ThingTypesFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name',
      valuesLabel: 'Names',
      params: { '=': 'name' },
      seenIn: ({ thingTypeName }) => thingTypeName,
    },
  ],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'name', operator: '=', value }) },
})

const TABS = ['overview', 'things'] as const

export interface ThingTypeSearch {
  readonly tab?: (typeof TABS)[number]
}

export const validateThingTypeSearch = (raw: Record<string, unknown>): ThingTypeSearch =>
  defined({ tab: choiceParam(raw.tab, TABS) })
