import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { canonicalQuery, encodeComponent, MAX_EXPIRES_SECONDS } from './canonical.ts'

/** Long-term credentials, or temporary ones with their session token. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface PresignMqttUrlOptions {
  /** `wss://PREFIX-ats.iot.REGION.amazonaws.com/mqtt`, or the same of an embedded server (`ws://localhost:7400/mqtt`). */
  readonly url: string
  readonly region: string
  readonly credentials: Credentials
  /** Time of signing, by the signer's clock. Default: now. */
  readonly date?: Date
  /** How long the URL opens connections; an open connection outlives it. Default 300, at most 604,800 (7 days). */
  readonly expiresSeconds?: number
}

/**
 * The URL that opens an MQTT connection over WebSocket. AWS IoT's form differs from the usual presigned URL: the
 * session token is appended after the signature and is not signed; a URL that signs it is refused.
 * @throws {RangeError} if it should live for more than seven days
 * @see AWS IoT Core developer guide, "Device communication protocols", MQTT over WebSocket
 */
export async function presignMqttUrl(options: PresignMqttUrlOptions): Promise<string> {
  const { region, credentials, date = new Date(), expiresSeconds = 300 } = options
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  if (!(expiresSeconds > 0 && expiresSeconds <= MAX_EXPIRES_SECONDS)) {
    throw new RangeError(`expiresSeconds must be between 1 and ${MAX_EXPIRES_SECONDS}`)
  }
  const url = new URL(options.url)
  const signer = new SignatureV4({
    service: 'iotdevicegateway',
    region,
    sha256: Sha256,
    credentials: { accessKeyId, secretAccessKey }, // without the token, or the signer would sign it
  })
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name)
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: { host: url.host }, // holds the port where it is not the protocol's default, as browsers send it
    },
    { signingDate: date, expiresIn: expiresSeconds },
  )
  const { 'X-Amz-Signature': signature, ...parameters } = signed.query ?? {}
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => [encodeComponent(name), encodeComponent(one)] as const),
  )
  const token = sessionToken === undefined ? '' : `&X-Amz-Security-Token=${encodeComponent(sessionToken)}`
  return `${url.protocol}//${url.host}${url.pathname}?${canonicalQuery(pairs)}&X-Amz-Signature=${signature}${token}`
}
