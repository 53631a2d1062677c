import type { ShadowState } from '@thingdeck/shadows'
import type { Change } from './change.ts'
import type { Draft } from './editor-draft.ts'
import { type History, NO_HISTORY } from './history.ts'
import type { SeenDocument } from './seen-document.ts'

/** What the service holds, as far as this page knows. */
export type Live =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'shadow'; readonly document: SeenDocument }
  /** There is none. `deletedVersion`: of the document that was deleted while the page watched. */
  | { readonly kind: 'missing'; readonly deletedVersion: number | undefined; readonly deletedAtMs: number | undefined }

/** How what happens to the shadow comes here. */
export type Line =
  | { readonly kind: 'mqtt' }
  /** By asking over REST now and then; `reason` says why not over MQTT. */
  | { readonly kind: 'rest'; readonly reason: string }

/** The last thing that did not work, in the code and words of whoever refused. */
export interface EditorFault {
  readonly during: 'get' | 'update' | 'delete'
  readonly code: string
  readonly message: string
  readonly atMs: number
}

export interface EditorState {
  readonly live: Live
  /** When the service last said so itself, by an answer or a message. Epoch ms. */
  readonly confirmedAtMs: number | undefined
  /** Counts the lives of the shadow: versions are compared only within one. */
  readonly incarnation: number
  readonly draft: Draft | undefined
  /** Oldest first. */
  readonly changes: readonly Change[]
  /** Accepted changes whose document is not here yet: only then does the draft take them for granted. */
  readonly awaitsDocument: readonly { readonly id: string; readonly version: number }[]
  readonly history: History
  readonly line: Line
  readonly fault: EditorFault | undefined
  readonly isDeleting: boolean
  /** Messages that were older than what was known already. */
  readonly staleMessages: number
}

export const MAX_CHANGES = 200

export const NEW_EDITOR: EditorState = {
  live: { kind: 'unknown' },
  confirmedAtMs: undefined,
  incarnation: 0,
  draft: undefined,
  changes: [],
  awaitsDocument: [],
  history: NO_HISTORY,
  line: { kind: 'rest', reason: 'The MQTT session is not connected yet.' },
  fault: undefined,
  isDeleting: false,
  staleMessages: 0,
}

/** What the service holds; nothing while there is no shadow. */
export function liveState({ live }: EditorState): ShadowState {
  return live.kind === 'shadow' ? live.document.shadow.state : {}
}

/** The update that is under way, if one is. */
export function changeUnderWay({ changes }: EditorState): Change | undefined {
  return changes.findLast(({ status }) => status.kind === 'sending')
}

/** The newest change that Undo would take back. */
export function undoableChange({ changes }: EditorState): Change | undefined {
  const undone = new Set(
    changes.flatMap(({ undoes, status }) => (undoes && status.kind === 'accepted' ? [undoes] : [])),
  )
  return changes.findLast(
    ({ id, purpose, status }) => purpose === 'update' && status.kind === 'accepted' && !undone.has(id),
  )
}
