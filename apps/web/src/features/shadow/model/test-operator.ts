import { fromPlain } from '@thingdeck/json'
import { ShadowError, type ShadowState } from '@thingdeck/shadows'
import { step } from './editor.ts'
import type { EditorEffect, EditorEvent } from './editor-events.ts'
import { type EditorState, NEW_EDITOR } from './editor-state.ts'
import { newsReader } from './news.ts'
import { readGetAnswer } from './seen-document.ts'
import { TEST_KEY, type TestMessage, type TestShadowService } from './test-service.ts'

const readNews = newsReader(TEST_KEY)

/** An operator with an editor, whose messages, requests and answers move only when a test says so. */
export class TestOperator {
  state: EditorState = NEW_EDITOR
  readonly inbox: TestMessage[] = []
  readonly requests: EditorEffect[] = []
  readonly answers: EditorEvent[] = []
  readonly #service: TestShadowService
  readonly #name: string
  #lastId = 0
  nowMs = 1_700_000_000_000

  constructor(service: TestShadowService, name: string) {
    this.#service = service
    this.#name = name
    service.subscribe((message) => this.inbox.push(message))
  }

  do(event: EditorEvent): void {
    const { state, effects } = step(this.state, event)
    this.state = state
    this.requests.push(...effects)
  }

  open(): void {
    this.requests.push({ type: 'fetch', mark: { incarnation: 0, version: undefined } })
    this.settle()
  }

  type(section: 'desired' | 'reported', text: string): void {
    this.do({ type: 'typed', section, text })
  }

  set(path: readonly string[], value: unknown): void {
    const json = value === undefined ? undefined : fromPlain(value)
    this.do({ type: 'set-value', path: ['desired', ...path], value: json })
  }

  save(): void {
    this.do({ type: 'save', id: this.#id(), atMs: this.nowMs })
  }

  undo(): void {
    this.do({ type: 'undo', id: this.#id(), atMs: this.nowMs })
  }

  #id(): string {
    this.#lastId += 1
    return `${this.#name}${this.#lastId}`
  }

  /** Hands over the oldest message. */
  receive(): void {
    const message = this.inbox.shift()
    const news = message && readNews(message.topic, message.payload, this.nowMs)
    if (news) this.do({ type: 'news', news: [news] })
  }

  /** Lets the service do the oldest request. `lost`: where it is lost on its way, if it is. */
  serve(lost?: 'request' | 'answer'): void {
    const request = this.requests.shift()
    if (!request) return
    const answer = this.#answer(request, lost)
    if (answer) this.answers.push(answer)
  }

  /** Hands over the oldest answer. */
  hear(): void {
    const answer = this.answers.shift()
    if (answer) this.do(answer)
  }

  #answer(request: EditorEffect, lost: 'request' | 'answer' | undefined): EditorEvent | undefined {
    const atMs = this.nowMs
    switch (request.type) {
      case 'expect':
        return { ...request, type: 'overdue' }
      case 'delete': {
        const version = this.#service.shadow?.version
        this.#service.delete()
        return { type: 'delete-answered', version, atMs }
      }
      case 'fetch': {
        // A get that got no answer is sent again until there is one: the controller sees to it.
        const text = this.#service.get()
        if (text === undefined) return { type: 'fetched-nothing', mark: request.mark, atMs }
        const document = readGetAnswer(text, atMs)
        return document && { type: 'fetched', document, mark: request.mark }
      }
      case 'send': {
        const { token } = request
        if (lost === 'request') return { type: 'unanswered', token, atMs }
        try {
          const answer = this.#service.update(request.document)
          if (lost === 'answer') return { type: 'unanswered', token, atMs }
          return { type: 'answered', token, ...answer, atMs }
        } catch (error) {
          if (!(error instanceof ShadowError)) throw error
          if (lost === 'answer') return { type: 'unanswered', token, atMs }
          return { type: 'refused', token, code: error.exceptionName, message: error.message, atMs }
        }
      }
    }
  }

  /** Until nothing is under way any more; `look` is called after each step. */
  settle(look: () => void = () => {}): void {
    while (this.requests.length + this.answers.length + this.inbox.length > 0) {
      if (this.inbox.length > 0) this.receive()
      else if (this.answers.length > 0) this.hear()
      else this.serve()
      look()
    }
  }

  /** Settles, and asks for the shadow once more, as the page does after a gap. */
  resync(look?: () => void): void {
    this.settle(look)
    const version = this.state.live.kind === 'shadow' ? this.state.live.document.version : undefined
    this.requests.push({ type: 'fetch', mark: { incarnation: this.state.incarnation, version } })
    this.settle(look)
  }

  get live(): ShadowState | undefined {
    return this.state.live.kind === 'shadow' ? this.state.live.document.shadow.state : undefined
  }
}
