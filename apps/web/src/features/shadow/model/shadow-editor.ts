import type { DraftStore } from '../../../shared/drafts/session-draft-store.ts'
import type { Change } from './change.ts'
import { step } from './editor.ts'
import type { Draft } from './editor-draft.ts'
import type { EditorEffect, EditorEvent, FetchMark } from './editor-events.ts'
import { markOf } from './editor-live.ts'
import { type EditorState, NEW_EDITOR } from './editor-state.ts'
import type { ShadowNews } from './news.ts'
import { readGetAnswer } from './seen-document.ts'
import { formatDraft, parseDraft } from './stored-draft.ts'
import type { ShadowTransport } from './transport.ts'

/** The clock and its timers, so that tests hold them; as `shared/mqtt/clock.ts` has it. */
export interface EditorClock {
  nowMs(): number
  /** Answers a function that cancels. */
  after(delayMs: number, action: () => void): () => void
}

export interface EditorParts {
  readonly transport: ShadowTransport
  readonly clock: EditorClock
  readonly store: DraftStore
  /** A new id for a change, at most 60 bytes. */
  readonly newId: () => string
  /** Once for each change of ours that the service has taken. */
  readonly onAccepted?: (change: Change) => void
  /** Our deletion was done; `version` of what was deleted, if there was any. */
  readonly onDeleted?: (version: number | undefined) => void
}

/** Messages are taken together this often: two hundred a second would else be two hundred merges. */
const NEWS_EVERY_MS = 50
/** How long the document of an accepted update may take after it. */
const DOCUMENT_LATE_MS = 500
const STORE_AFTER_MS = 200
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000
/** How often REST is asked while MQTT is down. */
const POLL_MS = 4_000

/** An editor at work: the state machine, with its effects carried out. Changes are told to whoever subscribed. */
export class ShadowEditor {
  readonly #parts: EditorParts
  readonly #listeners = new Set<() => void>()
  readonly #cancels = new Set<() => void>()
  #state: EditorState
  #news: ShadowNews[] = []
  #isNewsDue = false
  #isStoreDue = false
  #fetching: { readonly mark: FetchMark; isWantedAgain: boolean } | undefined
  #failures = 0
  #cancelPoll: (() => void) | undefined
  #isClosed = false

  constructor(parts: EditorParts) {
    this.#parts = parts
    const draft = parseDraft(parts.store.read())
    this.#state = draft ? { ...NEW_EDITOR, draft } : NEW_EDITOR
  }

  /** Reads the shadow for the first time. */
  open(): void {
    this.#fetch()
    this.#schedulePoll()
  }

