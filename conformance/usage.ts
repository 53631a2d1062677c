/** What a check uses, by what AWS bills it by. */
export interface Usage {
  /** How often each operation is called, by its name. */
  readonly calls: Readonly<Record<string, number>>
  /** Metered messages of MQTT: CONNECT, SUBSCRIBE, PUBLISH to and from the broker. */
  readonly messages: number
  /** Connections of a minute each: none of a check lasts longer. */
  readonly connections: number
}

/** Counts what goes out. A call that is repeated until AWS is consistent counts once: how often that is nobody knows. */
export class UsageCounter {
  #calls = new Map<string, number>()
  #messages = 0
  #connections = 0
  #repeating = 0

  call(operation: string): void {
    if (this.#repeating === 0) this.#calls.set(operation, (this.#calls.get(operation) ?? 0) + 1)
  }

  messages(count = 1): void {
    if (this.#repeating === 0) this.#messages += count
  }

  connection(): void {
    if (this.#repeating === 0) this.#connections += 1
  }

  /** While it runs, nothing is counted. */
  async repeating<Answer>(again: () => Promise<Answer>): Promise<Answer> {
    this.#repeating += 1
    try {
      return await again()
    } finally {
      this.#repeating -= 1
    }
  }

  /** What was counted since the last time it was taken. */
  take(): Usage {
    const calls = Object.fromEntries([...this.#calls].sort(([left], [right]) => (left < right ? -1 : 1)))
    const usage = { calls, messages: this.#messages, connections: this.#connections }
    this.#calls = new Map()
    this.#messages = 0
    this.#connections = 0
    return usage
  }
}
