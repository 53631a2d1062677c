import { refuse } from './job-error.ts'

/** What stands in a job document for something that is known only later. @see AWS IoT developer guide, "Create and manage jobs" */
export type Placeholder =
  /** A presigned URL by which a file can be read; where the URL was encoded it is decoded here. */
  | { readonly kind: 's3-presigned-url'; readonly url: string }
  /** One by which a file can be put. Its key may have local placeholders. Empty: AWS chooses bucket and key. */
  | { readonly kind: 's3-presigned-url-upload'; readonly url: string }
  | { readonly kind: 'parameter'; readonly name: string }
  /** Package and version are both empty where the job's only destination is meant. */
  | {
      readonly kind: 'package'
      readonly packageName: string
      readonly versionName: string
      readonly wanted:
        | { readonly kind: 'attribute'; readonly key: string }
        | { readonly kind: 'attributes' }
        | { readonly kind: 'artifact' }
    }

export interface FoundPlaceholder {
  readonly placeholder: Placeholder
  /** As it is written, `${…}`. */
  readonly text: string
  /** In UTF-16 code units from 0. */
  readonly offset: number
}

/** Of presigned URLs in a document. @see AWS IoT Device Management quotas */
export const MAX_PRESIGNED_URLS = 10
/** Of each local placeholder in a key. */
const MAX_LOCAL_USES = 2
const LOCAL = ['thingName', 'jobId', 'executionNumber']

/**
 * The placeholders of a document, in order. Other texts of the form `${…}` are the document's own.
 * @throws {JobError} InvalidRequest for one that is not as it has to be
 */
export function findPlaceholders(document: string): FoundPlaceholder[] {
  const found: FoundPlaceholder[] = []
  for (let offset = document.indexOf('${aws:iot:'); offset >= 0; offset = document.indexOf('${aws:iot:', offset + 1)) {
    const end = closingBrace(document, offset)
    const text = document.slice(offset, end + 1)
    const placeholder = parsePlaceholder(text)
    const isWhole = document[offset - 1] === '"' && document[end + 1] === '"'
    if (placeholder.kind === 'package' && placeholder.wanted.kind === 'attributes' && !isWhole) {
      throw refuse(`${text}: all attributes are an object, which is a whole value and no part of a text`)
    }
    found.push({ placeholder, text, offset })
    offset = end
  }
  const presigned = found.filter(({ placeholder }) => isPresigned(placeholder))
  if (presigned.length > MAX_PRESIGNED_URLS) {
    throw refuse(`The document has ${presigned.length} presigned URLs; there can be at most ${MAX_PRESIGNED_URLS}`)
  }
  return found
}

export function isPresigned(placeholder: Placeholder): boolean {
  if (placeholder.kind === 'package') return placeholder.wanted.kind === 'artifact'
  return placeholder.kind !== 'parameter'
}

/**
 * A document with its placeholders replaced.
 * @param resolve what stands for one: a text, or JSON for all attributes of a package's version; undefined: it stays
 */
export function replacePlaceholders(
  document: string,
  resolve: (placeholder: Placeholder) => string | { readonly json: string } | undefined,
): string {
  let result = ''
  let from = 0
  for (const { placeholder, text, offset } of findPlaceholders(document)) {
    const value = resolve(placeholder)
    if (value === undefined) continue
    const end = offset + text.length
    if (typeof value === 'string') {
      result += document.slice(from, offset) + JSON.stringify(value).slice(1, -1)
      from = end
      continue
    }
    // The whole value of a member: its quotes go, too.
    result += document.slice(from, offset - 1) + value.json
    from = end + 1
  }
  return result + document.slice(from)
}

/** A key with what is known of the execution in place of its local placeholders. */
export function fillLocal(
  key: string,
  values: { readonly thingName: string; readonly jobId: string; readonly executionNumber: number },
): string {
  const { thingName, jobId, executionNumber } = values
  return key
    .replaceAll('${thingName}', thingName)
    .replaceAll('${jobId}', jobId)
    .replaceAll('${executionNumber}', String(executionNumber))
}

function closingBrace(document: string, offset: number): number {
  let depth = 0
  for (let index = offset; index < document.length; index += 1) {
    if (document.startsWith('${', index)) depth += 1
    else if (document[index] === '}') {
      depth -= 1
      if (depth === 0) return index
    } else if (document[index] === '"') break // a text of JSON ends
  }
  throw refuse(`The placeholder ${JSON.stringify(document.slice(offset, offset + 60))} has no closing brace`)
}

