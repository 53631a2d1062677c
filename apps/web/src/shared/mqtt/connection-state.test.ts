import { expect, test } from 'vitest'
import { type Connection, type ConnectionEvent, NOT_STARTED, nextConnection } from './connection-state.ts'

const at = (nowMs: number, random = 0) => ({ nowMs, random })

function after(...steps: readonly (readonly [ConnectionEvent, number])[]): Connection {
  return steps.reduce((state, [event, nowMs]) => nextConnection(state, event, at(nowMs)), NOT_STARTED)
}

const UP = [
  [{ type: 'start' }, 0],
  [{ type: 'credentials-ready' }, 10],
  [{ type: 'opened' }, 20],
] as const

test('start leads over credentials and CONNECT to connected', () => {
  expect(after([{ type: 'start' }, 0]).state).toEqual({ kind: 'fetching-credentials', attempt: 0 })
  expect(after(...UP).state).toEqual({ kind: 'connected', sinceMs: 20 })
})

test('a drop says when and why, and waits before it tries again', () => {
  const dropped = after(...UP, [{ type: 'lost', reason: 'keep alive timeout' }, 60_000])
  expect(dropped.state).toEqual({ kind: 'waiting', attempt: 0, retryAtMs: 60_500, reason: 'keep alive timeout' })
  expect(dropped.lastDrop).toEqual({ atMs: 60_000, reason: 'keep alive timeout' })
  expect(nextConnection(dropped, { type: 'retry' }, at(60_500)).state).toEqual({
    kind: 'fetching-credentials',
    attempt: 1,
  })
})

test('a connection that drops at once again and again waits longer each time', () => {
  let state = NOT_STARTED
  const waits: number[] = []
  for (let round = 0; round < 8; round++) {
    for (const event of [{ type: 'start' }, { type: 'credentials-ready' }, { type: 'opened' }] as const) {
      state = nextConnection(state, event, at(0))
    }
    state = nextConnection(state, { type: 'lost', reason: 'server busy' }, at(0))
    if (state.state.kind === 'waiting') waits.push(state.state.retryAtMs)
    state = nextConnection(state, { type: 'retry' }, at(0))
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits.at(-1)).toBe(15_000)
})

test('nobody signed in is final until someone starts again', () => {
  const failed = after(
    [{ type: 'start' }, 0],
    [{ type: 'credentials-refused', code: 'UNAUTHENTICATED', reason: 'Sign in', final: true }, 1],
  )
  expect(failed.state).toEqual({ kind: 'failed', code: 'UNAUTHENTICATED', reason: 'Sign in' })
  expect(nextConnection(failed, { type: 'retry' }, at(2))).toBe(failed)
  expect(nextConnection(failed, { type: 'start' }, at(2)).state.kind).toBe('fetching-credentials')
})

test('without a network nothing is tried; with it, at once', () => {
  const offline = after([{ type: 'start' }, 0], [{ type: 'went-offline' }, 1])
  expect(offline.state).toEqual({ kind: 'offline', attempt: 0 })
  expect(nextConnection(offline, { type: 'came-online' }, at(2)).state).toEqual({
    kind: 'fetching-credentials',
    attempt: 0,
  })
})

test('an open connection is believed until it fails, whatever the browser says', () => {
  const up = after(...UP)
  expect(nextConnection(up, { type: 'went-offline' }, at(30))).toBe(up)
})

test.each([
  [{ type: 'opened' }],
  [{ type: 'lost', reason: 'x' }],
  [{ type: 'credentials-ready' }],
  [{ type: 'retry' }],
] as const)('a late %o changes nothing when idle', (event) => {
  expect(nextConnection(NOT_STARTED, event, at(0))).toBe(NOT_STARTED)
})
