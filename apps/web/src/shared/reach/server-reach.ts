import { useSyncExternalStore } from 'react'
import { serverNow } from '../clock/server-clock.ts'

/** Whether the console's server answers. What AWS or MQTT do is another matter: a refusal is an answer. */
export interface Reach {
  /** Requests in a row that were not answered. */
  readonly failures: number
  /** Why the last was not, for a person. Empty while it answers. */
  readonly reason: string
  /** When it answered last (epoch ms, by its own clock); undefined before it did. */
  readonly answeredAtMs: number | undefined
}

/** One request may be lost on the way; two in a row are no accident. */
const FAILURES_OF_DOWN = 2

export const isDown = ({ failures }: Reach): boolean => failures >= FAILURES_OF_DOWN

const listeners = new Set<() => void>()
let reach: Reach = { failures: 0, reason: '', answeredAtMs: undefined }
let answeredAtMs: number | undefined
let answers = 0

/** What every request of the page tells here. */
export const serverReach = {
  get: (): Reach => reach,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** How many requests it answered so far. */
  answers: (): number => answers,
  answered(): void {
    answers += 1
    answeredAtMs = serverNow()
    if (reach.failures === 0 && reach.answeredAtMs !== undefined) return // nobody who listens has anything to change
    set({ failures: 0, reason: '', answeredAtMs })
  },
  /** @param reason a sentence */
  unanswered(reason: string): void {
    set({ failures: reach.failures + 1, reason, answeredAtMs })
  },
}

function set(next: Reach): void {
  reach = next
  for (const listener of listeners) listener()
}

export const useServerReach = (): Reach => useSyncExternalStore(serverReach.subscribe, serverReach.get)
