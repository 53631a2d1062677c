import {
  getAt,
  isJsonArray,
  isJsonObject,
  JsonObject,
  type JsonPath,
  type JsonValue,
  jsonIdentical,
} from '@thingdeck/json'
import {
  formatState,
  type MergeConflict,
  mergeThreeWay,
  rebaseDraft,
  SECTIONS,
  type SectionName,
  type ShadowState,
  settleConflict,
  stateSizeBytes,
  updateRequestFor,
  withValueAt,
} from '@thingdeck/shadows'
import { formatSection, hasErrors, readSectionText, retargetSection, type SectionText } from './section-text.ts'

/**
 * What somebody wants the shadow to be, as the texts that they type, and what those texts were made from. What the
 * service holds meanwhile is merged in as it arrives, unless a text is not JSON just then: it stays as it is, and the
 * merge waits for the keystroke that makes it so.
 */
export interface Draft {
  /** @see rebaseDraft */
  readonly base: ShadowState
  readonly texts: Readonly<Record<SectionName, SectionText>>
  readonly conflicts: readonly MergeConflict[]
  /** Keys that were taken over from others since the draft was begun, for the notice. */
  readonly mergedKeys: number
}

export function startDraft(live: ShadowState): Draft {
  return {
    base: live,
    texts: {
      desired: readSectionText(formatSection(live.desired)),
      reported: readSectionText(formatSection(live.reported)),
    },
    conflicts: [],
    mergedKeys: 0,
  }
}

/** By the texts, which never change: the page, the merge and the preview ask several times for every key. */
const meanings = new WeakMap<Draft['texts'], ShadowState | undefined>()

/**
 * What the texts mean; undefined while one of them is not a JSON object. Nulls stand for removed keys, and are gone.
 * The same texts give the same object.
 */
export function draftState({ texts }: Draft): ShadowState | undefined {
  if (!meanings.has(texts)) meanings.set(texts, meaningOf(texts))
  return meanings.get(texts)
}

function meaningOf({ desired, reported }: Draft['texts']): ShadowState | undefined {
  if (desired.value === undefined || reported.value === undefined) return undefined
  return { ...section('desired', desired.value), ...section('reported', reported.value) }
}

function section(name: SectionName, value: JsonObject): ShadowState {
  const kept = withoutNulls(value)
  return kept.size === 0 ? {} : { [name]: kept }
}

/** The object itself where there are none in it. */
function withoutNulls(object: JsonObject): JsonObject {
  const members = new Map<string, JsonValue>()
  let isSame = true
  for (const [key, value] of object) {
    const kept = value === null ? undefined : valueWithoutNulls(value)
    if (kept !== undefined) members.set(key, kept)
    if (kept !== value) isSame = false
  }
  return isSame ? object : new JsonObject(members)
}

/** Arrays keep theirs, which are errors and must be seen as such. */
function valueWithoutNulls(value: JsonValue): JsonValue {
  if (isJsonObject(value)) return withoutNulls(value)
  if (!isJsonArray(value)) return value
  const items = value.map(valueWithoutNulls)
  return items.every((item, index) => item === value[index]) ? value : items
}

/** The draft that somebody had before their eyes while they typed: @see typeInDraft */
export type TypedUpon = Pick<Draft, 'base' | 'mergedKeys'>

/**
 * The draft with one text typed anew, and what had to wait for it merged in. `upon`: what was shown to whoever typed,
 * where that may be older than the draft: what was merged into it in between is not in the typed text, and is merged
 * in again instead of being taken back.
 */
export function typeInDraft(
  draft: Draft,
  name: SectionName,
  text: string,
  live: ShadowState,
  upon: TypedUpon = draft,
): Draft {
  const isOlder = upon.base[name] !== draft.base[name]
  const base = isOlder ? withSection(draft.base, name, upon.base[name]) : draft.base
  const mergedKeys = isOlder ? upon.mergedKeys : draft.mergedKeys
  return afterEdit({ ...draft, base, mergedKeys, texts: { ...draft.texts, [name]: readSectionText(text) } }, live)
}

const withSection = (state: ShadowState, name: SectionName, value: JsonObject | undefined): ShadowState => {
  const { [name]: _, ...others } = state
  return value === undefined ? others : { ...others, [name]: value }
}

/** The draft with one value set, or removed where `value` is undefined. The path begins with the section. */
export function setInDraft(draft: Draft, path: JsonPath, value: JsonValue | undefined, live: ShadowState): Draft {
  const state = draftState(draft)
  if (state === undefined) return draft
  return afterEdit(withState(draft, withValueAt(state, path, value)), live)
}

