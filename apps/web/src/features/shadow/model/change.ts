import { getAt, isJsonObject, type JsonObject, type JsonPath, type JsonValue, jsonEquals } from '@thingdeck/json'
import { latestTimestamp, type Shadow, type ShadowState, type StatePatch } from '@thingdeck/shadows'

/** How an update of ours stands with the service. */
export type ChangeStatus =
  /** `fetching`: it met a newer version; the shadow is asked for, to merge and send again. */
  | { readonly kind: 'sending'; readonly phase: 'answer' | 'fetching' }
  /** Nobody answered: it may have been applied or not. The next document of the shadow tells. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'accepted'; readonly version: number; readonly atMs: number }

/** What the device did about it. */
export type DeviceAnswer =
  /** Nothing is asked of it: keys were only removed, or `reported` was edited. */
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'awaited' }
  | { readonly kind: 'fulfilled'; readonly atMs: number; readonly version: number }
  /** It reported one of the keys, but not as desired. It may come to obey still. */
  | {
      readonly kind: 'differs'
      readonly path: JsonPath
      readonly reported: JsonValue | undefined
      readonly atMs: number
    }
  /** Somebody has asked for something else since. */
  | { readonly kind: 'superseded'; readonly version: number }

/** An update of ours, from the button on. */
export interface Change {
  /** Of all its attempts: each sends a client token that begins with it. */
  readonly id: string
  readonly purpose: 'update' | 'undo'
  /** Of an undo: the id of the change that it takes back. */
  readonly undoes?: string | undefined
  /** How often it was sent. */
  readonly attempt: number
  /** The version that it was sent against; undefined for one that creates the shadow. */
  readonly version: number | undefined
  /** What the service held, what it is to hold, and the patch from the one to the other. */
  readonly before: ShadowState
  readonly wanted: ShadowState
  readonly patch: StatePatch
  readonly askedAtMs: number
  readonly status: ChangeStatus
  readonly device: DeviceAnswer
}

/** The token of one attempt. */
export const tokenOf = ({ id, attempt }: Change): string => `${id}-${attempt}`

export const isTokenOf = (change: Change, token: string | undefined): boolean =>
  token?.startsWith(`${change.id}-`) === true

/** What is desired by a patch, leaf by leaf; removed keys ask nothing of the device. */
export function askedLeaves(patch: StatePatch): { readonly path: readonly string[]; readonly value: JsonValue }[] {
  const leaves: { path: readonly string[]; value: JsonValue }[] = []
  const visit = (object: JsonObject, path: readonly string[]) => {
    for (const [key, value] of object) {
      if (value === null) continue
      if (isJsonObject(value) && value.size > 0) visit(value, [...path, key])
      else leaves.push({ path: [...path, key], value })
    }
  }
  if (patch.desired) visit(patch.desired, [])
  return leaves
}

export function isAwaited({ status, device }: Change): boolean {
  return status.kind === 'accepted' && (device.kind === 'awaited' || device.kind === 'differs')
}

/** Looks at the next version of the shadow for what became of a change that is awaited. */
export function followDocument(change: Change, before: Shadow | undefined, after: Shadow, seenAtMs: number): Change {
  if (!isAwaited(change) || change.status.kind !== 'accepted' || after.version < change.status.version) return change
  const { desired, reported } = after.state
  const leaves = askedLeaves(change.patch)
  const stillAsked = leaves.filter(({ path, value }) => holds(desired, path, value))
  if (stillAsked.length === 0) return { ...change, device: { kind: 'superseded', version: after.version } }
  const open = stillAsked.filter(({ path, value }) => !holds(reported, path, value))
  if (open.length === 0) return { ...change, device: { kind: 'fulfilled', atMs: seenAtMs, version: after.version } }
  // The version of the change itself cannot be the device's answer to it.
  if (after.version === change.status.version || before === undefined) return change
  const other = open.find(({ path }) => wasReported(before, after, path))
  if (!other) return change
  const value = at(reported, other.path)
  return { ...change, device: { kind: 'differs', path: other.path, reported: value, atMs: seenAtMs } }
}

/** Looks at what an accepted update named in `reported`: naming a key again with its old value is an answer too. */
export function followReport(change: Change, version: number, report: JsonObject, seenAtMs: number): Change {
  if (!isAwaited(change) || change.status.kind !== 'accepted' || version <= change.status.version) return change
  for (const { path, value } of askedLeaves(change.patch)) {
    const reported = at(report, path)
    if (reported === undefined || reported === null || jsonEquals(reported, value)) continue
    return { ...change, device: { kind: 'differs', path, reported, atMs: seenAtMs } }
  }
  return change
}

function wasReported(before: Shadow, after: Shadow, path: readonly string[]): boolean {
  const [old, now] = [at(before.state.reported, path), at(after.state.reported, path)]
  if (now === undefined) return false
  return old === undefined || !jsonEquals(old, now) || timeAt(before, path) !== timeAt(after, path)
}

function timeAt(shadow: Shadow, path: readonly string[]): number | undefined {
  let node: Parameters<typeof latestTimestamp>[0] = shadow.metadata.reported
  for (const key of path) node = node instanceof Map ? node.get(key) : undefined
  return latestTimestamp(node)
}

const at = (section: JsonObject | undefined, path: readonly string[]): JsonValue | undefined =>
  section && getAt(section, path)

/** Whether the section holds at least `value` there: of an object, that each of its members is covered. */
function holds(section: JsonObject | undefined, path: readonly string[], value: JsonValue): boolean {
  const there = at(section, path)
  if (there === undefined) return false
  // An empty object asks for an object only.
  return isJsonObject(value) && value.size === 0 ? isJsonObject(there) : jsonEquals(there, value)
}
