import { expect, test } from 'vitest'
import type { Caller } from '../rpc/rpc.ts'
import { createMqttClient } from './client.ts'
import type { MqttNotices, MqttProcedures } from './protocol.ts'
import { type MqttStatus, NO_STATUS } from './status.ts'
import type { SubscriptionStatus } from './subscription-table.ts'

/** A client, and the worker's part: what it says of the session. */
function clientOfWorker() {
  let say: (status: MqttStatus) => void = () => {}
  const caller: Caller<MqttProcedures, MqttNotices> = {
    call: () => Promise.reject(new Error('nothing is called here')),
    tell: () => {},
    listen(notice, listener) {
      if (notice === 'mqtt.status') say = listener as typeof say // of this notice
      return () => {}
    },
    close: () => {},
  }
  const client = createMqttClient(caller)
  return {
    client,
    say: (kind: 'connecting' | 'connected', subscriptions: Readonly<Record<string, SubscriptionStatus['kind']>>) =>
      say({
        ...NO_STATUS,
        connection: { state: kind === 'connected' ? { kind, sinceMs: 0 } : { kind, attempt: 0 }, attempt: 0 },
        subscriptions: Object.entries(subscriptions).map(([filter, status]) => ({
          filter,
          qos: 0,
          status:
            status === 'active'
              ? { kind: status, qos: 0 }
              : status === 'refused'
                ? { kind: status, code: 0x87, reason: 'not authorized' }
                : { kind: status },
        })),
      }),
  }
}

test('what is listened to before the session is connected is told once that it is heard from now on', () => {
  const { client, say } = clientOfWorker()
  const begun: string[] = []
  const tap = (name: string, filters: readonly string[]) =>
    client.tap(
      filters.map((filter) => ({ filter, qos: 0 })),
      { onMessage: () => {}, onBegun: () => begun.push(name) },
    )
  tap('early', ['a', 'b'])
  tap('left', ['a'])()
  say('connecting', { a: 'pending', b: 'pending' })
  say('connected', { a: 'active', b: 'pending' })
  expect(begun).toEqual([])
  say('connected', { a: 'active', b: 'refused' })
  say('connected', { a: 'active', b: 'refused' })
  expect(begun).toEqual(['early'])

  // Where the session is connected, a subscription takes no longer than the first look, which begins with it.
  tap('late', ['c'])
  say('connected', { a: 'active', b: 'refused', c: 'pending' })
  say('connected', { a: 'active', b: 'refused', c: 'active' })
  expect(begun).toEqual(['early'])
})
