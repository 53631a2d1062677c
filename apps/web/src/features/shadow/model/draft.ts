import {
  isJsonObject,
  JsonObject,
  JsonParseError,
  type JsonValue,
  jsonEquals,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import {
  applyUpdate,
  checkUpdateRequest,
  formatUpdateRequest,
  type MergeConflict,
  mergeThreeWay,
  resolveConflict,
  SHADOW_LIMITS,
  type Shadow,
  ShadowError,
  type ShadowState,
  type StatePatch,
  stateSizeBytes,
  updateRequestFor,
} from '@thingdeck/shadows'

/** `desired` as someone is writing it, and the shadow it began from. `null`: there was no shadow. */
export interface Draft {
  readonly base: Shadow | null
  readonly text: string
}

export const desiredText = (shadow: Shadow | null) =>
  stringifyJson(shadow?.state.desired ?? JsonObject.EMPTY, { indent: 2 })

/** Why a text is no `desired` section; `offset` (UTF-16 units) where it is known. */
export interface DraftProblem {
  readonly message: string
  readonly offset?: number
}

export type ReadDraft =
  | { readonly ok: true; readonly desired: JsonObject }
  | { readonly ok: false; readonly problem: DraftProblem }

/** Reads what is written as AWS would: JSON, an object, not too deep, no null in arrays. */
export function readDraft(text: string): ReadDraft {
  let value: JsonValue
  try {
    value = parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error
    return { ok: false, problem: { message: error.message, offset: error.offset } }
  }
  if (!isJsonObject(value)) return { ok: false, problem: { message: 'The desired state must be an object', offset: 0 } }
  try {
    checkUpdateRequest(JsonObject.from([['state', JsonObject.from([['desired', value]])]]))
  } catch (error) {
    if (!(error instanceof ShadowError)) throw error
    return { ok: false, problem: { message: error.message } }
  }
  return { ok: true, desired: value }
}

/** What would be sent, and what would come of it. */
export interface Preview {
  readonly patch: StatePatch
  /** Whether there is anything to send. */
  readonly isChange: boolean
  /** The request as it would be sent, but for its client token. */
  readonly requestText: string
  readonly sizeBytes: number
  readonly isTooLarge: boolean
}

/** The smallest update that makes `desired` of `current` what is drafted, where only the draft's changes count. */
export function previewUpdate(draft: Draft, desired: JsonObject, current: Shadow | null, nowSeconds: number): Preview {
  const patch = updateRequestFor({ desired: draft.base?.state.desired }, { desired })
  const request = { state: patch, ...(current ? { version: current.version } : {}) }
  const { shadow } = applyUpdate(current ?? undefined, request, { nowSeconds, maxStateBytes: Number.POSITIVE_INFINITY })
  const sizeBytes = stateSizeBytes(shadow.state)
  return {
    patch,
    isChange: patch.desired !== undefined,
    requestText: stringifyJson(formatUpdateRequest(request), { indent: 2 }),
    sizeBytes,
    isTooLarge: sizeBytes > SHADOW_LIMITS.maxStateBytes,
  }
}

/** What became of a draft when a newer version of the shadow arrived. */
export type Rebased =
  /** Nobody else changed `desired`. */
  | { readonly kind: 'untouched'; readonly draft: Draft }
  /** Others changed other keys: their changes are in the draft now, mine too. */
  | { readonly kind: 'merged'; readonly draft: Draft }
  /** Someone else changed what I am changing: a person has to choose. */
  | { readonly kind: 'conflict'; readonly conflicts: readonly MergeConflict[]; readonly merged: ShadowState }
  /** It cannot be merged while it is no JSON; it is kept as it is. */
  | { readonly kind: 'unreadable' }

/** Carries a draft over to a newer version of the shadow, key by key. Nothing typed is ever dropped. */
export function rebaseDraft(draft: Draft, current: Shadow | null): Rebased {
  const base: ShadowState = { desired: draft.base?.state.desired }
  const theirs: ShadowState = { desired: current?.state.desired }
  if (sameDesired(base, theirs)) return { kind: 'untouched', draft: { ...draft, base: current } }
  const read = readDraft(draft.text)
  if (!read.ok) return { kind: 'unreadable' }
  const { merged, conflicts } = mergeThreeWay(base, theirs, { desired: read.desired })
  if (conflicts.length > 0) return { kind: 'conflict', conflicts, merged }
  return { kind: 'merged', draft: { base: current, text: textOf(merged) } }
}

/** The draft after a person chose a side for every conflict; `choices` by index, mine where none is given. */
export function resolveDraft(
  { conflicts, merged }: Extract<Rebased, { kind: 'conflict' }>,
  choices: ReadonlyMap<number, 'mine' | 'theirs'>,
  current: Shadow | null,
): Draft {
  let state = merged
  for (const [index, conflict] of conflicts.entries()) {
    if (choices.get(index) === 'theirs') state = resolveConflict(state, conflict, 'theirs')
  }
  return { base: current, text: textOf(state) }
}

const textOf = ({ desired }: ShadowState) => stringifyJson(desired ?? JsonObject.EMPTY, { indent: 2 })

function sameDesired(a: ShadowState, b: ShadowState): boolean {
  return jsonEquals(a.desired ?? JsonObject.EMPTY, b.desired ?? JsonObject.EMPTY)
}
