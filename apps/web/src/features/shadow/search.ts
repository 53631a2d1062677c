import { defined, textParam } from '../../shared/search-params.ts'

/** `shadowName` of a named shadow; absent for the classic one. */
export interface ShadowSearch {
  readonly shadowName?: string
}

export function validateShadowSearch(raw: Record<string, unknown>): ShadowSearch {
  const name = textParam(raw.shadowName)
  return defined({ shadowName: name !== undefined && /^[$a-zA-Z0-9:_-]{1,64}$/.test(name) ? name : undefined })
}
