import { createHash, createHmac } from 'node:crypto'
import type { S3Location } from '@thingdeck/jobs'
import { withOwnS3 } from '../../foundation/own-s3.ts'
import type { SessionCredentials } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'

export interface PresignedFile {
  readonly method: 'GET' | 'PUT'
  readonly location: S3Location
  readonly credentials: SessionCredentials
  readonly expiresInSec: number
  readonly nowMs: number
}

/**
 * A presigned URL of a file at this server's S3, made without waiting: devices are answered at once.
 * @see Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"
 */
export function presignFile(
  { account, ownUrl }: Pick<ServiceContext, 'account' | 'ownUrl'>,
  { method, location, credentials, expiresInSec, nowMs }: PresignedFile,
): string {
  const { host } = new URL(ownUrl)
  const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const scope = `${time.slice(0, 8)}/${account.region}/s3/aws4_request`
  const path = `/${[location.bucket, ...location.key.split('/')].map(encode).join('/')}`
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(expiresInSec)],
    ['X-Amz-Security-Token', credentials.sessionToken],
    ['X-Amz-SignedHeaders', 'host'],
    ...(location.versionId === undefined ? [] : [['versionId', location.versionId]]),
  ].map(([name = '', value = '']) => `${encode(name)}=${encode(value)}`)
  const request = [method, path, query.join('&'), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`)
  return `${ownUrl}${path}?${query.join('&')}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`
}

/** The text of a file, read as AWS IoT itself. @throws what S3 says */
export async function readFile(
  context: Pick<ServiceContext, 'account' | 'ownUrl'>,
  { bucket: Bucket, key: Key }: S3Location,
  credentials: SessionCredentials,
): Promise<string> {
  return withOwnS3(context, credentials, async (s3, { GetObjectCommand }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    return (await Body?.transformToString('utf-8')) ?? ''
  })
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
