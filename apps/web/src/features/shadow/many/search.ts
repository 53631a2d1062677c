import { defined, listParam, textParam } from '../../../shared/search-params.ts'

/** Who is meant, and which job is looked at. Of the three ways to say who, the first that is given counts. */
export interface ManyShadowsSearch {
  readonly things?: readonly string[]
  readonly group?: string
  readonly type?: string
  readonly attr?: string
  readonly value?: string
  readonly job?: string
}

export function validateManyShadowsSearch(raw: Record<string, unknown>): ManyShadowsSearch {
  return defined({
    things: listParam(raw.things),
    group: textParam(raw.group),
    type: textParam(raw.type),
    attr: textParam(raw.attr),
    value: textParam(raw.value),
    job: textParam(raw.job),
  })
}
