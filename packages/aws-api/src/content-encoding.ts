import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { asBytes, tooLarge } from './body.ts'
import { malformed } from './malformed.ts'
import type { ApiRequest } from './types.ts'

const unzip = promisify(gunzip)

/**
 * What a request's body is without its compression: SDKs send what is large in gzip where the model says so, as
 * CloudWatch's PutMetricData.
 * @param maxBytes of what comes out
 * @throws {AwsError} RequestEntityTooLargeException, SerializationException
 * @see Smithy 2.0, "requestCompression trait"
 */
export async function contentOf({ headers, body }: ApiRequest, maxBytes: number): Promise<Uint8Array> {
  const encoding = headers['content-encoding']?.trim().toLowerCase()
  if (encoding !== 'gzip') return body
  try {
    return asBytes(await unzip(body, { maxOutputLength: maxBytes }))
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes) // ERR_BUFFER_TOO_LARGE
    throw malformed('The request body is not in gzip, as its Content-Encoding says')
  }
}
