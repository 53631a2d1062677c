import { decodeUtf8, isJsonObject, JsonNumber, type JsonValue, parseJson } from '@thingdeck/json'
import { readShadow, type Shadow } from '@thingdeck/shadows'

/** What the shadow's own topics tell. `clientToken` is that of the request that caused it. */
export type ShadowEvent =
  | { readonly kind: 'document'; readonly shadow: Shadow; readonly clientToken: string | undefined }
  | { readonly kind: 'deleted'; readonly version: number | undefined }
  | { readonly kind: 'accepted'; readonly version: number | undefined; readonly clientToken: string | undefined }
  | {
      readonly kind: 'rejected'
      readonly code: number
      readonly message: string
      readonly clientToken: string | undefined
    }

/** Reads a message of a shadow; undefined for one that tells nothing new or is no such document. */
export function readShadowEvent(base: string, topic: string, payload: Uint8Array): ShadowEvent | undefined {
  const kind = topic.startsWith(`${base}/`) ? topic.slice(base.length + 1) : ''
  const text = decodeUtf8(payload)
  if (text === undefined) return undefined
  try {
    return eventOf(kind, parseJson(text))
  } catch {
    return undefined
  }
}

function eventOf(kind: string, document: JsonValue): ShadowEvent | undefined {
  if (!isJsonObject(document)) return undefined
  const token = document.get('clientToken')
  const clientToken = typeof token === 'string' ? token : undefined
  const version = numberOf(document.get('version'))
  const current = document.get('current')
  if (kind === 'update/documents' && current !== undefined) {
    return { kind: 'document', shadow: readShadow(current), clientToken }
  }
  if (kind === 'update/accepted') return { kind: 'accepted', version, clientToken }
  if (kind === 'delete/accepted') return { kind: 'deleted', version }
  if (kind === 'update/rejected') {
    const message = document.get('message')
    const code = numberOf(document.get('code')) ?? 500
    return { kind: 'rejected', code, message: typeof message === 'string' ? message : 'no message', clientToken }
  }
  return undefined
}

const numberOf = (value: JsonValue | undefined) => (value instanceof JsonNumber ? value.toNumber() : undefined)

/** The newer of what is known and what arrived; messages may overtake each other. `null`: there is no such shadow. */
export function newest(known: Shadow | null | undefined, arrived: Shadow | null): Shadow | null {
  return known && arrived && known.version > arrived.version ? known : arrived
}

/** What is known after an event. */
export function afterEvent(known: Shadow | null | undefined, event: ShadowEvent): Shadow | null | undefined {
  if (event.kind === 'document') return newest(known, event.shadow)
  if (event.kind === 'deleted') {
    const isOld = known && event.version !== undefined && event.version < known.version
    return isOld ? known : null
  }
  return known
}
