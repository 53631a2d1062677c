import { invalidInput, limitExceeded } from './iam-errors.ts'
import type { ListRequest } from './list-page.ts'
import { listPage } from './list-page.ts'

/** A tag as IAM's requests and answers have it. */
interface Tag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

export type Tags = Readonly<Record<string, string>>

const MAX_TAGS = 50

/** Keys that differ in case alone are one: "it replaces the first tag. A second tag is not added." */
const sameKey = (key: string): string => key.toLowerCase()

/**
 * Tags with some more, which replace those of the same key.
 * @see IAM user guide, "Tags for AWS Identity and Access Management resources": case, and the prefix that is AWS's
 * @throws {AwsError} InvalidInputException for a key twice and for one of AWS's, LimitExceededException
 */
export function withTags(tags: Tags, added: readonly Tag[] = []): Tags {
  const entries = added.map(({ Key = '', Value = '' }) => [Key, Value] as const)
  const keys = new Set(entries.map(([key]) => sameKey(key)))
  if (keys.size < entries.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  const reserved = entries.find(([key]) => sameKey(key).startsWith('aws:'))
  if (reserved) throw invalidInput(`Tag keys must not begin with aws:, which is reserved: ${reserved[0]}`)
  const all = { ...withoutTags(tags, [...keys]), ...Object.fromEntries(entries) }
  if (Object.keys(all).length > MAX_TAGS) throw limitExceeded(`Cannot exceed quota for TagsPerResource: ${MAX_TAGS}`)
  return all
}

export function withoutTags(tags: Tags, keys: readonly string[] = []): Tags {
  const removed = new Set(keys.map(sameKey))
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(sameKey(key))))
}

export function formatTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** @param list names the list, see {@link listPage} */
export function listTags(list: string, tags: Tags, request: ListRequest) {
  const { items, ...page } = listPage(`tags of ${list}`, formatTags(tags), ({ Key }) => Key, request)
  return { ...page, Tags: items }
}
