import { isJsonObject, JsonNumber, JsonObject, type JsonValue } from '@thingdeck/json'
import { deltaOf } from './delta.ts'
import { ShadowError } from './error.ts'
import { formatMetadataObject, readMetadataObject } from './metadata.ts'
import {
  formatSections,
  formatState,
  mapSections,
  type Shadow,
  type ShadowMetadata,
  type ShadowTombstone,
  type StoredShadow,
} from './shadow.ts'

/** A get or delete request. */
export interface ShadowQuery {
  readonly thingName: string
  /** Absent for the classic shadow. */
  readonly shadowName?: string | undefined
  /** Epoch seconds. */
  readonly nowSeconds: number
  readonly clientToken?: string | undefined
}

/**
 * The answer to a get: the whole document, with `state.delta` where there is a difference.
 * @throws {ShadowError} 404
 */
export function getDocument(stored: StoredShadow | undefined, query: ShadowQuery): JsonObject {
  const { state, metadata, version } = existing(stored, query)
  const sections = new Map(formatState(state))
  const delta = deltaOf(state)
  if (delta) sections.set('delta', delta)
  return JsonObject.from([
    ['state', new JsonObject(sections)],
    ['metadata', formatShadowMetadata(metadata)],
    ['version', JsonNumber.of(version)],
    ...trailer(query.nowSeconds, query.clientToken),
  ])
}

export interface DeletedShadow {
  /** To be stored instead of the shadow. */
  readonly tombstone: ShadowTombstone
  /** The answer; its version is that of the deleted document. */
  readonly accepted: JsonObject
}

/**
 * Deletes a shadow. The deletion itself takes a version number: a shadow deleted at 4 and created anew has 6.
 * @throws {ShadowError} 404
 */
export function deleteShadow(stored: StoredShadow | undefined, query: ShadowQuery): DeletedShadow {
  const { version } = existing(stored, query)
  const { nowSeconds, clientToken } = query
  return {
    tombstone: { kind: 'tombstone', version: version + 1, deletedAtSeconds: nowSeconds },
    accepted: JsonObject.from([['version', JsonNumber.of(version)], ...trailer(nowSeconds, clientToken)]),
  }
}

function existing(stored: StoredShadow | undefined, query: ShadowQuery): Shadow {
  if (stored?.kind === 'shadow') return stored
  const { thingName, shadowName, clientToken } = query
  const name = shadowName === undefined ? thingName : `${thingName}~${shadowName}`
  throw new ShadowError(404, `No shadow exists with name: '${name}'`, { clientToken })
}

export function formatShadowMetadata(metadata: ShadowMetadata): JsonObject {
  return formatSections((name) => {
    const section = metadata[name]
    return section && formatMetadataObject(section)
  })
}

/** The last members of every message. */
export function trailer(nowSeconds: number, clientToken: string | undefined): [string, JsonValue][] {
  const members: [string, JsonValue][] = [['timestamp', JsonNumber.of(nowSeconds)]]
  if (clientToken !== undefined) members.push(['clientToken', clientToken])
  return members
}

/**
 * Reads a document that a shadow service sent: the answer to a get, or `previous` or `current` of a `documents`
 * message. A `delta` section is ignored, since it follows from the others.
 * @throws {TypeError} if it is no such document
 */
export function readShadow(document: JsonValue): Shadow {
  const state = isJsonObject(document) ? document.get('state') : undefined
  const version = isJsonObject(document) ? document.get('version') : undefined
  if (!isJsonObject(document) || !isJsonObject(state) || !(version instanceof JsonNumber)) {
    throw new TypeError('Not a shadow document')
  }
  const metadata = document.get('metadata')
  const sections = mapSections((name) => {
    const section = state.get(name)
    return isJsonObject(section) && section.size > 0 ? section : undefined
  })
  const times = mapSections((name) => {
    const section = sections[name]
    const sectionMetadata = isJsonObject(metadata) ? metadata.get(name) : undefined
    return section && readMetadataObject(isJsonObject(sectionMetadata) ? sectionMetadata : JsonObject.EMPTY, section)
  })
  return { kind: 'shadow', version: version.toNumber(), state: sections, metadata: times }
}
