import { createHash, createHmac } from 'node:crypto'

/** One request as an operation needs it. */
export interface RequestParts {
  readonly method: string
  readonly path: string
  /** Without the question mark, its parameters sorted by name. */
  readonly query?: string
  readonly body?: string
  /** The signing name. */
  readonly service: 'iot' | 'iotdata'
}

const REGION = 'us-east-1'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
/** Encoded as SigV4 encodes: all but letters, digits and `-._~`. */
export const uriEncoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/**
 * The bytes of an HTTP/1.1 request signed with Signature Version 4 for the key `local`. Made before the load begins, so
 * that the load costs little.
 * @see AWS IAM user guide, "Create a signed AWS API request"
 */
export function signedRequest({ method, path, query = '', body = '', service }: RequestParts, port: number): Buffer {
  const host = `localhost:${port}`
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const scope = `${time.slice(0, 8)}/${REGION}/${service}/aws4_request`
  // What is encoded in the path already is encoded once more.
  const canonicalPath = path.split('/').map(uriEncoded).join('/')
  const canonical = [
    method,
    canonicalPath,
    query,
    `host:${host}`,
    `x-amz-date:${time}`,
    '',
    'host;x-amz-date',
    sha256(body),
  ]
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n')
  const key = scope.split('/').reduce<string | Buffer>((parent, part) => hmac(parent, part), 'AWS4local')
  const signature = hmac(key, toSign).toString('hex')
  const head = [
    `${method} ${path}${query === '' ? '' : `?${query}`} HTTP/1.1`,
    `host: ${host}`,
    `x-amz-date: ${time}`,
    `authorization: AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}
