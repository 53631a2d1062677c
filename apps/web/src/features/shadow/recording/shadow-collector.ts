import { decodeUtf8 } from '@thingdeck/json'
import { type ShadowTopics, shadowTopics } from '@thingdeck/topics'
import { HISTORY_LIMITS } from '../model/history.ts'
import { numberOf, readEnvelope, textOf } from '../model/seen-document.ts'
import type { ShadowKey } from '../model/shadow-key.ts'
import { reckonVersions } from './reckon-versions.ts'
import type { RecordedVersion } from './recorded-version.ts'

/** How much each kind of message tells of a version. */
const WORTH: Readonly<Record<RecordedVersion['kind'], number>> = {
  deleted: 4,
  documents: 3,
  get: 2,
  reckoned: 1,
  update: 0,
}

/**
 * Gathers the versions of one shadow from messages in the order in which they came. Each version is kept once, by the
 * message that tells most of it. A recording may hold millions: what is beyond {@link HISTORY_LIMITS} is let go,
 * oldest first.
 */
export class ShadowCollector {
  readonly #topics: ShadowTopics
  readonly #versions = new Map<string, { readonly life: number; readonly recorded: RecordedVersion }>()
  /** Counts the lives of the shadow: the same number may come again after a deletion. */
  #life = 0
  #highest = 0
  #bytes = 0
  #agedOut = 0
  /** Messages on the shadow's topics that are not of the service's form. */
  #unreadable = 0

  constructor({ thingName, shadowName }: ShadowKey) {
    this.#topics = shadowTopics(thingName, shadowName)
  }

  readonly wants = (topic: string): boolean => {
    const { updateDocuments, updateAccepted, getAccepted, deleteAccepted } = this.#topics
    return topic === updateDocuments || topic === updateAccepted || topic === getAccepted || topic === deleteAccepted
  }

  get found(): number {
    return this.#versions.size
  }

  get agedOut(): number {
    return this.#agedOut
  }

  get unreadable(): number {
    return this.#unreadable
  }

  take(topic: string, payload: Uint8Array, seenAtMs: number): void {
    const text = decodeUtf8(payload)
    const version = text === undefined ? undefined : this.#read(topic, text, seenAtMs)
    if (version) this.#keep(version)
    else this.#unreadable += 1
  }

  /** What was gathered, life by life in the order of its versions, with what could be reckoned. */
  versions(): readonly RecordedVersion[] {
    const inOrder = [...this.#versions.values()].sort(
      (a, b) => a.life - b.life || a.recorded.version - b.recorded.version || rankOf(a.recorded) - rankOf(b.recorded),
    )
    return reckonVersions(inOrder.map(({ recorded }) => recorded))
  }

  #read(topic: string, text: string, seenAtMs: number): RecordedVersion | undefined {
    const envelope = readEnvelope(text)
    const isDocuments = topic === this.#topics.updateDocuments
    const version = numberOf(isDocuments ? envelope?.current?.version : envelope?.version)
    if (envelope === undefined || version === undefined) return undefined
    const known = {
      version,
      seenAtMs,
      timestampSeconds: numberOf(envelope.timestamp),
      clientToken: textOf(envelope.clientToken),
    }
    if (isDocuments) {
      const isFirst = envelope.previous === null || envelope.previous === undefined
      if (isFirst && version <= this.#highest) this.#beginLife()
      return { ...known, kind: 'documents', text }
    }
    switch (topic) {
      case this.#topics.getAccepted: {
        // The token is of whoever asked, not of whoever wrote.
        return typeof envelope.state === 'object' ? { ...known, kind: 'get', clientToken: undefined, text } : undefined
      }
      case this.#topics.updateAccepted:
        return { ...known, kind: 'update', text }
      default:
        return { ...known, kind: 'deleted', text: '' }
    }
  }

  #keep(recorded: RecordedVersion): void {
    const life = this.#life
    const isDeletion = recorded.kind === 'deleted'
    const key = `${life}:${isDeletion ? 'deleted' : recorded.version}`
    const known = this.#versions.get(key)?.recorded
    if (isDeletion) this.#beginLife()
    else this.#highest = Math.max(this.#highest, recorded.version)
    if (known && WORTH[known.kind] >= WORTH[recorded.kind]) return
    this.#bytes += recorded.text.length - (known?.text.length ?? 0)
    this.#versions.set(key, { life, recorded })
    this.#letGo()
  }

  #beginLife(): void {
    this.#life += 1
    this.#highest = 0
  }

  #letGo(): void {
    for (const [key, { recorded }] of this.#versions) {
      if (this.#versions.size <= HISTORY_LIMITS.maxEntries && this.#bytes <= HISTORY_LIMITS.maxBytes) return
      this.#versions.delete(key)
      this.#bytes -= recorded.text.length
      this.#agedOut += 1
    }
  }
}

/** A deletion comes after the version that it deletes. */
const rankOf = ({ kind }: RecordedVersion) => (kind === 'deleted' ? 1 : 0)
