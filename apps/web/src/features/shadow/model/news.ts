import { isJsonObject, type JsonObject, parseJson } from '@thingdeck/json'
import { shadowTopics } from '@thingdeck/topics'
import { numberOf, readDocuments, readEnvelope, readGetAnswer, type SeenDocument, textOf } from './seen-document.ts'
import type { ShadowKey } from './shadow-key.ts'

/** What the shadow service says on its topics, to whomever. */
export type ShadowNews =
  | { readonly kind: 'document'; readonly document: SeenDocument }
  /** An update was applied. `reported` is what it named there, if it did. */
  | {
      readonly kind: 'accepted'
      readonly version: number
      readonly clientToken: string | undefined
      readonly timestampSeconds: number | undefined
      readonly reported: JsonObject | undefined
      readonly seenAtMs: number
    }
  | {
      readonly kind: 'rejected'
      readonly operation: 'get' | 'update' | 'delete'
      /** As in AWS's table of shadow errors, e.g. 409. */
      readonly code: number
      readonly message: string
      readonly clientToken: string | undefined
    }
  | {
      readonly kind: 'deleted'
      /** Of the document that was deleted. */
      readonly version: number
      readonly clientToken: string | undefined
      readonly seenAtMs: number
    }
  /** The answer to a get, with the token of whoever asked. */
  | { readonly kind: 'got'; readonly document: SeenDocument; readonly clientToken: string | undefined }

export type NewsReader = (topic: string, payload: Uint8Array, seenAtMs: number) => ShadowNews | undefined

/** The topic filters that an editor listens to. Seven; AWS takes eight in one SUBSCRIBE. */
export function newsFilters({ thingName, shadowName }: ShadowKey): readonly string[] {
  const topics = shadowTopics(thingName, shadowName)
  return [
    topics.updateDocuments,
    topics.updateAccepted,
    topics.updateRejected,
    topics.getAccepted,
    topics.getRejected,
    topics.deleteAccepted,
    topics.deleteRejected,
  ]
}

/** Makes sense of the messages on {@link newsFilters}; what is not of the service's form is undefined. */
export function newsReader({ thingName, shadowName }: ShadowKey): NewsReader {
  const topics = shadowTopics(thingName, shadowName)
  const decoder = new TextDecoder()
  return (topic, payload, seenAtMs) => {
    const text = decoder.decode(payload)
    switch (topic) {
      case topics.updateDocuments: {
        const document = readDocuments(text, seenAtMs)
        return document && { kind: 'document', document }
      }
      case topics.getAccepted: {
        const document = readGetAnswer(text, seenAtMs)
        return document && { kind: 'got', document, clientToken: textOf(readEnvelope(text)?.clientToken) }
      }
      case topics.updateAccepted:
        return readAccepted(text, seenAtMs)
      case topics.deleteAccepted: {
        const envelope = readEnvelope(text)
        const version = numberOf(envelope?.version)
        if (version === undefined) return undefined
        return { kind: 'deleted', version, clientToken: textOf(envelope?.clientToken), seenAtMs }
      }
      case topics.updateRejected:
        return readRejected(text, 'update')
      case topics.getRejected:
        return readRejected(text, 'get')
      case topics.deleteRejected:
        return readRejected(text, 'delete')
      default:
        return undefined
    }
  }
}

function readAccepted(text: string, seenAtMs: number): (ShadowNews & { kind: 'accepted' }) | undefined {
  const envelope = readEnvelope(text)
  const version = numberOf(envelope?.version)
  if (envelope === undefined || version === undefined) return undefined
  return {
    kind: 'accepted',
    version,
    clientToken: textOf(envelope.clientToken),
    timestampSeconds: numberOf(envelope.timestamp),
    reported: namesReported(envelope.state) ? reportedOf(text) : undefined,
    seenAtMs,
  }
}

const namesReported = (state: unknown) => typeof state === 'object' && state !== null && 'reported' in state

function reportedOf(text: string): JsonObject | undefined {
  const message = parseJson(text)
  const state = isJsonObject(message) ? message.get('state') : undefined
  const reported = isJsonObject(state) ? state.get('reported') : undefined
  return isJsonObject(reported) ? reported : undefined
}

function readRejected(text: string, operation: 'get' | 'update' | 'delete'): ShadowNews | undefined {
  const envelope = readEnvelope(text)
  const code = numberOf(envelope?.code)
  if (envelope === undefined || code === undefined) return undefined
  const message = textOf(envelope.message) ?? ''
  return { kind: 'rejected', operation, code, message, clientToken: textOf(envelope.clientToken) }
}
