// @vitest-environment node
import { expect, test } from 'vitest'
import { CredentialsRefused, type MqttCredentials } from './credentials.ts'
import type { MqttMessage } from './message.ts'
import { MqttSession } from './session.ts'
import type { MqttStatus } from './status.ts'
import { TestClock } from './test-clock.ts'
import { TestLine } from './test-line.ts'

const LIFE_MS = 3_600_000

/** @param lifeMs how long credentials seem to live, by the clock */
function setUp({ lifeMs = LIFE_MS } = {}) {
  const clock = new TestClock()
  const lines: TestLine[] = []
  const heard: { message: MqttMessage; consumers: readonly string[] }[] = []
  const gaps: { fromMs: number; toMs: number; reason: string }[] = []
  const world = { refuse: undefined as Error | undefined, fetches: 0, signed: 0 }
  let status: MqttStatus | undefined
  const session = new MqttSession(
    {
      clock,
      random: () => 0,
      tabId: 'tab',
      async fetchCredentials(): Promise<MqttCredentials> {
        world.fetches += 1
        if (world.refuse instanceof CredentialsRefused) throw world.refuse
        const expiresAtMs = clock.nowMs() + lifeMs
        const credentials = { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiresAt: '' }
        const info = {
          url: 'wss://iot.example/mqtt',
          region: 'us-east-1',
          clientIdPrefix: 'console-ada-',
          sessionKey: 'key',
          credentials,
        }
        return { info, expiresAtMs }
      },
      async sign(credentials) {
        world.signed += 1
        return `${credentials.info.url}?signature=${world.signed}`
      },
      async openLine(options, handlers) {
        if (world.refuse) throw world.refuse
        const line = new TestLine(options, handlers)
        lines.push(line)
        return line
      },
    },
    {
      onMessage: (message, consumers) => heard.push({ message, consumers }),
      onStatus: (next) => {
        status = next
      },
      onGap: (fromMs, toMs, reason) => gaps.push({ fromMs, toMs, reason }),
    },
  )
  return {
    clock,
    session,
    lines,
    heard,
    gaps,
    world,
    status: () => status,
    line: (index = lines.length - 1) => {
      const line = lines[index]
      if (!line) throw new Error(`no connection ${index}`)
      return line
    },
  }
}

const texts = (heard: readonly { readonly message: MqttMessage }[]) =>
  heard.map(({ message }) => new TextDecoder().decode(message.payload))

test('subscribes to what was wished for before, and hands messages to whoever wanted them', async () => {
  const { session, clock, line, heard, status } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 1 }])
  session.start()
  await clock.advance(0)
  expect(status()?.connection.state.kind).toBe('connected')
  expect(status()?.subscriptions).toEqual([{ filter: 'dt/#', qos: 1, status: { kind: 'active', qos: 1 } }])
  line().says('dt/pump-7', '{}')
  expect(heard.map(({ message, consumers }) => [message.topic, consumers])).toEqual([['dt/pump-7', ['live']]])
})

test('a filter that the broker refuses says so, and the others stand', async () => {
  const { session, clock, status } = setUp()
  session.start()
  await clock.advance(0)
  session.setSubscriptions('live', [
    { filter: 'dt/#', qos: 0 },
    { filter: 'secret/#', qos: 0 },
  ])
  await clock.advance(0)
  expect(status()?.subscriptions.map(({ status: { kind } }) => kind)).toEqual(['active', 'refused'])
})

test('comes back by itself: same client id, same broker session, signed anew, subscribed again, the gap marked', async () => {
  const { session, clock, lines, line, gaps, world, status } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(20_000)
  const droppedAtMs = clock.nowMs()
  line().handlers.onClose('the network connection was lost')
  expect(status()?.connection.state).toMatchObject({ kind: 'waiting', reason: 'the network connection was lost' })
  expect(status()?.subscriptions[0]?.status.kind).toBe('pending')
  await clock.advance(500)
  expect(status()?.connection.state.kind).toBe('connected')
  expect(lines).toHaveLength(2)
  expect(line(1).clientId).toBe(line(0).clientId)
  expect([line(0).options.cleanStart, line(1).options.cleanStart]).toEqual([true, false])
  expect(line(1).options.url).not.toBe(line(0).options.url)
  expect([...line(1).filters]).toEqual(['dt/#'])
  expect(gaps).toEqual([{ fromMs: droppedAtMs, toMs: droppedAtMs + 500, reason: 'the network connection was lost' }])
  expect(world.fetches).toBe(1)
})

test('while the stream is broken off it says since when and why, until what was wished for is subscribed to again', async () => {
  const { session, clock, line, world, status } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(0)
  expect(status()).not.toHaveProperty('openGap')
  const fromMs = clock.nowMs()
  world.refuse = new Error('no way to the broker')
  line().handlers.onClose('the network connection was lost')
  await clock.advance(60_000)
  expect(status()?.openGap).toEqual({ fromMs, reason: 'the network connection was lost' })
  world.refuse = undefined
  await clock.advance(60_000)
  expect(status()?.connection.state.kind).toBe('connected')
  expect(status()).not.toHaveProperty('openGap')
})

