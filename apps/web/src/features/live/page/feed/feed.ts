/** What the worker answers: `revision` tells whether there is news. */
export interface Revised {
  readonly revision: number
}

/**
 * One question to the worker. With `knownRevision` it is answered once there is something newer; undefined when a later
 * question took its place, or what is asked about is gone.
 */
export type Ask<Request, View extends Revised> = (
  request: Request & { readonly knownRevision?: number },
) => Promise<View | undefined>

/** When the next question may be asked, e.g. with the next frame. `before`: the view that this one took the place of. */
export type Pace<View> = (view: View, before: View | undefined) => Promise<unknown>

/**
 * A part of what the worker holds, kept up to date: one question under way at a time, answered when there is news, and
 * none faster than the pace. It stands outside of React, so that news draw again only what shows them.
 */
export class Feed<Request extends object, View extends Revised> {
  readonly #ask: Ask<Request, View>
  readonly #pace: Pace<View>
  readonly #listeners = new Set<() => void>()
  #request: Request
  #view: View | undefined
  /** Counts the questions that took the place of others; 0 while nobody listens. */
  #turn = 0
  #turns = 0

  constructor(ask: Ask<Request, View>, first: Request, pace: Pace<View>) {
    this.#ask = ask
    this.#request = first
    this.#pace = pace
  }

  readonly view = (): View | undefined => this.#view

  /** Asks as long as somebody listens. Answers a function that ends the listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#turn = 0
    }
  }

  /** Asks something else from now on. */
  show(request: Request): void {
    if (JSON.stringify(request) === JSON.stringify(this.#request)) return
    this.#request = request
    if (this.#listeners.size > 0) this.#start()
  }

  /** Asks again: for after another question about the same, which took the place of the one under way. */
  refresh(): void {
    if (this.#listeners.size > 0) this.#start()
  }

  #start(): void {
    this.#turns += 1
    this.#turn = this.#turns
    this.#listen(this.#turn).catch(() => {}) // the worker was closed: the person signed out
  }

  async #listen(turn: number): Promise<void> {
    let known: { knownRevision?: number } = {}
    while (turn === this.#turn) {
      const answer = await this.#ask({ ...this.#request, ...known })
      if (turn !== this.#turn || answer === undefined) return
      known = { knownRevision: answer.revision }
      const before = this.#view
      this.#view = answer
      for (const listener of this.#listeners) listener()
      await this.#pace(answer, before)
    }
  }
}