/**
 * Who types the old value into a place that is in dispute has chosen it: to the merge it would look as if they had
 * changed nothing there, and theirs would be taken.
 */
function afterEdit(draft: Draft, live: ShadowState): Draft {
  const mine = draftState(draft)
  if (mine === undefined) return draft
  const valueAt = (state: ShadowState, { path }: MergeConflict) => getAt(formatState(state), path) ?? null
  const chosen = draft.conflicts.filter((each) => jsonIdentical(valueAt(mine, each), valueAt(draft.base, each)))
  const base = chosen.reduce((state, { path, theirs }) => withValueAt(state, path, theirs), draft.base)
  return carryOver({ ...draft, base }, live)
}

function withState(draft: Draft, state: ShadowState): Draft {
  const before = draftState(draft)
  const retarget = (name: SectionName): SectionText => {
    const text = draft.texts[name]
    const [old, target] = [before?.[name] ?? JsonObject.EMPTY, state[name] ?? JsonObject.EMPTY]
    return jsonIdentical(old, target) ? text : retargetSection(text, target)
  }
  const [desired, reported] = [retarget('desired'), retarget('reported')]
  // The same texts where nothing is to be written, so that what they mean is not read again.
  const isSame = desired === draft.texts.desired && reported === draft.texts.reported
  return isSame ? draft : { ...draft, texts: { desired, reported } }
}

/** Merges what the service holds now into the draft. */
export function carryOver(draft: Draft, live: ShadowState): Draft {
  const mine = draftState(draft)
  if (mine === undefined) return draft
  // The usual keystroke: the service holds what the draft was made from, and there is nothing to merge.
  if (draft.base === live) return draft.conflicts.length === 0 ? draft : { ...draft, conflicts: [] }
  const { base, draft: state, conflicts } = rebaseDraft(draft.base, mine, live)
  const mergedKeys = draft.mergedKeys + countLeaves(updateRequestFor(mine, state))
  return { ...withState(draft, state), base, conflicts, mergedKeys }
}

function countLeaves(patch: { readonly [Name in SectionName]?: JsonObject | null | undefined }): number {
  const count = (value: JsonValue | undefined): number => {
    if (!isJsonObject(value) || value.size === 0) return 1
    let total = 0
    for (const member of value.values()) total += count(member)
    return total
  }
  return SECTIONS.reduce((total, name) => total + (patch[name] === undefined ? 0 : count(patch[name])), 0)
}

/** The draft after an update of ours brought the shadow to `saved`: what is different from that is yet to be sent. */
export function rebaseOnSaved(draft: Draft, saved: ShadowState, live: ShadowState): Draft {
  return carryOver({ ...draft, base: saved }, live)
}

export function settleInDraft(
  draft: Draft,
  conflict: MergeConflict,
  side: 'base' | 'theirs' | 'mine',
  live: ShadowState,
): Draft {
  const state = draftState(draft)
  if (state === undefined) return draft
  const settled = settleConflict({ base: draft.base, draft: state, conflicts: draft.conflicts }, conflict, side)
  return carryOver({ ...withState(draft, settled.draft), base: settled.base, conflicts: settled.conflicts }, live)
}

/** Whether sending the draft would change anything; what cannot be read counts as a change. */
export function hasChanges(draft: Draft, live: ShadowState): boolean {
  const state = draftState(draft)
  if (state === undefined) return true
  const patch = updateRequestFor(live, state)
  return patch.desired !== undefined || patch.reported !== undefined || draft.conflicts.length > 0
}

/** Why the draft cannot be sent as it is. */
export type DraftObstacle =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'text'; readonly section: SectionName; readonly message: string }
  | { readonly kind: 'conflicts'; readonly count: number }
  | { readonly kind: 'size'; readonly sizeBytes: number; readonly maxBytes: number }

export function obstacleOf(draft: Draft, live: ShadowState, maxStateBytes: number): DraftObstacle | undefined {
  for (const name of SECTIONS) {
    const text = draft.texts[name]
    const message = text.problems.find(({ severity }) => severity === 'error')?.message
    if (hasErrors(text) && message !== undefined) return { kind: 'text', section: name, message }
  }
  const state = draftState(draft)
  if (state === undefined || !hasChanges(draft, live)) return { kind: 'unchanged' }
  const conflicts = mergeThreeWay(draft.base, live, state).conflicts.length
  if (conflicts > 0) return { kind: 'conflicts', count: conflicts }
  const sizeBytes = stateSizeBytes(state)
  return sizeBytes > maxStateBytes ? { kind: 'size', sizeBytes, maxBytes: maxStateBytes } : undefined
}
