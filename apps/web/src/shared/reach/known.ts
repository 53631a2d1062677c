import type { UseQueryResult } from '@tanstack/react-query'
import { serverClock } from '../clock/server-clock.ts'
import { isDown, useServerReach } from './server-reach.ts'

/** What is known of something that changes by itself: how it stands now, or how it stood when it was asked last. */
export interface Known<T> {
  /** Undefined before anything is known. */
  readonly value: T | undefined
  /** Whether this is how it stands now, as far as one who asks can tell. */
  readonly isCurrent: boolean
  /** When `value` was learned (epoch ms, by the server's clock). */
  readonly knownAtMs: number | undefined
  /** Why it is not known now, in a sentence. */
  readonly whyNot: string | undefined
}

/**
 * What a query knows, and whether it still does: an answer of before is no knowledge of now once the next was refused,
 * or while the console's server does not answer at all.
 */
export function useKnown<T>(query: UseQueryResult<T>): Known<T> {
  const reach = useServerReach()
  const { data, dataUpdatedAt, error, failureReason } = query
  const failure = error ?? failureReason
  const whyNot = isDown(reach) ? reach.reason : failure?.message
  return {
    value: data,
    isCurrent: data !== undefined && whyNot === undefined,
    knownAtMs: data === undefined ? undefined : serverClock.fromLocal(dataUpdatedAt),
    whyNot,
  }
}
