import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { S3Client } from '@aws-sdk/client-s3'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { DeliveryStream } from './delivery-stream.ts'
import { renderPrefix, renderTime } from './object-prefix.ts'

export interface S3DeliveryParts {
  readonly region: string
  /** Of this server. */
  readonly ownUrl: string
  /** Where the environment says that S3 is, with the environment's credentials. */
  readonly s3Endpoint: string | undefined
  readonly sessions: RoleSessions
}

/** Why an object was not put: `S3.NoSuchBucket`. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly code: string

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
  }
}

const SESSION_SECONDS = 3_600
const TIMEOUT_MS = 30_000

/** Puts objects into the buckets of streams, on the rights of their roles. */
export class S3Delivery {
  readonly #parts: S3DeliveryParts
  /** By role. */
  readonly #clients = new Map<string, Promise<S3Client>>()

  constructor(parts: S3DeliveryParts) {
    this.#parts = parts
  }

  /**
   * @param sinceMs when the first of the records came, by which the object is named
   * @throws {DeliveryError}
   */
  async deliver(stream: DeliveryStream, records: Buffer, sinceMs: number): Promise<void> {
    const { bucketArn, compression, roleArn } = stream.destination
    const { PutObjectCommand } = await import('@aws-sdk/client-s3')
    const isGzip = compression === 'GZIP'
    const Body = isGzip ? await promisify(gzip)(records) : records
    const put = new PutObjectCommand({
      Bucket: bucketArn.split(':').at(-1),
      Key: objectKey(stream, sinceMs),
      Body,
      ContentType: 'application/octet-stream',
      ...(isGzip && { ContentEncoding: 'gzip' }),
    })
    try {
      const client = await this.#client(roleArn)
      await client.send(put, { abortSignal: AbortSignal.timeout(TIMEOUT_MS) })
    } catch (error) {
      const [name, message] = error instanceof Error ? [error.name, error.message] : ['Unknown', String(error)]
      throw new DeliveryError(`S3.${name}`, message, error)
    }
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) (await client).destroy()
    this.#clients.clear()
  }

  #client(roleArn: string): Promise<S3Client> {
    let client = this.#clients.get(roleArn)
    if (!client) {
      client = this.#connect(roleArn)
      client.catch(() => this.#clients.delete(roleArn))
      this.#clients.set(roleArn, client)
    }
    return client
  }

  async #connect(roleArn: string): Promise<S3Client> {
    const { region, ownUrl, s3Endpoint, sessions } = this.#parts
    const { S3Client } = await import('@aws-sdk/client-s3')
    return new S3Client({
      region,
      endpoint: s3Endpoint ?? ownUrl,
      forcePathStyle: true,
      ...(s3Endpoint === undefined && {
        credentials: async () => sessions.issue(roleArn, 'firehose', SESSION_SECONDS),
      }),
    })
  }
}

/** `2026/11/29/10/readings-1-2026-11-29-10-05-00-UUID`. @see Amazon Data Firehose developer guide, "Amazon S3 object name" */
function objectKey({ name, version, destination }: DeliveryStream, timeMs: number): string {
  const { prefix = '', compression, fileExtension, timeZone } = destination
  const time = renderTime('yyyy-MM-dd-HH-mm-ss', { timeMs, timeZone })
  const extension = fileExtension ?? (compression === 'GZIP' ? '.gz' : '')
  return `${renderPrefix(prefix, { timeMs, timeZone })}${name}-${version}-${time}-${randomUUID()}${extension}`
}
