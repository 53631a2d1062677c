import type { ForwardedRequest } from '../../../foundation/forwarded-api.ts'

/** The operation of the AWS JSON protocols: `PutItem` of `DynamoDB_20120810.PutItem`; `*` where none is said. */
export function jsonOperation({ headers }: ForwardedRequest): string {
  const target = headers['x-amz-target']
  return (typeof target === 'string' && /^\w+\.(\w+)$/.exec(target)?.[1]) || '*'
}

/** Members of a JSON body; none of a body that is something else, which the API's server will refuse. */
export function jsonMembers({ body }: ForwardedRequest): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** Parameters of the protocol awsQuery, wherever they stand. */
export function queryMembers({ url, body }: ForwardedRequest): ReadonlyMap<string, string> {
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
  return new Map([...query, ...new URLSearchParams(body.toString())])
}

/**
 * All that was found, since a server may look at another member than the operation has; or everything: what
 * cannot be told of a request is allowed to nobody who may not do it anywhere.
 */
export const orAll = (resources: readonly string[]): readonly string[] => (resources.length > 0 ? resources : ['*'])
