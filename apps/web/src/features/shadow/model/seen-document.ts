import { fromPlain, isJsonObject, type JsonValue, parseJson } from '@thingdeck/json'
import { readShadow, type Shadow } from '@thingdeck/shadows'

/** Where a document came from: `update/documents`, the answer to a get, or reckoned from an accepted update. */
export type DocumentSource = 'documents' | 'get' | 'reckoned'

/**
 * A version of the shadow as it was seen. Reading all of it waits until somebody looks: two hundred a second may pass
 * by, of which the page shows a few.
 */
export class SeenDocument {
  readonly version: number
  /** Epoch ms, by this machine's clock. */
  readonly seenAtMs: number
  readonly source: DocumentSource
  /** Epoch seconds, by the service's clock. */
  readonly timestampSeconds: number | undefined
  readonly clientToken: string | undefined
  /** The update that made this version created the shadow. */
  readonly isFirst: boolean
  /** What it takes to keep it, roughly. */
  readonly sizeBytes: number
  readonly #read: () => Shadow
  #shadow: Shadow | undefined

  constructor(fields: {
    version: number
    seenAtMs: number
    source: DocumentSource
    timestampSeconds?: number | undefined
    clientToken?: string | undefined
    isFirst?: boolean
    sizeBytes: number
    read: () => Shadow
  }) {
    this.version = fields.version
    this.seenAtMs = fields.seenAtMs
    this.source = fields.source
    this.timestampSeconds = fields.timestampSeconds
    this.clientToken = fields.clientToken
    this.isFirst = fields.isFirst ?? false
    this.sizeBytes = fields.sizeBytes
    this.#read = fields.read
  }

  get shadow(): Shadow {
    this.#shadow ??= this.#read()
    return this.#shadow
  }
}

/** The version that follows from an update of ours, before the service's own document of it is here. */
export function reckonedDocument(shadow: Shadow, seenAtMs: number, clientToken: string): SeenDocument {
  return new SeenDocument({
    version: shadow.version,
    seenAtMs,
    source: 'reckoned',
    clientToken,
    sizeBytes: 0,
    read: () => shadow,
  })
}

/** The members around a document, by the engine's own parser, which is many times faster than the lossless one. */
interface Envelope {
  readonly version?: unknown
  readonly timestamp?: unknown
  readonly clientToken?: unknown
  readonly state?: unknown
  readonly code?: unknown
  readonly message?: unknown
  readonly previous?: unknown
  readonly current?: { readonly version?: unknown } | null
}

/** @returns undefined for what is no JSON object */
export function readEnvelope(text: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The answer to a get; undefined if it is none. */
export function readGetAnswer(text: string, seenAtMs: number): SeenDocument | undefined {
  const envelope = readEnvelope(text)
  const version = numberOf(envelope?.version)
  if (envelope === undefined || version === undefined || typeof envelope.state !== 'object') return undefined
  return new SeenDocument({
    version,
    seenAtMs,
    source: 'get',
    timestampSeconds: numberOf(envelope.timestamp),
    sizeBytes: text.length,
    read: () => readShadow(parseJson(text)),
  })
}

/** An `update/documents` message, or one that was `reckoned` in its form; undefined if it is none. */
export function readDocuments(
  text: string,
  seenAtMs: number,
  source: 'documents' | 'reckoned' = 'documents',
): SeenDocument | undefined {
  const envelope = readEnvelope(text)
  const version = numberOf(envelope?.current?.version)
  if (envelope === undefined || version === undefined) return undefined
  return new SeenDocument({
    version,
    seenAtMs,
    source,
    timestampSeconds: numberOf(envelope.timestamp),
    clientToken: textOf(envelope.clientToken),
    isFirst: envelope.previous === null || envelope.previous === undefined,
    sizeBytes: text.length,
    read: () => readShadow(currentOf(parseJson(text))),
  })
}

function currentOf(message: JsonValue): JsonValue {
  return (isJsonObject(message) ? message.get('current') : undefined) ?? fromPlain({})
}
