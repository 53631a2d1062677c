import { backoffMs } from './backoff.ts'

/**
 * The life of the console's MQTT session, as a pure state machine.
 *
 *     idle → fetching-credentials → connecting → connected
 *                   ↑        ↑          │            │
 *                   │        └ waiting ←┴────────────┘      a network that failed, a broker that hung up
 *                   └ offline ←──────────────────────       the browser has no network at all
 *     failed                                                nobody is signed in: only a person can mend it
 */
export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'fetching-credentials'; readonly attempt: number }
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'connected'; readonly sinceMs: number }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly retryAtMs: number; readonly reason: string }
  | { readonly kind: 'offline'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string }

/** `attempt` counts from 0 and starts again once a connection has lasted {@link STABLE_MS}. Times are epoch ms. */
export interface Connection {
  readonly state: ConnectionState
  /** Attempt to go on from when the present connection drops before it was stable. */
  readonly attempt: number
  /** Why and when the last established connection ended. */
  readonly lastDrop?: { readonly atMs: number; readonly reason: string }
}

export type ConnectionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'credentials-ready' }
  /** `final`: trying again cannot help (nobody is signed in). */
  | { readonly type: 'credentials-refused'; readonly code: string; readonly reason: string; readonly final: boolean }
  | { readonly type: 'opened' }
  /** The attempt to connect failed, or the connection that was open ended. */
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'retry' }
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-online' }

/** What a transition needs from the world: the clock (epoch ms) and a draw from [0, 1). */
export interface Moment {
  readonly nowMs: number
  readonly random: number
}

/** A connection that lasted this long was a good one: the next failure waits as little as a first one. */
const STABLE_MS = 10_000

export const NOT_STARTED: Connection = { state: { kind: 'idle' }, attempt: 0 }

export function nextConnection(before: Connection, event: ConnectionEvent, moment: Moment): Connection {
  const { state } = before
  switch (event.type) {
    case 'start':
      return state.kind === 'idle' || state.kind === 'failed' ? fetching(before, 0) : before
    case 'stop':
      return { ...before, state: { kind: 'idle' }, attempt: 0 }
    case 'credentials-ready':
      if (state.kind !== 'fetching-credentials') return before
      return { ...before, state: { kind: 'connecting', attempt: state.attempt } }
    case 'credentials-refused':
      if (state.kind !== 'fetching-credentials') return before
      if (event.final) return { ...before, state: { kind: 'failed', code: event.code, reason: event.reason } }
      return waiting(before, state.attempt, event.reason, moment)
    case 'opened':
      if (state.kind !== 'connecting') return before
      return { ...before, attempt: state.attempt, state: { kind: 'connected', sinceMs: moment.nowMs } }
    case 'lost':
      return lost(before, event.reason, moment)
    case 'retry':
      return state.kind === 'waiting' ? fetching(before, state.attempt + 1) : before
    case 'went-offline':
      return state.kind === 'waiting' || state.kind === 'fetching-credentials' || state.kind === 'connecting'
        ? { ...before, state: { kind: 'offline', attempt: state.attempt } }
        : before // an open connection is believed until it fails: `offline` is wrong on some machines
    case 'came-online':
      return state.kind === 'offline' || state.kind === 'waiting' ? fetching(before, 0) : before
  }
}

function fetching(before: Connection, attempt: number): Connection {
  return { ...before, state: { kind: 'fetching-credentials', attempt } }
}

function waiting(before: Connection, attempt: number, reason: string, { nowMs, random }: Moment): Connection {
  return { ...before, state: { kind: 'waiting', attempt, reason, retryAtMs: nowMs + backoffMs(attempt, random) } }
}

function lost(before: Connection, reason: string, moment: Moment): Connection {
  const { state } = before
  if (state.kind === 'connecting') return waiting(before, state.attempt, reason, moment)
  if (state.kind !== 'connected') return before
  const attempt = moment.nowMs - state.sinceMs >= STABLE_MS ? 0 : before.attempt + 1
  return waiting({ ...before, attempt, lastDrop: { atMs: moment.nowMs, reason } }, attempt, reason, moment)
}