test('messages that come with the CONNACK of a resumed session are not lost', async () => {
  const { session, clock, line, heard, lines } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 1 }])
  session.start()
  await clock.advance(20_000)
  line().handlers.onClose('gone')
  const push = lines.push.bind(lines)
  lines.push = (...opened) => {
    for (const each of opened) each.says('dt/queued')
    return push(...opened)
  }
  await clock.advance(500)
  expect(heard.map(({ message }) => message.topic)).toEqual(['dt/queued'])
})

test('credentials are fetched anew after an attempt to connect failed', async () => {
  const { session, clock, world, status } = setUp()
  world.refuse = new Error('the endpoint could not be reached')
  session.start()
  await clock.advance(0)
  expect(status()?.connection.state).toMatchObject({ kind: 'waiting', reason: 'the endpoint could not be reached' })
  world.refuse = undefined
  await clock.advance(500)
  expect(status()?.connection.state.kind).toBe('connected')
  expect(world.fetches).toBe(2)
})

test('signed out is final', async () => {
  const { session, clock, world, status } = setUp()
  world.refuse = new CredentialsRefused('SIGNED_OUT', 'You are signed out.', true)
  session.start()
  await clock.advance(120_000)
  expect(status()?.connection.state).toEqual({ kind: 'failed', code: 'SIGNED_OUT', reason: 'You are signed out.' })
  expect(world.fetches).toBe(1)
})

test('before credentials expire a successor takes over: no message lost, none twice', async () => {
  const { session, clock, lines, line, heard, gaps, status } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(0)
  const expiredAtMs = status()?.credentialsExpireAtMs ?? 0
  await clock.advance(LIFE_MS - 5 * 60_000)
  expect(lines).toHaveLength(2)
  expect([...line(1).filters]).toEqual(['dt/#'])
  line(0).says('dt/a', '1')
  line(1).says('dt/a', '1')
  line(1).says('dt/a', '2')
  line(0).says('dt/a', '2')
  line(1).says('dt/a', '2')
  line(0).says('dt/a', '2')
  await clock.advance(1_000)
  line(1).says('dt/a', '3')
  expect(line(0).ended).toBe(true)
  expect(line(1).clientId).not.toBe(line(0).clientId)
  expect(texts(heard)).toEqual(['1', '2', '2', '3'])
  expect(gaps).toEqual([])
  expect(status()?.connection.state.kind).toBe('connected')
  expect(status()?.credentialsExpireAtMs).toBeGreaterThan(expiredAtMs)
})

test('a renewal that fails is tried again while the old connection goes on', async () => {
  const { session, clock, lines, line, world } = setUp()
  session.start()
  await clock.advance(0)
  world.refuse = new Error('busy')
  await clock.advance(LIFE_MS - 5 * 60_000)
  expect(line(0).ended).toBe(false)
  world.refuse = undefined
  await clock.advance(31_000)
  expect(lines).toHaveLength(2)
  expect(line(0).ended).toBe(true)
})

test('a successor that falls behind passes nothing on twice, however long the broker takes', async () => {
  const { session, clock, line, heard } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(LIFE_MS - 5 * 60_000)
  line(1).hold() // what was asked of it is answered when it gets round to it
  for (const text of ['1', '2', '3']) line(0).says('dt/a', text)
  await clock.advance(30_000)
  for (const text of ['1', '2', '3']) line(1).says('dt/a', text)
  line(1).release()
  await clock.advance(30_000)
  line(1).says('dt/a', '3')
  expect(texts(heard)).toEqual(['1', '2', '3', '3'])
})

test('an old connection that falls behind is heard out, however long it takes', async () => {
  const { session, clock, line, lines, heard } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(0)
  line(0).hold()
  await clock.advance(LIFE_MS - 5 * 60_000)
  expect(lines).toHaveLength(2)
  line(1).says('dt/a', '2')
  await clock.advance(20_000)
  expect(line(0).ended).toBe(false)
  line(0).says('dt/a', '1')
  line(0).says('dt/a', '2')
  line(0).release()
  await clock.advance(900)
  line(0).says('dt/b', 'overtaken by the answer')
  await clock.advance(900)
  expect(line(0).ended).toBe(false)
  await clock.advance(100)
  expect(line(0).ended).toBe(true)
  expect(line(0).filters.size).toBe(0)
  expect(texts(heard)).toEqual(['2', '1', 'overtaken by the answer'])
})

