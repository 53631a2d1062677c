import { expect, test } from 'vitest'
import type { ConnectionState } from '../../../../shared/mqtt/connection-state.ts'
import { openGapWords } from './open-gap.tsx'

const openGap = { fromMs: new Date(2026, 0, 1, 10, 2, 3, 4).getTime(), reason: 'the network connection was lost' }

test.each<[ConnectionState, RegExp]>([
  [{ kind: 'waiting', attempt: 0, retryAtMs: 0, reason: 'refused' }, /reconnecting …$/],
  [{ kind: 'connected', sinceMs: 0 }, /reconnecting …$/], // connected, but not subscribed again yet
  [{ kind: 'offline', attempt: 0 }, /once the browser has a network$/],
  [{ kind: 'failed', code: 'NOT_SIGNED_IN', reason: 'nobody is signed in' }, /not reconnecting: nobody is signed in$/],
])('since when, why and what is done about it: %o', (state, end) => {
  const words = openGapWords({ openGap, connection: { state, attempt: 0 } }, undefined)
  expect(words).toMatch(/^Disconnected since 10:02:03.004: the network connection was lost\. What .* QoS 0/)
  expect(words).toMatch(end)
})

test('an open connection of a browser without a network is probably silent', () => {
  const connection = { state: { kind: 'connected', sinceMs: 0 }, attempt: 0 } as const
  expect(openGapWords({ connection }, openGap.fromMs)).toMatch(/no network since 10:02:03.004/)
  expect(openGapWords({ connection }, undefined)).toBeUndefined()
})
