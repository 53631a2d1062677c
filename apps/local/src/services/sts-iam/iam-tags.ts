import { invalid, limitExceeded } from './iam-errors.ts'
import type { ListRequest } from './list-page.ts'
import { listPage } from './list-page.ts'

/** A tag as IAM's requests and answers have it. */
interface Tag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

export type Tags = Readonly<Record<string, string>>

const MAX_TAGS = 50

/**
 * Tags with some more, which replace those of the same key.
 * @throws {AwsError} ValidationError for a key twice, LimitExceededException
 */
export function withTags(tags: Tags, added: readonly Tag[] = []): Tags {
  const entries = added.map(({ Key = '', Value = '' }) => [Key, Value] as const)
  if (new Set(entries.map(([key]) => key)).size < entries.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  const all = { ...tags, ...Object.fromEntries(entries) }
  if (Object.keys(all).length > MAX_TAGS) throw limitExceeded(`Cannot exceed quota for TagsPerResource: ${MAX_TAGS}`)
  return all
}

export function withoutTags(tags: Tags, keys: readonly string[] = []): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)))
}

export function formatTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** @param list names the list, see {@link listPage} */
export function listTags(list: string, tags: Tags, request: ListRequest) {
  const { items, ...page } = listPage(`tags of ${list}`, formatTags(tags), ({ Key }) => Key, request)
  return { ...page, Tags: items }
}
