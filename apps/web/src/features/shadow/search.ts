import { defined, textParam } from '../../shared/search-params.ts'

/** `name` of a named shadow; absent for the classic one. */
export interface ShadowSearch {
  readonly name?: string
}

export function validateShadowSearch(raw: Record<string, unknown>): ShadowSearch {
  const name = textParam(raw.name)
  return defined({ name: name !== undefined && /^[$a-zA-Z0-9:_-]{1,64}$/.test(name) ? name : undefined })
}