test('what is retained does not come anew with a successor; what is shared comes on one connection only', async () => {
  const { session, clock, line, heard } = setUp()
  session.setSubscriptions('live', [
    { filter: 'dt/#', qos: 0 },
    { filter: '$share/desk/orders/#', qos: 0 },
  ])
  session.start()
  await clock.advance(LIFE_MS - 5 * 60_000)
  line(1).says('dt/a', 'kept', { retain: true })
  line(0).says('orders/a', 'same')
  line(1).says('orders/a', 'same')
  expect(texts(heard)).toEqual(['same', 'same'])
})

test('the old connection may fail while its successor is being subscribed', async () => {
  const { session, clock, lines, line, status } = setUp()
  const push = lines.push.bind(lines)
  lines.push = (...opened) => {
    if (lines.length > 0) for (const each of opened) each.hold()
    return push(...opened)
  }
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(LIFE_MS - 5 * 60_000)
  line(0).handlers.onClose('gone')
  expect(line(1).ended).toBe(true)
  await clock.advance(500)
  line(2).release()
  await clock.advance(0)
  expect(status()?.connection.state.kind).toBe('connected')
  expect([...line(2).filters]).toEqual(['dt/#'])
})

test('the old connection may fail once its successor is subscribed: nothing has happened', async () => {
  const { session, clock, lines, line, heard, gaps, status } = setUp()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  session.start()
  await clock.advance(LIFE_MS - 5 * 60_000)
  line(0).handlers.onClose('gone')
  line(1).says('dt/a', '1')
  await clock.advance(5_000)
  expect(lines).toHaveLength(2)
  expect(status()?.connection.state.kind).toBe('connected')
  expect(texts(heard)).toEqual(['1'])
  expect(gaps).toEqual([])
})

test('whatever is wanted within a round trip, the last wish is what the broker ends up with', async () => {
  const { session, clock, line, status } = setUp()
  session.start()
  await clock.advance(0)
  line().hold()
  const want = (...filters: string[]) =>
    session.setSubscriptions(
      'live',
      filters.map((filter) => ({ filter, qos: 0 })),
    )
  want('dt/a')
  want('dt/x')
  want()
  line().release()
  await clock.advance(0)
  expect([...line().filters]).toEqual([])
  expect(line().asked).toEqual(['SUBSCRIBE dt/a', 'UNSUBSCRIBE dt/a'])
  want('dt/a')
  line().hold()
  want()
  want('dt/a')
  line().release()
  await clock.advance(0)
  expect([...line().filters]).toEqual(['dt/a'])
  expect(status()?.subscriptions[0]?.status.kind).toBe('active')
})

test('what was let go while there was no connection is taken out of the broker’s session', async () => {
  const { session, clock, line } = setUp()
  session.setSubscriptions('live', [
    { filter: 'dt/a', qos: 0 },
    { filter: 'dt/b', qos: 0 },
  ])
  session.start()
  await clock.advance(20_000)
  line().handlers.onClose('the network connection was lost')
  session.setSubscriptions('live', [{ filter: 'dt/b', qos: 0 }])
  await clock.advance(500)
  expect(line(1).options.cleanStart).toBe(false)
  expect(line(1).asked).toEqual(['UNSUBSCRIBE dt/a', 'SUBSCRIBE dt/b'])
})

test.each([2, -2])('a clock that is %i hours off renews no more often than one that is right', async (hours) => {
  const { session, clock, world } = setUp({ lifeMs: LIFE_MS - hours * 3_600_000 })
  session.start()
  await clock.advance(60_000)
  expect(world.fetches).toBeLessThanOrEqual(7)
})

test('stop ends the connection, and late news from it change nothing', async () => {
  const { session, clock, line, heard, status } = setUp()
  session.start()
  await clock.advance(0)
  session.stop()
  expect(line().ended).toBe(true)
  line().says('dt/late')
  line().handlers.onClose('late')
  expect(heard).toEqual([])
  expect(status()?.connection.state.kind).toBe('idle')
  await expect(session.publish({ topic: 'a', payload: new Uint8Array(), qos: 0 })).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  })
})

test('a session that was stopped and goes on has a hole, and other credentials', async () => {
  const { session, clock, world, gaps } = setUp()
  session.start()
  session.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(5_000)
  const stoppedAtMs = clock.nowMs()
  session.stop()
  await clock.advance(60_000)
  session.start()
  await clock.advance(0)
  expect(world.fetches).toBe(2)
  expect(gaps).toEqual([{ fromMs: stoppedAtMs, toMs: stoppedAtMs + 60_000, reason: 'nobody was signed in' }])
})

test('the rate is that of the last second', async () => {
  const { session, clock, line, status } = setUp()
  session.start()
  await clock.advance(0)
  for (let n = 0; n < 7; n++) line().says('dt/a', String(n))
  await clock.advance(1_000)
  expect(status()).toMatchObject({ messagesPerSecond: 7, received: 7 })
  await clock.advance(1_000)
  expect(status()?.messagesPerSecond).toBe(0)
})
