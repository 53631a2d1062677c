/**
 * Topics by number, so that a message keeps four bytes of its topic. A number is free again once the last message with
 * it is gone: fifty thousand topics that never come back do not stay in memory.
 */
export class TopicInterner {
  readonly #ids = new Map<string, number>()
  readonly #topics: (string | undefined)[] = []
  readonly #free: number[] = []
  #uses = new Uint32Array(64)
  #epochs = new Uint32Array(64)
  #lastTopic = ''
  #lastId = -1

  get size(): number {
    return this.#ids.size
  }

  acquire(topic: string): number {
    const known = topic === this.#lastTopic && this.#lastId >= 0 ? this.#lastId : this.#ids.get(topic)
    if (known !== undefined) {
      this.#uses[known] = (this.#uses[known] ?? 0) + 1
      this.#lastTopic = topic
      this.#lastId = known
      return known
    }
    const id = this.#free.pop() ?? this.#topics.length
    if (id >= this.#uses.length) this.#grow()
    this.#ids.set(topic, id)
    this.#topics[id] = topic
    this.#uses[id] = 1
    this.#epochs[id] = (this.#epochs[id] ?? 0) + 1
    return id
  }

  /** True when the number is free again. */
  release(id: number): boolean {
    const uses = (this.#uses[id] ?? 0) - 1
    this.#uses[id] = uses
    if (uses > 0) return false
    const topic = this.#topics[id]
    if (topic === undefined) return false
    this.#ids.delete(topic)
    this.#topics[id] = undefined
    this.#free.push(id)
    if (id === this.#lastId) this.#lastId = -1
    return true
  }

  topicOf(id: number): string {
    return this.#topics[id] ?? ''
  }

  idOf(topic: string): number | undefined {
    return this.#ids.get(topic)
  }

  /** Changes when the number is given to another topic: whoever remembers something by number compares it. */
  epochOf(id: number): number {
    return this.#epochs[id] ?? 0
  }

  /** The topics in use, in no set order. */
  topics(): MapIterator<string> {
    return this.#ids.keys()
  }

  #grow(): void {
    const uses = new Uint32Array(this.#uses.length * 2)
    uses.set(this.#uses)
    this.#uses = uses
    const epochs = new Uint32Array(uses.length)
    epochs.set(this.#epochs)
    this.#epochs = epochs
  }
}
