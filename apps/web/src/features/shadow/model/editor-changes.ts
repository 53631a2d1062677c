import { stringifyJson } from '@thingdeck/json'
import {
  applyUpdate,
  formatUpdateRequest,
  mergeThreeWay,
  rebaseDraft,
  ShadowError,
  type ShadowState,
  updateRequestFor,
} from '@thingdeck/shadows'
import { askedLeaves, type Change, type ChangeStatus, tokenOf } from './change.ts'
import { draftState, hasChanges, rebaseOnSaved, startDraft } from './editor-draft.ts'
import type { EditorEffect } from './editor-events.ts'
import { liveVersion, markOf, takeDocument } from './editor-live.ts'
import { changeUnderWay, type EditorState, liveState, MAX_CHANGES, undoableChange } from './editor-state.ts'
import { reckonedDocument } from './seen-document.ts'

export interface Step {
  readonly state: EditorState
  readonly effects: readonly EditorEffect[]
}

/** A shadow that changes faster than we can answer would keep us here for ever. */
export const MAX_ATTEMPTS = 8

const NOTHING: readonly EditorEffect[] = []

function replaceChange(state: EditorState, change: Change): EditorState {
  return { ...state, changes: state.changes.map((other) => (other.id === change.id ? change : other)) }
}

const withStatus = (state: EditorState, change: Change, status: ChangeStatus) =>
  replaceChange(state, { ...change, status })

/** The request document of one attempt. */
export function requestText(change: Change): string {
  const { patch, version } = change
  return stringifyJson(formatUpdateRequest({ state: patch, version, clientToken: tokenOf(change) }))
}

const send = (change: Change): EditorEffect => ({
  type: 'send',
  token: tokenOf(change),
  document: requestText(change),
})

function begin(
  state: EditorState,
  wanted: ShadowState,
  fields: Pick<Change, 'id' | 'purpose' | 'undoes' | 'askedAtMs'>,
): Step {
  const before = liveState(state)
  const change: Change = {
    ...fields,
    attempt: 1,
    version: liveVersion(state),
    before,
    wanted,
    patch: updateRequestFor(before, wanted),
    status: { kind: 'sending', phase: 'answer' },
    device: { kind: 'awaited' },
  }
  const changes = [...state.changes, change].slice(-MAX_CHANGES)
  return { state: { ...state, changes, fault: undefined }, effects: [send(change)] }
}

/** Sends the draft. The obstacles that a person can mend are shown before; here they only make it do nothing. */
export function save(state: EditorState, id: string, atMs: number): Step {
  const wanted = state.draft && draftState(state.draft)
  const isReady = state.live.kind !== 'unknown' && changeUnderWay(state) === undefined
  if (!isReady || wanted === undefined || !state.draft || state.draft.conflicts.length > 0)
    return { state, effects: [] }
  if (!hasChanges(state.draft, liveState(state))) return { state, effects: [] }
  return begin(state, wanted, { id, purpose: 'update', askedAtMs: atMs })
}

/**
 * Takes back my last change. What others did to other keys since stays; where they changed the same keys, it becomes
 * a draft with conflicts to choose in.
 */
export function undo(state: EditorState, id: string, atMs: number): Step {
  const target = undoableChange(state)
  if (!target || state.live.kind === 'unknown' || changeUnderWay(state)) return { state, effects: [] }
  const live = liveState(state)
  const { merged, conflicts } = mergeThreeWay(target.wanted, live, target.before)
  if (conflicts.length > 0) {
    if (state.draft && hasChanges(state.draft, live)) return { state, effects: [] }
    const fresh = startDraft(target.before)
    const draft = rebaseOnSaved({ ...fresh, base: target.wanted }, target.wanted, live)
    return { state: { ...state, draft }, effects: [] }
  }
  const begun = begin(state, merged, { id, purpose: 'undo', undoes: target.id, askedAtMs: atMs })
  const change = begun.state.changes.at(-1)
  if (!change || change.patch.desired !== undefined || change.patch.reported !== undefined) return begun
  // Others have taken all of it back already.
  const status = { kind: 'accepted', version: liveVersion(state) ?? 0, atMs } as const
  return { state: replaceChange(begun.state, { ...change, status, device: { kind: 'not-asked' } }), effects: [] }
}

