import { type RawSearch, textParam } from '../search-params.ts'
import { createFilter, type ListFilter } from './list-filter.ts'

/** The filter of a list that is filtered by names alone. */
export interface NameFilter {
  /** A part of the name. */
  readonly name?: string
  /** Its beginning: AWS finds it itself, however many there are. */
  readonly begins?: string
}

/** For a route's `validateSearch`. */
export const nameFilterParams = (raw: RawSearch) => ({ name: textParam(raw.name), begins: textParam(raw.begins) })

export const nameFilter = <Row>(nameOf: (row: Row) => string): ListFilter<Row, NameFilter> =>
  createFilter<Row, NameFilter>({
    properties: [
      { key: 'name', label: 'Name', valuesLabel: 'Names', params: { ':': 'name', '^': 'begins' }, seenIn: nameOf },
    ],
    freeText: { operator: ':', mean: (value) => ({ propertyKey: 'name', operator: ':', value }) },
  })
