import type { IncomingMessage } from 'node:http'

/** What of a request without a body a signature covers. */
export interface SignedParts {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

export function signedParts(request: IncomingMessage): SignedParts {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { method: request.method ?? 'GET', url: request.url ?? '/', headers }
}