/** The service took an update of ours, as the answer, a message or the document itself says. */
export function accept(
  state: EditorState,
  change: Change,
  answer: { version: number; timestampSeconds: number | undefined; atMs: number },
): Step {
  const { version, atMs } = answer
  const asked = askedLeaves(change.patch).length > 0
  const device = asked ? ({ kind: 'awaited' } as const) : ({ kind: 'not-asked' } as const)
  let next = replaceChange(state, { ...change, status: { kind: 'accepted', version, atMs }, device })
  next = reckon(next, change, answer)
  if (isBehind(next, version)) {
    const awaitsDocument = [...next.awaitsDocument, { id: change.id, version }]
    return { state: { ...next, awaitsDocument }, effects: [{ type: 'fetch', mark: markOf(next) }] }
  }
  return { state: afterSave(next, change), effects: NOTHING }
}

const isBehind = (state: EditorState, version: number) =>
  state.live.kind === 'shadow' ? state.live.document.version < version : state.live.kind === 'unknown'

/**
 * The answer names only what was sent, but its version says that nothing came between: so the new document is what
 * the same rules make of the old one. Its times are the service's own.
 */
function reckon(
  state: EditorState,
  change: Change,
  { version, timestampSeconds, atMs }: { version: number; timestampSeconds: number | undefined; atMs: number },
): EditorState {
  const { live } = state
  const isNext = live.kind === 'shadow' && live.document.version === change.version && version === change.version + 1
  const isCreated = live.kind === 'missing' && change.version === undefined
  if (!isNext && !isCreated) return state
  const stored = live.kind === 'shadow' ? live.document.shadow : undefined
  const nowSeconds = timestampSeconds ?? Math.floor(atMs / 1000)
  try {
    const { shadow } = applyUpdate(
      stored,
      { state: change.patch, version: change.version },
      { nowSeconds, maxStateBytes: Number.POSITIVE_INFINITY },
    )
    return takeDocument(state, reckonedDocument({ ...shadow, version }, atMs, tokenOf(change)))
  } catch (error) {
    if (error instanceof ShadowError) return state // the service's own document will come
    throw error
  }
}

/** What was sent is the draft's new base; what was typed since is what is left of the draft. */
function afterSave(state: EditorState, change: Change): EditorState {
  if (!state.draft) return state
  const live = liveState(state)
  if (change.purpose === 'undo') return state
  const draft = rebaseOnSaved(state.draft, change.wanted, live)
  return { ...state, draft: hasChanges(draft, live) ? draft : undefined }
}

/** AWS's words for 'somebody was faster'; a shadow that was deleted meanwhile answers a version with the second. */
const isVersionConflict = (code: string, message: string) =>
  code === 'ConflictException' || (code === 'InvalidRequestException' && /version/i.test(message))

export function refuse(
  state: EditorState,
  change: Change,
  refusal: { code: string; message: string; atMs: number },
): Step {
  const { code, message, atMs } = refusal
  if (isVersionConflict(code, message)) {
    const next = withStatus(state, change, { kind: 'sending', phase: 'fetching' })
    const isMoved = liveVersion(next) !== change.version // the newer document was faster than the refusal
    return isMoved ? sendAgain(next, change) : { state: next, effects: [{ type: 'fetch', mark: markOf(next) }] }
  }
  const next = withStatus(state, change, { kind: 'refused', code, message })
  return { state: { ...next, fault: { during: 'update', code, message, atMs } }, effects: NOTHING }
}

/** Nobody answered, over MQTT or REST: the shadow itself must tell. */
export function leaveOpen(state: EditorState, change: Change, atMs: number): Step {
  const next = withStatus(state, change, { kind: 'unknown' })
  const message = 'The update was sent, but no answer came. It is not known yet whether it was applied.'
  return {
    state: { ...next, fault: { during: 'update', code: 'NO_ANSWER', message, atMs } },
    effects: [{ type: 'fetch', mark: markOf(next) }],
  }
}

