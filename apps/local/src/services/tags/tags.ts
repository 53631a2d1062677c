import { AwsError } from '@thingdeck/aws-api'
import { type Account, resourceIn } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import { type Page, paginateByText } from '../../foundation/paging.ts'
import type { ResourceTag, TagKeeper } from '../../foundation/tag-keeper.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

const MAX_TAGS = 50
/** Other members of the API model are called `Value` too, so that only their common bound is checked before. */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const RESERVED_PREFIX = 'aws:'

/**
 * Tags of the account's IoT resources. Whoever owns a kind of resource that can carry tags says so with
 * {@link addKind}, gives the tags of a new resource to {@link create} and calls {@link forget} when it deletes one.
 * @see AWS IoT developer guide, "Tagging your AWS IoT resources"
 */
export class Tags implements TagKeeper {
  readonly #account: Account
  readonly #database: Database
  readonly #kinds = new Map<string, (resourceId: string) => boolean>()

  constructor({ account, database }: LocalContext) {
    this.#account = account
    this.#database = database
    database.migrate('tags', [
      `CREATE TABLE tags (
         arn TEXT NOT NULL,
         key TEXT NOT NULL,
         value TEXT NOT NULL,
         PRIMARY KEY (arn, key)
       ) STRICT, WITHOUT ROWID;`,
    ])
  }

  /**
   * @param resourceType what stands in the ARN before the first slash, e.g. `thinggroup`
   * @param exists whether there is a resource with the id that stands behind that slash
   */
  addKind(resourceType: string, exists: (resourceId: string) => boolean): void {
    this.#kinds.set(resourceType, exists)
  }

  /** Tags a resource as it is created. Call it within the transaction that creates the resource. */
  create(arn: string, tags: readonly ResourceTag[] | undefined): void {
    if (tags) this.#put(arn, tags, 'InvalidRequestException')
  }

  /** Adds tags to a resource; a tag with the same key is overwritten. */
  tag(arn: string, tags: readonly ResourceTag[]): void {
    this.#requireResource(arn)
    this.#put(arn, tags, 'LimitExceededException')
  }

  untag(arn: string, keys: readonly string[]): void {
    this.#requireResource(arn)
    checkKeys(keys)
    this.#database.transaction(() => {
      for (const key of keys) this.#database.run('DELETE FROM tags WHERE arn = ? AND key = ?', arn, key)
    })
  }

  list(arn: string, nextToken?: string): Page<Tag> {
    this.#requireResource(arn)
    return paginateByText(
      { nextToken },
      `ListTagsForResource ${arn}`,
      (after, count) =>
        this.#database.all<{ Key: string; Value: string }>(
          'SELECT key AS Key, value AS Value FROM tags WHERE arn = ? AND key > ? ORDER BY key LIMIT ?',
          arn,
          after,
          count,
        ),
      ({ Key }) => Key,
    )
  }

  /** Every tag of a resource; for decisions by `aws:ResourceTag`. */
  of(arn: string): ReadonlyMap<string, string> {
    const rows = this.#database.all<{ key: string; value: string }>('SELECT key, value FROM tags WHERE arn = ?', arn)
    return new Map(rows.map(({ key, value }) => [key, value]))
  }

  /** Drops the tags of a deleted resource. */
  forget(arn: string): void {
    this.#database.run('DELETE FROM tags WHERE arn = ?', arn)
  }

  #put(arn: string, tags: readonly ResourceTag[], overLimit: string): void {
    if (tags.some(({ Value = '' }) => !TAG_VALUE.test(Value))) {
      throw invalidRequest('Tag values may have letters, digits, white space and _ . : / = + - @ only')
    }
    if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalidRequest('Tag keys must be unique')
    checkKeys(tags.map(({ Key }) => Key))
    this.#database.transaction(() => {
      for (const { Key, Value = '' } of tags) {
        this.#database.run(
          'INSERT INTO tags VALUES (?, ?, ?) ON CONFLICT (arn, key) DO UPDATE SET value = excluded.value',
          arn,
          Key,
          Value,
        )
      }
      const row = this.#database.get<{ count: number }>('SELECT count(*) AS count FROM tags WHERE arn = ?', arn)
      if (row && row.count > MAX_TAGS) {
        throw new AwsError(overLimit, `A resource can have at most ${MAX_TAGS} tags`)
      }
    })
  }

  #requireResource(arn: string): void {
    const resource = resourceIn(this.#account, 'iot', arn)
    const slash = resource?.indexOf('/') ?? -1
    if (resource === undefined || slash < 1) throw invalidRequest(`Invalid resource ARN: ${arn}`)
    const exists = this.#kinds.get(resource.slice(0, slash))
    if (!exists) throw invalidRequest(`Tagging is not supported for resource: ${arn}`)
    if (!exists(resource.slice(slash + 1))) throw notFound(`Resource ${arn} cannot be found.`)
  }
}

/** Tags that begin so are AWS's own: nobody else gives them, and nobody else takes them away. */
function checkKeys(keys: readonly string[]): void {
  if (!keys.some((key) => key.toLowerCase().startsWith(RESERVED_PREFIX))) return
  throw invalidRequest(`Tag keys must not begin with ${RESERVED_PREFIX}, which is reserved`)
}
