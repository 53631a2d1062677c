import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** What rules send over HTTP. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: URL
  /** In this order; `host` and `content-length` are added. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

export interface IncomingAnswer {
  readonly status: number
  readonly reason: string
  /** Whether there is more than {@link MAX_ANSWER_BYTES} of it: then it is not asked again. */
  readonly isTooLong: boolean
}

/** @see AWS IoT developer guide, "HTTP" action */
const MAX_ANSWER_BYTES = 16_384

/** The ports that AWS sends to. */
const PORTS: readonly string[] = ['', '443', '8443']

/** Why rules do not send there; undefined where they do. AWS has no loopback addresses: there anything goes here. */
export function whyNotUrl(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return `${text} is no URL: it begins with https://`
  if (url.username !== '' || url.password !== '') return 'a URL must not have a name or a password in it'
  const { protocol, hostname, port } = url
  if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) && /^https?:$/.test(protocol)) return undefined
  if (protocol !== 'https:') return `${text} does not begin with https://, which only loopback addresses need not`
  if (!PORTS.includes(port)) return `the port of ${text} must be 443 or 8443, but for loopback addresses`
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
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= MAX_ANSWER_BYTES) return
        resolve({ status, reason, isTooLong: true })
        response.destroy()
      })
      response.on('end', () => resolve({ status, reason, isTooLong: false }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}