/** Merges what somebody asked to save into what is there now, and sends that, unless there is something to choose. */
function sendAgain(state: EditorState, change: Change): Step {
  const live = liveState(state)
  const { draft: wanted, conflicts } = rebaseDraft(change.before, change.wanted, live)
  const patch = updateRequestFor(live, wanted)
  if (conflicts.length > 0) {
    const keys = conflicts.length === 1 ? '1 key was' : `${conflicts.length} keys were`
    const message = `${keys} changed by somebody else meanwhile: choose, and send again.`
    return { state: withStatus(state, change, { kind: 'refused', code: 'CONFLICT', message }), effects: NOTHING }
  }
  if (patch.desired === undefined && patch.reported === undefined) return found(state, change)
  if (change.attempt >= MAX_ATTEMPTS) {
    const message = `The shadow changes faster than an update can be made: ${MAX_ATTEMPTS} attempts met a newer version.`
    return { state: withStatus(state, change, { kind: 'refused', code: 'CONFLICT', message }), effects: NOTHING }
  }
  const again: Change = {
    ...change,
    attempt: change.attempt + 1,
    version: liveVersion(state),
    before: live,
    wanted,
    patch,
    status: { kind: 'sending', phase: 'answer' },
  }
  return { state: replaceChange(state, again), effects: [send(again)] }
}

/** The shadow holds all that was sent: it was applied, though no answer said so, or somebody else did the same. */
function found(state: EditorState, change: Change): Step {
  const document = state.live.kind === 'shadow' ? state.live.document : undefined
  const answer = {
    version: document?.version ?? 0,
    timestampSeconds: document?.timestampSeconds,
    atMs: document?.seenAtMs ?? change.askedAtMs,
  }
  return accept({ ...state, fault: undefined }, change, answer)
}

/**
 * Whatever waited for the shadow's state: attempts that met a newer version, and updates that nobody answered.
 * `isFetched`: the state was asked for after they were sent, so that what it does not hold did not arrive.
 */
export function lookAgain(state: EditorState, isFetched: boolean): Step {
  let next = takeIntoDraft(state)
  const effects: EditorEffect[] = []
  for (const change of state.changes) {
    const { status } = change
    let step: Step | undefined
    if (status.kind === 'sending' && status.phase === 'fetching') {
      if (isFetched || liveVersion(next) !== change.version) step = sendAgain(next, change)
    } else if (status.kind === 'unknown') step = judgeUnanswered(next, change, isFetched)
    if (step) next = step.state
    effects.push(...(step?.effects ?? []))
  }
  return { state: next, effects }
}

/** Accepted updates whose document has come, or a later one, are what the draft starts from now. */
function takeIntoDraft(state: EditorState): EditorState {
  const waiting = state.awaitsDocument.filter(({ version }) => isBehind(state, version))
  if (waiting.length === state.awaitsDocument.length) return state
  let next: EditorState = { ...state, awaitsDocument: waiting }
  for (const { id } of state.awaitsDocument) {
    const change = waiting.some((other) => other.id === id) ? undefined : state.changes.find((each) => each.id === id)
    if (change) next = afterSave(next, change)
  }
  return next
}

function judgeUnanswered(state: EditorState, change: Change, isFetched: boolean): Step | undefined {
  const { draft: wanted, conflicts } = rebaseDraft(change.before, change.wanted, liveState(state))
  const patch = updateRequestFor(liveState(state), wanted)
  if (conflicts.length === 0 && patch.desired === undefined && patch.reported === undefined) return found(state, change)
  if (!isFetched) return undefined
  const message = 'The update got no answer, and the shadow does not hold it. It is still in your draft.'
  return { state: withStatus(state, change, { kind: 'refused', code: 'NO_ANSWER', message }), effects: [] }
}
