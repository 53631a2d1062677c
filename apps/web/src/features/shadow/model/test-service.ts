import { fromPlain, type JsonObject, stringifyJson } from '@thingdeck/json'
import {
  applyUpdate,
  deleteShadow,
  getDocument,
  parseUpdateRequest,
  rejectedMessage,
  type Shadow,
  ShadowError,
  type StoredShadow,
} from '@thingdeck/shadows'
import { shadowTopics } from '@thingdeck/topics'

export const TEST_KEY = { thingName: 'pump-7' }
const TOPICS = shadowTopics(TEST_KEY.thingName)

export interface TestMessage {
  readonly topic: string
  readonly payload: Uint8Array
}

/** A shadow service in memory, by the same rules as the embedded server's: the referee of the editor's tests. */
export class TestShadowService {
  #stored: StoredShadow | undefined
  readonly #subscribers = new Set<(message: TestMessage) => void>()
  nowSeconds = 1_700_000_000
  /** Every update that was applied, in order. */
  readonly applied: Shadow[] = []

  get shadow(): Shadow | undefined {
    return this.#stored?.kind === 'shadow' ? this.#stored : undefined
  }

  subscribe(subscriber: (message: TestMessage) => void): void {
    this.#subscribers.add(subscriber)
  }

  /** @throws {ShadowError} as REST does; over MQTT it is a message, which is published all the same */
  update(document: string): { version: number; timestampSeconds: number } {
    this.nowSeconds += 1
    try {
      const applied = applyUpdate(this.#stored, parseUpdateRequest(document), { nowSeconds: this.nowSeconds })
      this.#stored = applied.shadow
      this.applied.push(applied.shadow)
      this.#publish(TOPICS.updateAccepted, applied.accepted)
      this.#publish(TOPICS.updateDocuments, applied.documents)
      return { version: applied.shadow.version, timestampSeconds: this.nowSeconds }
    } catch (error) {
      if (error instanceof ShadowError) this.#publish(TOPICS.updateRejected, rejectedMessage(error, this.nowSeconds))
      throw error
    }
  }

  report(reported: Record<string, unknown>): void {
    this.update(stringifyJson(fromPlain({ state: { reported } })))
  }

  desire(desired: Record<string, unknown>): void {
    this.update(stringifyJson(fromPlain({ state: { desired } })))
  }

  /** The text of a get's answer; undefined if there is none. */
  get(): string | undefined {
    if (!this.shadow) return undefined
    return stringifyJson(getDocument(this.#stored, { ...TEST_KEY, nowSeconds: this.nowSeconds }))
  }

  delete(): void {
    if (!this.shadow) return
    const { tombstone, accepted } = deleteShadow(this.#stored, { ...TEST_KEY, nowSeconds: this.nowSeconds })
    this.#stored = tombstone
    this.#publish(TOPICS.deleteAccepted, accepted)
  }

  /** As after the 48 hours in which a deleted shadow's counter is kept. */
  forget(): void {
    if (this.#stored?.kind === 'tombstone') this.#stored = undefined
  }

  #publish(topic: string, document: JsonObject): void {
    const payload = new TextEncoder().encode(stringifyJson(document))
    for (const subscriber of this.#subscribers) subscriber({ topic, payload })
  }
}
