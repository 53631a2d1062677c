import { AwsError } from '@thingdeck/aws-api'
import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'

const BUCKET_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'ListBucket',
  HEAD: 'ListBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
}

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  POST: 'PutObject',
  DELETE: 'DeleteObject',
}

/**
 * Parameters of the query that make another operation of a request, by method, which the server has: `?uploads`. It
 * would take any other for the request without it, and `PUT /bucket/key?tagging` for a new object.
 */
const BUCKET_OPERATIONS: Readonly<Record<string, string>> = { POST: 'delete' }
const OBJECT_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  POST: ['uploads', 'uploadId'],
  PUT: ['uploadId'],
  DELETE: ['uploadId'],
}

/** @see Amazon S3 API Reference, the operations' request syntax */
const SUBRESOURCES: ReadonlySet<string> = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotations',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
])

/**
 * Headers that make something else of a write, which the server behind would do as if they were not there: it would
 * replace the object that a condition is to protect.
 * @see Amazon S3 API Reference, "PutObject", "CopyObject", "CreateMultipartUpload", "DeleteObject"
 */
const WRITE_HEADERS = [
  'if-match',
  'if-none-match',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-unmodified-since',
  'x-amz-if-match-last-modified-time',
  'x-amz-if-match-size',
  'x-amz-object-lock-legal-hold',
  'x-amz-object-lock-mode',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
]

/** @see Amazon S3 User Guide, "General purpose bucket naming rules": beside buckets the server behind has paths of its own */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * The bucket or object in the path. Who deletes several objects at once needs the right to delete each of the bucket;
 * who copies one, to read it.
 * @throws {AwsError} NotImplemented for an operation that the server behind would take for another one; InvalidURI and
 *   InvalidBucketName for a path that it would
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3"
 */
export function s3Needs({ method, url, headers }: ForwardedRequest): readonly ForwardedNeed[] {
  // What is behind it belongs to no request, and is cut off by the server, and by the signature's path.
  if (url.includes('#')) throw new AwsError('InvalidURI', "Couldn't parse the specified URI: # is written %23")
  const [path = '', ...query] = url.split('?')
  const parameters = new URLSearchParams(query.join('?'))
  // Read as the server reads it: `.` and `..` are parts of a key.
  const [bucket = '', ...rest] = path.slice(1).split('/').map(decode)
  const key = rest.join('/')
  const subresources = [...parameters.keys()].filter((name) => SUBRESOURCES.has(name))
  if (bucket === '' && key === '') {
    // A POST there is of SQS or SNS.
    if (method !== 'GET' || subresources.length > 0) throw notImplemented(method, subresources)
    return [{ action: 's3:ListAllMyBuckets', resources: ['*'] }]
  }
  if (!BUCKET_NAME.test(bucket)) throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${bucket}`)
  const bucketArn = `arn:aws:s3:::${bucket}`
  if (key === '') {
    const wanted = BUCKET_OPERATIONS[method]
    const isKnown = subresources.every((name) => name === wanted) && (wanted === undefined || parameters.has(wanted))
    const action = wanted === undefined ? BUCKET_ACTIONS[method] : 'DeleteObject'
    if (!isKnown || action === undefined) throw notImplemented(method, subresources)
    return [{ action: `s3:${action}`, resources: [wanted === undefined ? bucketArn : `${bucketArn}/*`] }]
  }
  const wanted = OBJECT_OPERATIONS[method] ?? []
  const isKnown = subresources.every((name) => wanted.includes(name)) && (method !== 'POST' || subresources.length > 0)
  const action = OBJECT_ACTIONS[method]
  if (!isKnown || action === undefined) throw notImplemented(method, subresources)
  const isWrite = method !== 'GET' && method !== 'HEAD'
  const condition = isWrite ? WRITE_HEADERS.find((name) => headers[name] !== undefined) : undefined
  if (condition !== undefined) throw lacks(`${method} with the header ${condition}`)
  const isAbort = method === 'DELETE' && subresources.length > 0
  const need = { action: `s3:${isAbort ? 'AbortMultipartUpload' : action}`, resources: [`${bucketArn}/${key}`] }
  const source = headers['x-amz-copy-source']
  if (typeof source !== 'string') return [need]
  return [need, { action: 's3:GetObject', resources: [`arn:aws:s3:::${decode(source).replace(/^\//, '')}`] }]
}

function notImplemented(method: string, subresources: readonly string[]): AwsError {
  return lacks(subresources.length > 0 ? `${method} with ?${subresources.join('&')}` : method)
}

const lacks = (what: string) =>
  new AwsError('NotImplemented', `This server's S3 has buckets, objects and multipart uploads, and no ${what}`)

/**
 * @throws {AwsError} InvalidURI, also for control characters: the lists of the server behind are XML, in which they cannot
 *   stand, so that nothing of a bucket could be read any more
 */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!/\p{Cc}/u.test(decoded)) return decoded
  } catch {
    // it is no UTF-8, or % stands alone
  }
  throw new AwsError('InvalidURI', `Couldn't parse the specified URI: ${text}`)
}
