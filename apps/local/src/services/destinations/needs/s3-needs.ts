import type { ForwardedNeed, ForwardedRequest } from '../../../foundation/forwarded-api.ts'

/** By method, and by the parameter of the query that makes another operation of it. */
type Actions = Readonly<Record<string, readonly (readonly [parameter: string, action: string])[]>>

/** What has no parameter stands last. */
const BUCKET_ACTIONS: Actions = {
  GET: [
    ['location', 'GetBucketLocation'],
    ['uploads', 'ListBucketMultipartUploads'],
    ['versions', 'ListBucketVersions'],
    ['versioning', 'GetBucketVersioning'],
    ['policy', 'GetBucketPolicy'],
    ['tagging', 'GetBucketTagging'],
    ['acl', 'GetBucketAcl'],
    ['', 'ListBucket'],
  ],
  HEAD: [['', 'ListBucket']],
  PUT: [
    ['versioning', 'PutBucketVersioning'],
    ['policy', 'PutBucketPolicy'],
    ['tagging', 'PutBucketTagging'],
    ['acl', 'PutBucketAcl'],
    ['', 'CreateBucket'],
  ],
  DELETE: [
    ['policy', 'DeleteBucketPolicy'],
    ['tagging', 'PutBucketTagging'],
    ['', 'DeleteBucket'],
  ],
}

const OBJECT_ACTIONS: Actions = {
  GET: [
    ['acl', 'GetObjectAcl'],
    ['tagging', 'GetObjectTagging'],
    ['uploadId', 'ListMultipartUploadParts'],
    ['', 'GetObject'],
  ],
  HEAD: [['', 'GetObject']],
  PUT: [
    ['acl', 'PutObjectAcl'],
    ['tagging', 'PutObjectTagging'],
    ['', 'PutObject'],
  ],
  POST: [['', 'PutObject']],
  DELETE: [
    ['tagging', 'DeleteObjectTagging'],
    ['uploadId', 'AbortMultipartUpload'],
    ['', 'DeleteObject'],
  ],
}

/** S3 has an operation that is no object's and no bucket's. */
const ALL_BUCKETS: readonly ForwardedNeed[] = [{ action: 's3:ListAllMyBuckets', resources: ['*'] }]

/**
 * The bucket or object in the path. Who deletes several objects at once needs the right to delete each of the bucket;
 * who copies one, to read it.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3"
 */
export function s3Needs({ method, url, headers }: ForwardedRequest): readonly ForwardedNeed[] {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [bucket = '', ...rest] = pathname.slice(1).split('/').map(decode)
  const key = rest.join('/')
  if (bucket === '') return ALL_BUCKETS
  const bucketArn = `arn:aws:s3:::${bucket}`
  if (method === 'POST' && !searchParams.has('uploads') && !searchParams.has('uploadId')) {
    return [{ action: 's3:DeleteObject', resources: [`${bucketArn}/*`] }] // the server takes any other POST for it, too
  }
  const actions = (key === '' ? BUCKET_ACTIONS : OBJECT_ACTIONS)[method] ?? []
  const found = actions.find(([parameter]) => parameter === '' || searchParams.has(parameter))
  const action = `s3:${found?.[1] ?? '*'}`
  const needs = [{ action, resources: [key === '' ? bucketArn : `${bucketArn}/${key}`] }]
  const source = headers['x-amz-copy-source']
  if (typeof source !== 'string') return needs
  return [...needs, { action: 's3:GetObject', resources: [`arn:aws:s3:::${decode(source).replace(/^\//, '')}`] }]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // the server will refuse it
  }
}