function parsePlaceholder(text: string): Placeholder {
  const body = text.slice('${aws:iot:'.length, -1)
  const colon = body.indexOf(':')
  const [kind, rest] = colon < 0 ? [body, ''] : [body.slice(0, colon), body.slice(colon + 1)]
  if (kind !== 's3-presigned-url-upload' && rest.includes('${')) {
    throw refuse(`${text}: a placeholder cannot be in another; local ones are for keys of uploads`)
  }
  switch (kind) {
    case 's3-presigned-url':
      return { kind: 's3-presigned-url', url: checkUrl(text, rest) }
    case 's3-presigned-url-v2':
      return { kind: 's3-presigned-url', url: checkUrl(text, decode(text, rest)) }
    case 's3-presigned-url-upload':
      return { kind, url: checkUpload(text, rest) }
    case 'parameter':
      if (!/^\w{1,256}$/.test(rest)) throw refuse(`${text}: a parameter has a name of letters, digits and _`)
      return { kind, name: rest }
    case 'package':
      return parsePackage(text, rest)
    case 'code-sign-signature':
      throw refuse(
        `${text}: signing by AWS Signer is not there; sign the file, and put the signature into the document`,
      )
    default:
      throw refuse(`${text}: there is no placeholder aws:iot:${kind}`)
  }
}

function parsePackage(text: string, rest: string): Placeholder {
  const match = /^([a-zA-Z0-9_.-]*):version:([a-zA-Z0-9_.$-]*):(.+)$/.exec(rest)
  const [, packageName = '', versionName = '', what = ''] = match ?? []
  if (!match) throw refuse(`${text}: it has to be \${aws:iot:package:NAME:version:VERSION:…}`)
  if ((packageName === '') !== (versionName === '')) {
    throw refuse(`${text}: package and version are both named, or both empty`)
  }
  if (versionName === '$null') throw refuse(`${text}: $null is for destinations, not for documents`)
  const key = /^attributes:([a-zA-Z0-9:_-]+)$/.exec(what)?.[1]
  if (key !== undefined) return { kind: 'package', packageName, versionName, wanted: { kind: 'attribute', key } }
  if (what === 'attributes') return { kind: 'package', packageName, versionName, wanted: { kind: 'attributes' } }
  if (what === 'artifact-location:s3-presigned-url') {
    return { kind: 'package', packageName, versionName, wanted: { kind: 'artifact' } }
  }
  throw refuse(`${text}: of a version there are attributes, attributes:KEY and artifact-location:s3-presigned-url`)
}

function checkUpload(text: string, url: string): string {
  for (const [, name = ''] of url.matchAll(/\$\{([^}]*)\}/g)) {
    if (!LOCAL.includes(name)) throw refuse(`${text}: there is no local placeholder \${${name}}: ${LOCAL.join(', ')}`)
    if (url.split(`\${${name}}`).length - 1 > MAX_LOCAL_USES) {
      throw refuse(`${text}: \${${name}} can stand in a key at most ${MAX_LOCAL_USES} times`)
    }
  }
  if (url === '') return url
  const location = parseS3Url(url)
  if (!location) throw refuse(`${text}: it has no URL of a file in S3`)
  if (location.bucket.includes('${')) throw refuse(`${text}: the bucket has no placeholders`)
  return url
}

function checkUrl(text: string, url: string): string {
  const location = parseS3Url(url)
  if (!location || location.key === '') throw refuse(`${text}: it has no URL of a file in S3`)
  return url
}

function decode(text: string, url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    throw refuse(`${text}: the URL is not percent-encoded as it has to be`)
  }
}

/** A file in S3. */
export interface S3Location {
  readonly bucket: string
  readonly key: string
  readonly versionId: string | undefined
}

/**
 * The file that a URL names, path style (`https://s3.eu-west-1.amazonaws.com/bucket/key`) or virtual-hosted style
 * (`https://bucket.s3.eu-west-1.amazonaws.com/key`); undefined for any other URL.
 */
export function parseS3Url(url: string): S3Location | undefined {
  const match = /^https:\/\/([^/?#]+)\/?([^?#]*)(?:\?versionId=([^&#]+))?$/.exec(url)
  const [, host = '', path = '', versionId] = match ?? []
  if (!match) return undefined
  const virtual = /^(.+)\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1]
  if (virtual !== undefined) return { bucket: virtual, key: path, versionId }
  if (!/^s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(host)) return undefined
  const slash = path.indexOf('/')
  const [bucket, key] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)]
  return bucket === '' ? undefined : { bucket, key, versionId }
}
