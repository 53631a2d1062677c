import { type JsonObject, stringifyJson } from '@thingdeck/json'
import {
  type AppliedUpdate,
  applyUpdate,
  deleteShadow,
  getDocument,
  parseUpdateRequest,
  SHADOW_LIMITS,
} from '@thingdeck/shadows'
import { shadowTopics } from '@thingdeck/topics'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { ShadowChange } from '../../foundation/fleet-sources.ts'
import type { Messages } from '../../foundation/messages.ts'
import { type Page, type PageRequest, paginateByText } from '../../foundation/paging.ts'
import { PACKAGE_SHADOW } from '../../foundation/software-packages.ts'
import { checkPackageShadow } from './package-shadow.ts'
import { type ShadowId, ShadowTable } from './shadow-table.ts'

const DEFAULT_PAGE_SIZE = 25

/** A document as it goes over the wire. */
export const encodeDocument = (document: JsonObject): Uint8Array => Buffer.from(stringifyJson(document))

/**
 * The Device Shadow service, behind MQTT and REST alike. Each call reads, decides and writes in one transaction, so
 * that updates of a shadow are applied one at a time; what it publishes and answers is on disk by then.
 */
export class ShadowService {
  readonly #context: LocalContext
  readonly #table: ShadowTable
  readonly #messages: Pick<Messages, 'publish'>
  readonly #changes: Changes<ShadowChange> | undefined

  /** @param messages where the service says what happened */
  constructor(context: LocalContext, messages: Pick<Messages, 'publish'>, changes?: Changes<ShadowChange>) {
    this.#changes = changes
    this.#context = context
    this.#messages = messages
    this.#table = new ShadowTable(context.database)
    this.#table.forgetDeletedBy(this.nowSeconds() - SHADOW_LIMITS.tombstoneSeconds)
  }

  nowSeconds(): number {
    return Math.floor(this.#context.clock() / 1000)
  }

  /**
   * The whole document, and the message to `get/accepted` if asked over MQTT.
   * @throws {ShadowError} 404
   */
  get(id: ShadowId, clientToken?: string): JsonObject {
    return getDocument(this.#table.find(id), { ...id, clientToken, nowSeconds: this.nowSeconds() })
  }

  /**
   * Applies an update and tells it: `accepted`, `delta` where there is a difference, `documents`.
   * @param payload the request document
   * @throws {ShadowError} when it is refused; nothing is published then
   */
  update(id: ShadowId, payload: Uint8Array): AppliedUpdate {
    const request = parseUpdateRequest(payload)
    if (id.shadowName === PACKAGE_SHADOW) checkPackageShadow(request)
    const applied = this.#context.database.transaction(() => {
      const result = applyUpdate(this.#table.find(id), request, { nowSeconds: this.nowSeconds() })
      this.#table.put(id, result.shadow)
      return result
    })
    const topics = shadowTopics(id.thingName, id.shadowName)
    this.#messages.publish(topics.updateAccepted, encodeDocument(applied.accepted))
    if (applied.delta) this.#messages.publish(topics.updateDelta, encodeDocument(applied.delta))
    this.#messages.publish(topics.updateDocuments, encodeDocument(applied.documents))
    this.#changes?.tell({ thingName: id.thingName, shadowName: id.shadowName })
    return applied
  }

  /**
   * Deletes a shadow and tells it on `delete/accepted`.
   * @throws {ShadowError} 404
   */
  delete(id: ShadowId, clientToken?: string): JsonObject {
    const { accepted } = this.#context.database.transaction(() => {
      const deleted = deleteShadow(this.#table.find(id), { ...id, clientToken, nowSeconds: this.nowSeconds() })
      this.#table.put(id, deleted.tombstone)
      return deleted
    })
    this.#messages.publish(shadowTopics(id.thingName, id.shadowName).deleteAccepted, encodeDocument(accepted))
    this.#changes?.tell({ thingName: id.thingName, shadowName: id.shadowName })
    return accepted
  }

  /** Names of a thing's named shadows; none for a thing that is not there. */
  listNames(thingName: string, { maxResults = DEFAULT_PAGE_SIZE, nextToken }: PageRequest): Page<string> {
    return paginateByText(
      { maxResults, nextToken },
      'named shadows',
      (after, limit) => this.#table.names(thingName, after, limit),
      (name) => name,
    )
  }
}
