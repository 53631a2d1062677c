import type { JsonPath, JsonValue } from '@thingdeck/json'
import type { MergeConflict, SectionName, ShadowState } from '@thingdeck/shadows'
import type { Draft, TypedUpon } from './editor-draft.ts'
import type { Line } from './editor-state.ts'
import type { ShadowNews } from './news.ts'
import type { SeenDocument } from './seen-document.ts'

/** What was known when a get was sent: an answer is judged by it, for newer things may have come meanwhile. */
export interface FetchMark {
  readonly incarnation: number
  readonly version: number | undefined
}

/** Everything that happens to an editor. Times are epoch ms. */
export type EditorEvent =
  /** Messages of the shadow's topics, in the order in which they came. */
  | { readonly type: 'news'; readonly news: readonly ShadowNews[] }
  | { readonly type: 'fetched'; readonly document: SeenDocument; readonly mark: FetchMark }
  | { readonly type: 'fetched-nothing'; readonly mark: FetchMark; readonly atMs: number }
  | { readonly type: 'fetch-failed'; readonly code: string; readonly message: string; readonly atMs: number }
  /** An accepted update was heard of, but its document did not come. */
  | { readonly type: 'overdue'; readonly version: number; readonly incarnation: number }
  | { readonly type: 'line'; readonly line: Line }
  // What the person does.
  /** @see typeInDraft for `upon` */
  | { readonly type: 'typed'; readonly section: SectionName; readonly text: string; readonly upon?: TypedUpon }
  | { readonly type: 'set-value'; readonly path: JsonPath; readonly value: JsonValue | undefined }
  | { readonly type: 'settled'; readonly conflict: MergeConflict; readonly side: 'base' | 'theirs' | 'mine' }
  | { readonly type: 'discarded' }
  /** Makes a past state the draft; `sections` says what of it. */
  | { readonly type: 'restored'; readonly state: ShadowState; readonly sections: readonly SectionName[] }
  /** A draft of before the page was reloaded. */
  | { readonly type: 'draft-found'; readonly draft: Draft }
  | { readonly type: 'save'; readonly id: string; readonly atMs: number }
  | { readonly type: 'undo'; readonly id: string; readonly atMs: number }
  | { readonly type: 'delete' }
  | { readonly type: 'fault-dismissed' }
  // What became of what was sent.
  | {
      readonly type: 'answered'
      readonly token: string
      readonly version: number
      readonly timestampSeconds: number | undefined
      readonly atMs: number
    }
  | {
      readonly type: 'refused'
      readonly token: string
      readonly code: string
      readonly message: string
      readonly atMs: number
    }
  | { readonly type: 'unanswered'; readonly token: string; readonly atMs: number }
  /** `version`: of the document that was deleted; undefined if there was none. */
  | { readonly type: 'delete-answered'; readonly version: number | undefined; readonly atMs: number }
  | { readonly type: 'delete-failed'; readonly code: string; readonly message: string; readonly atMs: number }

/** What the editor wants done; whatever comes of it comes back as an event. */
export type EditorEffect =
  | { readonly type: 'fetch'; readonly mark: FetchMark }
  /** `document` is the text of the request; `token` stands in it. */
  | { readonly type: 'send'; readonly token: string; readonly document: string }
  | { readonly type: 'delete' }
  /** To come back as `overdue` in a while. */
  | { readonly type: 'expect'; readonly version: number; readonly incarnation: number }
