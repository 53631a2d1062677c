import { type JsonObject, jsonIdentical } from '@thingdeck/json'
import { formatState } from '@thingdeck/shadows'
import { followDocument, followReport, isAwaited, isTokenOf } from './change.ts'
import type { FetchMark } from './editor-events.ts'
import type { EditorState } from './editor-state.ts'
import { remember } from './history.ts'
import type { SeenDocument } from './seen-document.ts'

export const liveVersion = ({ live }: EditorState): number | undefined =>
  live.kind === 'shadow' ? live.document.version : undefined

export const markOf = (state: EditorState): FetchMark => ({
  incarnation: state.incarnation,
  version: liveVersion(state),
})

const isMine = (state: EditorState, token: string | undefined) =>
  state.changes.some((change) => isTokenOf(change, token))

/**
 * What a document that came unasked means. Versions decide, not the order of arrival: MQTT promises none between
 * messages, and a document holds the whole shadow, so that a gap in the numbers does no harm.
 *
 * `doubtful`: it claims to be the first of a shadow that is known to be further. The counter starts afresh 48 hours
 * after a deletion, so it may be right, or late; only a get tells.
 */
export function judgeDocument({ live }: EditorState, document: SeenDocument): 'newer' | 'same' | 'stale' | 'doubtful' {
  switch (live.kind) {
    case 'unknown':
      return 'newer'
    case 'missing':
      return document.isFirst || document.version > (live.deletedVersion ?? 0) ? 'newer' : 'stale'
    case 'shadow': {
      const known = live.document.version
      if (document.version > known) return 'newer'
      if (document.version < known) return document.isFirst ? 'doubtful' : 'stale'
      return live.document.source === 'reckoned' && document.source !== 'reckoned' ? 'same' : 'stale'
    }
  }
}

/** Makes a document what the service holds, follows what is awaited in it, and remembers it. */
export function takeDocument(state: EditorState, document: SeenDocument): EditorState {
  const before = state.live.kind === 'shadow' ? state.live.document : undefined
  const changes = state.changes.some(isAwaited)
    ? state.changes.map((change) => followDocument(change, before?.shadow, document.shadow, document.seenAtMs))
    : state.changes
  const entry = { kind: 'document', document, isMine: isMine(state, document.clientToken) } as const
  return { ...state, live: { kind: 'shadow', document }, changes, history: remember(state.history, [entry]) }
}

/** The shadow is gone. */
export function takeDeletion(
  state: EditorState,
  deletion: { version: number | undefined; clientToken: string | undefined; seenAtMs: number; isOurs?: boolean },
): EditorState {
  const { version, clientToken, seenAtMs, isOurs = state.isDeleting } = deletion
  const deletedVersion = version ?? liveVersion(state)
  const entry = { kind: 'deleted', version, seenAtMs, clientToken, isMine: isOurs } as const
  return {
    ...state,
    live: { kind: 'missing', deletedVersion, deletedAtMs: seenAtMs },
    incarnation: state.incarnation + 1,
    isDeleting: false,
    history: state.live.kind === 'unknown' ? state.history : remember(state.history, [entry]),
  }
}

/** The answer to a get of our own, which may say what no message could: that the counter started afresh. */
export function takeFetched(state: EditorState, document: SeenDocument, mark: FetchMark): EditorState {
  const isOfThisLife = mark.incarnation === state.incarnation
  if (isOfThisLife && mark.version !== undefined && isOfAnotherLife(state, document, mark.version)) {
    const deletion = { version: undefined, clientToken: undefined, seenAtMs: document.seenAtMs, isOurs: false }
    return takeDocument(takeDeletion(state, deletion), document)
  }
  const verdict = judgeDocument(state, document)
  const isWhatMissed = state.live.kind === 'missing' && isOfThisLife
  return verdict === 'newer' || verdict === 'same' || isWhatMissed ? takeDocument(state, document) : state
}

/**
 * A version that is lower than one known before the get was sent, or the same with another content: the shadow was
 * deleted and its counter began afresh.
 */
function isOfAnotherLife({ live }: EditorState, document: SeenDocument, markedVersion: number): boolean {
  if (document.version !== markedVersion) return document.version < markedVersion
  if (live.kind !== 'shadow' || live.document.version !== markedVersion) return false
  return !jsonIdentical(formatState(live.document.shadow.state), formatState(document.shadow.state))
}

/** A get of our own found no shadow. If one has been heard of since it was sent, that counts. */
export function takeNothing(state: EditorState, mark: FetchMark, atMs: number): EditorState {
  if (mark.incarnation !== state.incarnation || mark.version !== liveVersion(state)) return state
  if (state.live.kind === 'missing') return state
  return takeDeletion(state, { version: undefined, clientToken: undefined, seenAtMs: atMs })
}

/** What an accepted update reported, for those who wait for it. */
export function takeReport(state: EditorState, version: number, report: JsonObject, seenAtMs: number): EditorState {
  if (!state.changes.some(isAwaited)) return state
  return { ...state, changes: state.changes.map((change) => followReport(change, version, report, seenAtMs)) }
}