  close(): void {
    this.flush()
    this.#isClosed = true
    for (const cancel of this.#cancels) cancel()
  }

  /** Stores the draft at once: the page may be gone before its time has come. */
  readonly flush = (): void => {
    if (this.#isStoreDue) this.#store()
  }

  readonly getState = (): EditorState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly dispatch = (event: EditorEvent): void => {
    if (this.#isClosed) return
    const before = this.#state
    const { state, effects } = step(before, event)
    this.#state = state
    if (state.draft !== before.draft) this.#storeSoon()
    if (state.line !== before.line) this.#schedulePoll()
    if (state !== before) for (const listener of this.#listeners) listener()
    if (state.changes !== before.changes) this.#tellAccepted(before.changes)
    for (const effect of effects) this.#carryOut(effect)
  }

  #tellAccepted(before: readonly Change[]): void {
    const known = new Map(before.map((change) => [change.id, change.status.kind]))
    for (const change of this.#state.changes) {
      if (change.status.kind === 'accepted' && known.get(change.id) !== 'accepted') this.#parts.onAccepted?.(change)
    }
  }

  /** A message of the shadow's topics. */
  hear(news: ShadowNews): void {
    this.#news.push(news)
    if (this.#isNewsDue) return
    this.#isNewsDue = true
    this.#after(NEWS_EVERY_MS, () => {
      const heard = this.#news
      this.#news = []
      this.#isNewsDue = false
      this.dispatch({ type: 'news', news: heard })
    })
  }

  /** Asks for the shadow again: there was a hole in the messages, or somebody wants to be sure. */
  refresh(): void {
    this.#fetch()
  }

  save(): void {
    this.dispatch({ type: 'save', id: this.#parts.newId(), atMs: this.#parts.clock.nowMs() })
  }

  undo(): void {
    this.dispatch({ type: 'undo', id: this.#parts.newId(), atMs: this.#parts.clock.nowMs() })
  }

  #carryOut(effect: EditorEffect): void {
    switch (effect.type) {
      case 'fetch':
        this.#fetch()
        return
      case 'send':
        void this.#send(effect.document, effect.token)
        return
      case 'delete':
        void this.#delete()
        return
      case 'expect': {
        const { version, incarnation } = effect
        this.#after(DOCUMENT_LATE_MS, () => this.dispatch({ type: 'overdue', version, incarnation }))
      }
    }
  }

  async #send(document: string, token: string): Promise<void> {
    const answer = await this.#parts.transport.update(document, token)
    const atMs = this.#parts.clock.nowMs()
    if (answer.kind === 'accepted') this.dispatch({ type: 'answered', token, ...answer, atMs })
    else if (answer.kind === 'unanswered') this.dispatch({ type: 'unanswered', token, atMs })
    else this.dispatch({ type: 'refused', token, code: answer.code, message: answer.message, atMs })
  }

  async #delete(): Promise<void> {
    const answer = await this.#parts.transport.delete(this.#parts.newId())
    const atMs = this.#parts.clock.nowMs()
    if (answer.kind === 'deleted') this.#parts.onDeleted?.(answer.version)
    if (answer.kind === 'deleted') this.dispatch({ type: 'delete-answered', version: answer.version, atMs })
    else this.dispatch({ type: 'delete-failed', code: answer.code, message: answer.message, atMs })
  }

  /** One at a time; who asks meanwhile gets a new one afterwards, since the one under way may be older. */
  #fetch(): void {
    if (this.#isClosed) return
    if (this.#fetching) {
      this.#fetching.isWantedAgain = true
      return
    }
    const fetching = { mark: markOf(this.#state), isWantedAgain: false }
    this.#fetching = fetching
    void this.#runFetch(fetching)
  }

  async #runFetch(fetching: { readonly mark: FetchMark; isWantedAgain: boolean }): Promise<void> {
    const { mark } = fetching
    const answer = await this.#parts.transport.get()
    const atMs = this.#parts.clock.nowMs()
    this.#fetching = undefined
    const document = answer.kind === 'document' ? readGetAnswer(answer.text, atMs) : undefined
    if (document) this.dispatch({ type: 'fetched', document, mark })
    else if (answer.kind === 'none') this.dispatch({ type: 'fetched-nothing', mark, atMs })
    else {
      const { code, message } = answer.kind === 'failed' ? answer : NOT_A_DOCUMENT
      this.#failures += 1
      this.#after(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1)), () => this.#fetch())
      this.dispatch({ type: 'fetch-failed', code, message, atMs })
      return
    }
    this.#failures = 0
    if (fetching.isWantedAgain) this.#fetch()
  }

  #schedulePoll(): void {
    this.#cancelPoll?.()
    this.#cancelPoll = undefined
    if (this.#state.line.kind === 'mqtt' || this.#isClosed) return
    this.#cancelPoll = this.#after(POLL_MS, () => {
      this.#fetch()
      this.#schedulePoll()
    })
  }

  #storeSoon(): void {
    if (this.#isStoreDue) return
    this.#isStoreDue = true
    this.#after(STORE_AFTER_MS, () => this.#store())
  }

  #store(): void {
    this.#isStoreDue = false
    const draft: Draft | undefined = this.#state.draft
    this.#parts.store.write(draft && formatDraft(draft))
  }

  #after(delayMs: number, action: () => void): () => void {
    const cancelTimer = this.#parts.clock.after(delayMs, () => {
      this.#cancels.delete(cancel)
      action()
    })
    const cancel = () => {
      this.#cancels.delete(cancel)
      cancelTimer()
    }
    this.#cancels.add(cancel)
    return cancel
  }
}

const NOT_A_DOCUMENT = { code: 'NOT_A_DOCUMENT', message: 'The answer is no shadow document.' }
