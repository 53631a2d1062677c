import { formatAmzDate } from './amz-date.ts'
import {
  ALGORITHM,
  canonicalQuery,
  canonicalRequest,
  encodeComponent,
  placeOf,
  type RawParameter,
  signatureOf,
  stringToSign,
} from './canonical.ts'
import type { Credentials } from './presign-mqtt-url.ts'

export interface PresignS3UrlOptions {
  readonly method: 'GET' | 'PUT'
  /** `http://localhost:7400`: the bucket stands in the path. */
  readonly endpoint: string
  readonly bucket: string
  readonly key: string
  readonly versionId?: string | undefined
  readonly region: string
  readonly credentials: Credentials
  /** Time of signing, by the signer's clock; epoch milliseconds. */
  readonly nowMs: number
  readonly expiresSeconds: number
}

/**
 * The URL by which a file of S3 is got or put, made without waiting.
 * @see Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"
 */
export function presignS3Url(options: PresignS3UrlOptions): string {
  const { method, endpoint, bucket, key, versionId, region, credentials, nowMs, expiresSeconds } = options
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const amzDate = formatAmzDate(nowMs)
  const scope = { accessKeyId, date: amzDate.slice(0, 8), region, service: 's3' }
  const path = `/${[bucket, ...key.split('/')].map(encodeComponent).join('/')}`
  const parameters = Object.entries({
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `${accessKeyId}/${placeOf(scope)}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': String(expiresSeconds),
    'X-Amz-Security-Token': sessionToken,
    'X-Amz-SignedHeaders': 'host',
    versionId,
  }).flatMap(([name, value]): RawParameter[] => (value === undefined ? [] : [[name, encodeComponent(value)]]))
  const headers = new Map([['host', new URL(endpoint).host]])
  const canonical = canonicalRequest({
    ...{ method, path, service: 's3', parameters, headers },
    ...{ signedHeaders: ['host'], payloadHash: 'UNSIGNED-PAYLOAD' },
  })
  const signature = signatureOf(secretAccessKey, scope, stringToSign(amzDate, scope, canonical))
  return `${endpoint}${path}?${canonicalQuery(parameters)}&X-Amz-Signature=${signature}`
}
