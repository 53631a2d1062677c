import { defined, listParam, textParam } from '../../shared/search-params.ts'

/** `?s=1:dt/%23&s=0:cmd/%23&q=alarm`: subscriptions as `QoS:filter`, and the text filter. */
export interface LiveSearch {
  readonly s?: readonly string[]
  readonly q?: string
}

export function validateLiveSearch(raw: Record<string, unknown>): LiveSearch {
  return defined({ s: listParam(raw.s), q: textParam(raw.q) })
}
