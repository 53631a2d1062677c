import type { IncomingMessage } from 'node:http'
import type { ApiOptions } from './types.ts'

/** As AWS's own services answer a preflight request. */
const MAX_AGE_SECONDS = 172_800
const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,Date'
const METHODS = 'GET, PUT, POST, PATCH, DELETE, HEAD'

export interface Cors {
  /** Of every answer to this request. */
  readonly headers: Readonly<Record<string, string>>
  /** The request is a preflight of an allowed origin, answered by the headers alone. */
  readonly preflight: boolean
}

/** What a browser has to be told, if the request's origin may call. */
export function corsOf(options: ApiOptions<never>['cors'], request: IncomingMessage): Cors {
  const { origin, 'access-control-request-headers': wanted } = request.headers
  if (!options) return { headers: {}, preflight: false }
  const allowed = origin !== undefined && (options.origins === '*' || options.origins.includes(origin))
  if (!allowed) return { headers: { vary: 'Origin' }, preflight: false }
  const headers = { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED }
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) {
    return { headers, preflight: false }
  }
  return {
    preflight: true,
    headers: {
      ...headers,
      'access-control-allow-methods': METHODS,
      'access-control-max-age': String(MAX_AGE_SECONDS),
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
    },
  }
}
