import type { Target } from './uri.ts'

/**
 * The service in a request's credential scope, `AKID/20250101/eu-west-1/iotdata/aws4_request`, as it stands in the
 * Authorization header or, presigned, in `X-Amz-Credential`. It only says where the request wants to go: nothing has
 * been verified yet.
 */
export function signingNameOf(authorization: string | undefined, query: Target['query']): string | undefined {
  const credential = authorization
    ? credentialOf(authorization)
    : query.find(([name]) => name === 'X-Amz-Credential')?.[1]
  const scope = credential?.split('/')
  return scope && scope.length >= 4 && scope.at(-1) === 'aws4_request' ? scope.at(-2) : undefined
}

function credentialOf(authorization: string): string | undefined {
  if (!authorization.startsWith('AWS4-')) return undefined
  const start = authorization.indexOf('Credential=')
  if (start < 0) return undefined
  const end = authorization.indexOf(',', start)
  return authorization.slice(start + 'Credential='.length, end < 0 ? undefined : end).trim()
}
