/**
 * Topics by number, so that a message keeps four bytes of its topic. A number is free again once the last message with
 * it is gone: fifty thousand topics that never come back do not stay in memory.
 */
export class TopicInterner {
  readonly #ids = new Map<string, number>()
  readonly #topics: (string | undefined)[] = []
  readonly #uses: number[] = []
  readonly #free: number[] = []

  get size(): number {
    return this.#ids.size
  }

  acquire(topic: string): number {
    const known = this.#ids.get(topic)
    if (known !== undefined) {
      this.#uses[known] = (this.#uses[known] ?? 0) + 1
      return known
    }
    const id = this.#free.pop() ?? this.#topics.length
    this.#ids.set(topic, id)
    this.#topics[id] = topic
    this.#uses[id] = 1
    return id
  }

  release(id: number): void {
    const uses = (this.#uses[id] ?? 0) - 1
    this.#uses[id] = uses
    if (uses > 0) return
    const topic = this.#topics[id]
    if (topic === undefined) return
    this.#ids.delete(topic)
    this.#topics[id] = undefined
    this.#free.push(id)
  }

  topicOf(id: number): string {
    return this.#topics[id] ?? ''
  }
}
