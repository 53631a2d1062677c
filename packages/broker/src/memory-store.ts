import { messageBytes, ownMessage } from './own-message.ts'
import type { BrokerStore, Message, QueuedMessage, StoredSession } from './types.ts'

/** A {@link BrokerStore} that forgets with the process: for tests, and for brokers that need not remember. */
export function memoryStore(): BrokerStore {
  return new MemoryStore()
}

interface Queue {
  /** No message has a lower key. */
  firstKey: number
  lastKey: number
  messages: Map<number, Message>
}

class MemoryStore implements BrokerStore {
  readonly #sessions = new Map<string, StoredSession>()
  readonly #queues = new Map<string, Queue>()
  /** The last message that was enqueued, and the copy of it that all its queues share. */
  #lastEnqueued: { message: Message; own: Message } | undefined
  readonly #retained = new Map<string, Message>()
  #retainedBytes = 0
  /** Sorted when first asked for after a change of topics. */
  #retainedTopics: string[] | undefined

  sessions(): Iterable<StoredSession> {
    return [...this.#sessions.values()]
  }

  putSession(session: StoredSession): void {
    this.#sessions.set(session.clientId, { ...session, subscriptions: [...session.subscriptions] })
  }

  deleteSession(clientId: string): void {
    this.#sessions.delete(clientId)
    this.#queues.delete(clientId)
  }

  enqueue(owner: string, message: Message): number {
    let queue = this.#queues.get(owner)
    if (!queue) {
      queue = { firstKey: 1, lastKey: 0, messages: new Map() }
      this.#queues.set(owner, queue)
    }
    queue.lastKey++
    queue.messages.set(queue.lastKey, this.#ownCopy(message))
    return queue.lastKey
  }

  dequeue(owner: string, key: number): void {
    const queue = this.#queues.get(owner)
    if (!queue?.messages.delete(key)) return
    while (queue.firstKey <= queue.lastKey && !queue.messages.has(queue.firstKey)) queue.firstKey++
  }

  queue(owner: string, afterKey: number, limit: number): QueuedMessage[] {
    const page: QueuedMessage[] = []
    const queue = this.#queues.get(owner)
    if (!queue) return page
    for (let key = Math.max(queue.firstKey, afterKey + 1); key <= queue.lastKey && page.length < limit; key++) {
      const message = queue.messages.get(key)
      if (message) page.push({ key, message })
    }
    return page
  }

  queueLength(owner: string): number {
    return this.#queues.get(owner)?.messages.size ?? 0
  }

  queueBytes(owner: string): number {
    let bytes = 0
    for (const message of this.#queues.get(owner)?.messages.values() ?? []) bytes += messageBytes(message)
    return bytes
  }

  deleteQueue(owner: string): void {
    this.#queues.delete(owner)
  }

  retained(topic: string): Message | undefined {
    return this.#retained.get(topic)
  }

  retainedTopics(afterTopic: string | undefined, limit: number): Message[] {
    this.#retainedTopics ??= [...this.#retained.keys()].sort()
    const topics = this.#retainedTopics
    const from = afterTopic === undefined ? 0 : firstAfter(topics, afterTopic)
    return topics.slice(from, from + limit).flatMap((topic) => this.#retained.get(topic) ?? [])
  }

  retainedCount(): number {
    return this.#retained.size
  }

  retainedBytes(): number {
    return this.#retainedBytes
  }

  putRetained(message: Message): void {
    const earlier = this.#retained.get(message.topic)
    if (!earlier) this.#retainedTopics = undefined
    this.#retainedBytes += messageBytes(message) - (earlier ? messageBytes(earlier) : 0)
    this.#retained.set(message.topic, ownMessage(message))
  }

  /** A message goes to one queue after the other: its payload is there once, however many they are. */
  #ownCopy(message: Message): Message {
    if (this.#lastEnqueued?.message !== message) this.#lastEnqueued = { message, own: ownMessage(message) }
    return this.#lastEnqueued.own
  }

  deleteRetained(topic: string): void {
    const earlier = this.#retained.get(topic)
    if (!earlier) return
    this.#retained.delete(topic)
    this.#retainedBytes -= messageBytes(earlier)
    this.#retainedTopics = undefined
  }
}

/** The index of the first topic after `topic`. */
function firstAfter(topics: readonly string[], topic: string): number {
  let low = 0
  let high = topics.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((topics[middle] ?? '') <= topic) low = middle + 1
    else high = middle
  }
  return low
}
