import type { LiveClient } from './client.ts'
import type { WindowRequest, WindowView } from './engine/protocol.ts'

/** What is to be seen of a stream. */
export type WindowRange = Omit<WindowRequest, 'stream' | 'knownRevision'>

/** The next moment at which there is something to draw; never in a page in the background. */
export type Frame = () => Promise<unknown>

/**
 * What of a stream is on screen, kept up to date: one question under way at a time, answered by the worker when there
 * is news, and at most one a frame. It stands outside of React so that a frame redraws the rows and nothing else.
 */
export class WindowFeed {
  readonly #client: LiveClient
  readonly #stream: string
  readonly #frame: Frame
  readonly #listeners = new Set<() => void>()
  #range: WindowRange = { from: 'end', count: 0 }
  #view: WindowView | undefined
  /** Counts the questions that took the place of others; 0 while nobody listens. */
  #turn = 0
  #turns = 0

  constructor(client: LiveClient, stream: string, frame: Frame) {
    this.#client = client
    this.#stream = stream
    this.#frame = frame
  }

  readonly view = (): WindowView | undefined => this.#view

  /** Asks as long as somebody listens. Answers a function that ends the listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#turn = 0
    }
  }

  /** Shows another part from now on. */
  show(range: WindowRange): void {
    if (isSameRange(range, this.#range)) return
    this.#range = range
    if (this.#listeners.size > 0) this.#start()
  }

  #start(): void {
    this.#turns += 1
    this.#turn = this.#turns
    this.#ask(this.#turn).catch(() => {}) // the worker was closed: the person signed out
  }

  async #ask(turn: number): Promise<void> {
    let known: { knownRevision?: number } = {}
    while (turn === this.#turn) {
      const answer = await this.#client.call('live.window', { stream: this.#stream, ...this.#range, ...known })
      if (turn !== this.#turn || answer === undefined) return // a later question took its place
      known = { knownRevision: answer.revision }
      this.#view = answer
      for (const listener of this.#listeners) listener()
      await this.#frame()
    }
  }
}

function isSameRange(one: WindowRange, other: WindowRange): boolean {
  return (
    one.from === other.from &&
    one.count === other.count &&
    one.untilSequence === other.untilSequence &&
    one.ownTime === other.ownTime
  )
}
