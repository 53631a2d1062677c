import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** What rules send over HTTP. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: URL
  /** In this order; `host` and `content-length` are added. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

export interface IncomingAnswer {
  readonly status: number
  readonly reason: string
  /** What it said of itself, for people; empty where it is too long. */
  readonly body: string
  /** Whether there is more than {@link MAX_ANSWER_BYTES} of it: then it is not asked again. */
  readonly isTooLong: boolean
}

/** @see AWS IoT developer guide, "HTTP" action */
const MAX_ANSWER_BYTES = 16_384

/** The ports that HTTP actions of AWS send to. */
const PORTS: readonly string[] = ['443', '8443']

/** Addresses of this machine, which AWS has none of: there any port goes here, and plain text. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** Why rules do not send there; undefined where they do. */
export function whyNotUrl(text: string, ports = PORTS): string | undefined {
  const url = URL.parse(text)
  if (!url) return `${text} is no URL: it begins with https://`
  if (url.username !== '' || url.password !== '') return 'a URL must not have a name or a password in it'
  const { protocol, hostname, port } = url
  if (isLoopback(hostname) && /^https?:$/.test(protocol)) return undefined
  if (protocol !== 'https:') return `${text} does not begin with https://, which only loopback addresses need not`
  if (port !== '' && !ports.includes(port)) {
    return `the port of ${text} must be ${ports.slice(0, -1).join(', ')} or ${ports.at(-1)}, but for loopback addresses`
  }
  return undefined
}

/** Sends it, and follows no redirections. @throws {Error} with `code` where there is no answer, or none in time */
export function send({ method, url, headers, body }: OutgoingRequest, signal: AbortSignal): Promise<IncomingAnswer> {
  const make = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const raw = [...headers, ['host', url.host], ['content-length', String(body.length)]].flat()
    const request = make(url, { method, headers: raw, signal }, (response) => {
      const { statusCode: status = 0, statusMessage: reason = '' } = response
      let bytes = 0
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes <= MAX_ANSWER_BYTES) return
        resolve({ status, reason, body: '', isTooLong: true })
        response.destroy()
      })
      response.on('end', () => resolve({ status, reason, body: Buffer.concat(chunks).toString(), isTooLong: false }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}
