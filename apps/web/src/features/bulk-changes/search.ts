import { defined, listParam, textParam } from '../../shared/search-params.ts'

/** Who is meant, and which bulk change is looked at. Of the three ways to say who, the first that is given counts. */
export interface BulkChangesSearch {
  readonly things?: readonly string[]
  readonly group?: string
  readonly type?: string
  readonly attr?: string
  readonly value?: string
  readonly bulkChange?: string
}

export function validateBulkChangesSearch(raw: Record<string, unknown>): BulkChangesSearch {
  return defined({
    things: listParam(raw.things),
    group: textParam(raw.group),
    type: textParam(raw.type),
    attr: textParam(raw.attr),
    value: textParam(raw.value),
    bulkChange: textParam(raw.bulkChange),
  })
}
