import { readDocuments, readGetAnswer, type SeenDocument } from '../model/seen-document.ts'

/**
 * What a recording holds of one version, as plain data that crosses from the worker that read it. Reading the document
 * in `text` waits until somebody looks at it.
 */
export interface RecordedVersion {
  /**
   * `documents`, `get`: the whole document, as that message has it. `reckoned`: the whole document, made from the
   * version before and an accepted update, in the form of a `documents` message. `update`: only what an accepted
   * update named; the rest of the version is not known. `deleted`: the shadow of that version was deleted.
   */
  readonly kind: 'documents' | 'get' | 'reckoned' | 'update' | 'deleted'
  readonly version: number
  /** Epoch ms, by the clock of the machine that recorded. */
  readonly seenAtMs: number
  /** Epoch seconds, by the service's clock. */
  readonly timestampSeconds: number | undefined
  readonly clientToken: string | undefined
  /** The message's payload; empty for a deletion. */
  readonly text: string
}

/** The whole document; undefined where the recording does not hold it. */
export function documentOf({ kind, text, seenAtMs }: RecordedVersion): SeenDocument | undefined {
  if (kind === 'get') return readGetAnswer(text, seenAtMs)
  return kind === 'documents' || kind === 'reckoned' ? readDocuments(text, seenAtMs, kind) : undefined
}
