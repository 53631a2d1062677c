import { type BrokerStore, memoryStore } from '../src/index.ts'

/** A store whose commits can fail: what was written since the last one is gone then, as in a database on a full disk. */
export interface LossyStore extends BrokerStore {
  commit(): void
  /** The next commit fails, and those after it do not. */
  failNextCommit(): void
  /** The next write fails by itself, as with an I/O error. */
  failNextWrite(): void
}

type Write = (store: BrokerStore) => unknown

export function lossyStore(): LossyStore {
  const durable: Write[] = []
  let pending: Write[] = []
  let isFailing = false
  let isNextFailing = false
  let lastKey = 0
  let store = memoryStore()
  const write = <Result>(operation: (store: BrokerStore) => Result): Result => {
    if (isNextFailing) {
      isNextFailing = false
      throw new Error('disk I/O error')
    }
    pending.push(operation)
    return operation(store)
  }
  return {
    sessions: () => store.sessions(),
    putSession: (session) => write((each) => each.putSession({ ...session })),
    deleteSession: (clientId) => write((each) => each.deleteSession(clientId)),
    enqueue: (owner, message) => {
      lastKey = Math.max(
        lastKey,
        write((each) => each.enqueue(owner, message)),
      )
      return lastKey
    },
    dequeue: (owner, key) => write((each) => each.dequeue(owner, key)),
    queue: (owner, afterKey, limit) => store.queue(owner, afterKey, limit),
    queueLength: (owner) => store.queueLength(owner),
    queueBytes: (owner) => store.queueBytes(owner),
    deleteQueue: (owner) => write((each) => each.deleteQueue(owner)),
    retained: (topic) => store.retained(topic),
    retainedTopics: (afterTopic, limit) => store.retainedTopics(afterTopic, limit),
    retainedCount: () => store.retainedCount(),
    retainedBytes: () => store.retainedBytes(),
    putRetained: (message) => write((each) => each.putRetained(message)),
    deleteRetained: (topic) => write((each) => each.deleteRetained(topic)),
    commit: () => {
      if (!isFailing) {
        durable.push(...pending)
        pending = []
        return
      }
      isFailing = false
      pending = []
      store = memoryStore()
      for (const operation of durable) operation(store)
      throw new Error('the disk is full')
    },
    failNextCommit: () => {
      isFailing = true
    },
    failNextWrite: () => {
      isNextFailing = true
    },
  }
}
