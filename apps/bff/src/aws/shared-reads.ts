/**
 * Lets callers who ask for the same at once share one answer. It is given up when all of them have left, and who comes
 * after it was there asks anew: nothing is remembered.
 */
export class SharedReads<Answer> {
  readonly #running = new Map<string, Running<Answer>>()

  /**
   * @param key says what is asked for, whole
   * @throws what `read` throws; or the signal's reason, as soon as this caller leaves
   */
  async read(
    key: string,
    read: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Answer> {
    signal.throwIfAborted()
    const running = this.#running.get(key) ?? this.#begin(key, read)
    running.waiting += 1
    let leave = () => {}
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([running.answer, left])
    } finally {
      signal.removeEventListener('abort', leave)
      running.waiting -= 1
      if (running.waiting === 0) {
        this.#end(key, running)
        running.controller.abort()
      }
    }
  }

  #begin(key: string, read: (signal: AbortSignal) => Promise<Answer>): Running<Answer> {
    const controller = new AbortController()
    const running = { controller, answer: read(controller.signal), waiting: 0 }
    this.#running.set(key, running)
    running.answer.then(
      () => this.#end(key, running),
      () => this.#end(key, running), // told to whoever waits
    )
    return running
  }

  #end(key: string, running: Running<Answer>): void {
    if (this.#running.get(key) === running) this.#running.delete(key)
  }
}

interface Running<Answer> {
  readonly controller: AbortController
  readonly answer: Promise<Answer>
  waiting: number
}
