import type { UseQueryResult } from '@tanstack/react-query'
import { serverClock } from '../clock/server-clock.ts'
import { type SessionState, useSessionState } from '../session/session-state.ts'
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

const WHY_NOT_ASKED: Readonly<Record<SessionState, string | undefined>> = {
  active: undefined,
  ended: 'You are signed out: nothing is asked until you sign in again.',
  'other-person': 'Somebody else is signed in now: nothing is asked here any more.',
}

/**
 * What a query knows, and whether it still does: an answer of before is no knowledge of now once the next was refused,
 * while the console's server does not answer at all, or once nobody is signed in who could ask.
 */
export function useKnown<T>(query: UseQueryResult<T>): Known<T> {
  const reach = useServerReach()
  const { data, dataUpdatedAt, error, failureReason } = query
  const failure = error ?? failureReason
  const session = useSessionState()
  // Nothing is asked for a person who is not signed in, and so nothing fails either.
  const whyNot = WHY_NOT_ASKED[session] ?? (isDown(reach) ? reach.reason : failure?.message)
  return {
    value: data,
    isCurrent: data !== undefined && whyNot === undefined,
    knownAtMs: data === undefined ? undefined : serverClock.fromLocal(dataUpdatedAt),
    whyNot,
  }
}
