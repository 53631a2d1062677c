import type { ForwardedRequest } from '../../foundation/forwarded-api.ts'

/**
 * A request to S3 with the bucket in its path, where some clients have it in the name of the server
 * (`raw.localhost:7400/key`).
 * @param ownHosts what the server is called beside `localhost`
 * @see Amazon S3 User Guide, "Virtual hosting of general purpose buckets"
 */
export function pathStyle(request: ForwardedRequest, ownHosts: readonly string[]): ForwardedRequest {
  const hostname = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  const own = [...ownHosts, 'localhost'].map((name) => name.toLowerCase()).find((name) => hostname.endsWith(`.${name}`))
  const bucket = own === undefined ? '' : `/${hostname.slice(0, -own.length - 1)}`
  // With a slash behind the bucket: the server behind has paths of its own, such as /health.
  const url = `${bucket}${request.url}`.replace(/^(\/[^/?]+)(?=\?|$)/, '$1/')
  // The server behind would take any name with dots in it for a bucket's.
  return { ...request, url, headers: { ...request.headers, host: 'localhost' } }
}
