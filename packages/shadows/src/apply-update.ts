import { JsonNumber, JsonObject, type JsonValue } from '@thingdeck/json'
import { deltaMetadata, deltaOf } from './delta.ts'
import { formatShadowMetadata, trailer } from './document.ts'
import { ShadowError } from './error.ts'
import { type Merged, mergePatch } from './merge-patch.ts'
import { formatMetadata, formatMetadataObject, metadataOf } from './metadata.ts'
import { formatState, mapSections, SHADOW_LIMITS, type Shadow, type StoredShadow, stateSizeBytes } from './shadow.ts'
import { formatPatch, type StatePatch, tooLarge, type UpdateRequest } from './update-request.ts'

export interface UpdateOptions {
  /** Epoch seconds. */
  readonly nowSeconds: number
  /** Default {@link SHADOW_LIMITS.maxStateBytes}. */
  readonly maxStateBytes?: number
}

/** An accepted update: what to store, and what to publish once it is stored. */
export interface AppliedUpdate {
  readonly shadow: Shadow
  /** For `update/accepted`, and the answer over REST: only what the request named. */
  readonly accepted: JsonObject
  /** For `update/delta`; absent if reported agrees with desired. */
  readonly delta: JsonObject | undefined
  /** For `update/documents`: the shadow before and after. */
  readonly documents: JsonObject
}

/**
 * Applies an update to what is stored. The store is not touched; the same call previews an update in an editor.
 * @throws {ShadowError} 400 for a version that cannot be, 409 for a stale one, 413 if the result is too large
 * @see AWS IoT developer guide, "Device Shadow service documents"
 */
export function applyUpdate(
  stored: StoredShadow | undefined,
  request: UpdateRequest,
  options: UpdateOptions,
): AppliedUpdate {
  const { nowSeconds, maxStateBytes = SHADOW_LIMITS.maxStateBytes } = options
  const { clientToken } = request
  const before = stored?.kind === 'shadow' ? stored : undefined
  checkVersion(before, request)
  const shadow: Shadow = {
    kind: 'shadow',
    version: nextVersion(stored, nowSeconds),
    ...merged(before, request.state, nowSeconds),
  }
  if (stateSizeBytes(shadow.state) > maxStateBytes) throw tooLarge(clientToken)

  const version: [string, JsonValue] = ['version', JsonNumber.of(shadow.version)]
  const end = trailer(nowSeconds, clientToken)
  const delta = deltaOf(shadow.state)
  return {
    shadow,
    accepted: JsonObject.from([...acceptedState(request.state, nowSeconds), version, ...end]),
    delta: delta && deltaMessage(shadow, delta, end),
    documents: JsonObject.from([['previous', before ? snapshot(before) : null], ['current', snapshot(shadow)], ...end]),
  }
}

/** A first document may only claim to be version 1; AWS's own Greengrass shadow manager refuses others so. */
function checkVersion(before: Shadow | undefined, { version, clientToken }: UpdateRequest): void {
  if (version === undefined) return
  const details = { clientToken, path: ['version'] }
  if (before === undefined && version !== 1) throw new ShadowError(400, 'Invalid version', details)
  if (before !== undefined && version !== before.version) throw new ShadowError(409, 'Version conflict', details)
}

function nextVersion(stored: StoredShadow | undefined, nowSeconds: number): number {
  if (stored?.kind === 'tombstone' && isForgotten(stored.deletedAtSeconds, nowSeconds)) return 1
  return (stored?.version ?? 0) + 1
}

/** Whether the counter of a shadow that was deleted then starts afresh. */
function isForgotten(deletedAtSeconds: number, nowSeconds: number): boolean {
  return nowSeconds - deletedAtSeconds >= SHADOW_LIMITS.tombstoneSeconds
}

function merged(
  before: Shadow | undefined,
  patch: StatePatch | null,
  nowSeconds: number,
): Pick<Shadow, 'state' | 'metadata'> {
  const sections = mapSections((name): Merged | undefined => {
    const change = patch === null ? null : patch[name]
    if (change === null) return undefined
    const value = before?.state[name] ?? JsonObject.EMPTY
    const section = { value, metadata: before?.metadata[name] ?? new Map() }
    const after = change === undefined ? section : mergePatch(section, change, nowSeconds)
    return after.value.size > 0 ? after : undefined
  })
  return {
    state: mapSections((name) => sections[name]?.value),
    metadata: mapSections((name) => sections[name]?.metadata),
  }
}

/** The request's own fields, nulls included, each with its time. */
function acceptedState(patch: StatePatch | null, nowSeconds: number): [string, JsonValue][] {
  if (patch === null) {
    return [
      ['state', null],
      ['metadata', formatMetadata(nowSeconds)],
    ]
  }
  const state = formatPatch(patch)
  return [
    ['state', state],
    ['metadata', formatMetadata(metadataOf(state, nowSeconds))],
  ]
}

function deltaMessage(shadow: Shadow, delta: JsonObject, end: readonly [string, JsonValue][]): JsonObject {
  const [timestamp, ...token] = end
  return JsonObject.from([
    ['version', JsonNumber.of(shadow.version)],
    ...(timestamp ? [timestamp] : []),
    ['state', delta],
    ['metadata', formatMetadataObject(deltaMetadata(delta, shadow.metadata.desired))],
    ...token,
  ])
}

function snapshot({ state, metadata, version }: Shadow): JsonObject {
  return JsonObject.from([
    ['state', formatState(state)],
    ['metadata', formatShadowMetadata(metadata)],
    ['version', JsonNumber.of(version)],
  ])
}
