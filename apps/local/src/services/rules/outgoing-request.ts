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
