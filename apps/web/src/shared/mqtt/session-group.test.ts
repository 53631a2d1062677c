// @vitest-environment node
import { expect, test } from 'vitest'
import type { MqttMessage } from './message.ts'
import { MqttSessionGroup } from './session-group.ts'
import { fewestConnections, type SpreadWish, whyNotShare } from './spread-plan.ts'
import type { MqttStatus } from './status.ts'
import { TestClock } from './test-clock.ts'
import { TestLine } from './test-line.ts'

const credentials = { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiresAt: '' }

function setUp(refuses: readonly string[] = ['secret/']) {
  const clock = new TestClock()
  const lines: TestLine[] = []
  const heard: [message: MqttMessage, consumers: readonly string[]][] = []
  const limits: string[] = []
  const standstills: [fromMs: number, toMs: number][] = []
  const gaps: { fromMs: number; toMs: number; reason: string }[] = []
  let status: MqttStatus | undefined
  const group = new MqttSessionGroup(
    {
      clock,
      random: () => 0,
      tabId: 'tab',
      fetchCredentials: async () => ({
        info: {
          url: 'wss://iot.example/mqtt',
          region: 'us-east-1',
          clientIdPrefix: 'console-ada-',
          sessionKey: 'key',
          credentials,
        },
        expiresAtMs: clock.nowMs() + 3_600_000,
      }),
      sign: async ({ info }) => info.url,
      openLine: async (options, handlers) => {
        const line = new TestLine(options, handlers, refuses)
        lines.push(line)
        return line
      },
    },
    {
      onMessage: (message, consumers) => heard.push([message, consumers]),
      onStatus: (next) => {
        status = next
      },
      onGap: (fromMs, toMs, reason) => gaps.push({ fromMs, toMs, reason }),
      onStandstill: (fromMs, toMs) => standstills.push([fromMs, toMs]),
      onLimit: (_from, _to, reason) => limits.push(reason),
    },
  )
  const line = (index: number) => {
    const found = lines[index]
    if (!found) throw new Error(`no connection ${index}`)
    return found
  }
  return {
    clock,
    group,
    lines,
    line,
    heard,
    limits,
    standstills,
    gaps,
    status: () => status,
    /** Each line passes on so many messages a second, for so long. */
    flow: async (seconds: number, perSecond: readonly number[], topic = 'dt/a') => {
      for (let second = 0; second < seconds; second++) {
        for (const [index, count] of perSecond.entries()) {
          for (let n = 0; n < count; n++) line(index).says(topic, `${index} ${second} ${n}`)
        }
        await clock.advance(1_000)
      }
    },
  }
}

const filters = (count: number) => Array.from({ length: count }, (_, n) => ({ filter: `dt/${n}/#`, qos: 0 as const }))

test('fifty subscriptions are one connection; the fifty-first opens another', async () => {
  const { group, clock, lines, line, status } = setUp()
  group.start()
  group.setSubscriptions('live', filters(50))
  await clock.advance(0)
  expect(lines).toHaveLength(1)
  group.setSubscriptions('live', filters(60))
  await clock.advance(0)
  expect(lines).toHaveLength(2)
  expect([line(0).filters.size, line(1).filters.size]).toEqual([50, 10])
  expect(line(1).clientId).not.toBe(line(0).clientId)
  expect(line(1).clientId.startsWith('console-ada-')).toBe(true)
  expect(status()?.spread?.reasons[0]).toMatch(/^60 topic filters are more than the 50/)
  expect(status()?.spread?.costs).not.toEqual([])
  expect(status()?.subscriptions.every(({ status: { kind } }) => kind === 'active')).toBe(true)
  group.setSubscriptions('live', filters(50))
  await clock.advance(0)
  expect(line(1).ended).toBe(true)
  expect(status()?.connections).toBeUndefined()
})

test('told not to spread, what finds no place is refused in words', async () => {
  const { group, clock, lines, status } = setUp()
  group.setSpread({ mode: 'off', maxConnections: 8 })
  group.start()
  group.setSubscriptions('live', filters(51))
  await clock.advance(0)
  expect(lines).toHaveLength(1)
  expect(status()?.spread?.unplaced).toEqual(['dt/50/#'])
  expect(group.subscription('dt/50/#')?.status).toMatchObject({ kind: 'refused', code: 0x97 })
})

test('a topic of filters on several connections is taken once, also when one of them is away', async () => {
  const { group, clock, line, heard } = setUp()
  group.start()
  group.setSubscriptions('live', [...filters(50), { filter: 'dt/+/#', qos: 0 }])
  group.setSubscriptions('tap', [{ filter: 'dt/7/x', qos: 0 }])
  await clock.advance(0)
  expect(line(1).filters).toEqual(new Set(['dt/+/#', 'dt/7/x']))
  line(0).says('dt/7/x')
  line(1).says('dt/7/x')
  expect(heard.flatMap(([, consumers]) => consumers).sort()).toEqual(['live', 'tap'])
  line(0).handlers.onClose('gone')
  line(1).says('dt/7/x')
  expect(heard.at(-1)?.[1].toSorted()).toEqual(['live', 'tap'])
})

test('a rate that stands at the limit is marked, and a connection more is offered', async () => {
  const { group, clock, flow, limits, status, line, lines } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(4, [100])
  expect(status()?.spread?.offer).toBeUndefined()
  await flow(2, [100])
  expect(status()?.spread?.offer).toMatchObject({ connections: 2 })
  group.acceptSpread()
  await clock.advance(0)
  expect(lines).toHaveLength(2)
  expect([...line(0).filters]).toEqual(['$share/thingdeck-tab/dt/#'])
  expect([...line(1).filters]).toEqual(['$share/thingdeck-tab/dt/#'])
  expect(group.subscription('dt/#')?.status).toEqual({ kind: 'active', qos: 0 })
  expect(status()?.spread).toMatchObject({ shared: ['dt/#'], connections: 2 })
  expect(limits).toEqual([
    expect.stringMatching(/^the connection stood at 100 messages a second/),
    'subscriptions were moved between connections: messages of that moment may be missing',
  ])
})

test('each message of a shared subscription comes once, on whichever connection', async () => {
  const { group, clock, flow, line, heard } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(6, [100])
  group.acceptSpread()
  await clock.advance(0)
  heard.length = 0
  line(0).says('dt/a', '1')
  line(1).says('dt/a', '2')
  expect(heard.map(([, consumers]) => consumers)).toEqual([['live'], ['live']])
})

test('where it is automatic it goes on until the limit is not reached any more', async () => {
  const { group, clock, flow, lines, status } = setUp()
  group.setSpread({ mode: 'auto', maxConnections: 4 })
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(6, [100])
  expect(lines).toHaveLength(2)
  await flow(7, [100, 100])
  expect(lines).toHaveLength(4)
  await flow(8, [100, 100, 100, 100])
  expect(lines).toHaveLength(4)
  expect(status()?.connections?.map(({ messagesPerSecond }) => messagesPerSecond)).toEqual([100, 100, 100, 100])
})

test('a rate above the limit shows that there is none here', async () => {
  const { group, clock, flow, limits, status } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(3, [500])
  await flow(8, [100])
  expect(status()?.spread?.offer).toBeUndefined()
  expect(limits).toEqual([])
})

test('a burst at the beginning, which a limit lets through, does not hide it', async () => {
  const { group, clock, flow, status } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(1, [200])
  await flow(6, [100])
  expect(status()?.spread?.offer).toMatchObject({ connections: 2 })
})

test('the end of a time at the limit leaves a mark in the stream', async () => {
  const { group, clock, flow, limits } = setUp()
  group.setSpread({ mode: 'off', maxConnections: 1 })
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(6, [100])
  await flow(1, [20])
  expect(limits).toEqual([expect.stringMatching(/^the connection stood at 100 messages a second/)])
})

test('several filters are set apart before one is shared', async () => {
  const { group, clock, lines, line, status } = setUp()
  group.start()
  group.setSubscriptions('live', [
    { filter: 'a/#', qos: 0 },
    { filter: 'b/#', qos: 0 },
  ])
  await clock.advance(0)
  for (let second = 0; second < 6; second++) {
    for (let n = 0; n < 100; n++) line(0).says(n % 2 === 0 ? 'a/x' : 'b/x')
    await clock.advance(1_000)
  }
  expect(status()?.spread?.offer?.reason).toBe('b/# would have a connection of its own.')
  group.acceptSpread()
  await clock.advance(0)
  expect(lines.map(({ filters: each }) => [...each])).toEqual([['a/#'], ['b/#']])
})

test('a role that may not share keeps its one connection, and is told', async () => {
  const { group, clock, flow, line, status } = setUp(['$share/'])
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(0)
  await flow(6, [100])
  group.acceptSpread()
  await clock.advance(0)
  line(0).says('dt/a')
  await clock.advance(1_000)
  expect([...line(0).filters]).toEqual(['dt/#'])
  expect(status()?.spread?.reasons).toEqual(['dt/# cannot be shared: not authorized.'])
})

test.each([
  ['dt/#', ['dt/#', 'cmd/#'], undefined],
  ['dt/#', ['dt/#', 'dt/pump-7/#'], 'dt/# has topics in common with dt/pump-7/#'],
  ['dt/#', ['dt/#', '+/x'], 'dt/# has topics in common with +/x'],
  ['$share/a/dt/#', ['$share/a/dt/#'], '$share/a/dt/# is a shared subscription already'],
])('whether %s can be shared beside %j: %s', (filter, others, why) => {
  expect(whyNotShare(filter, others)).toBe(why)
})

test('a plan moves no filter that need not move', () => {
  const strategy = fewestConnections('s', { subscriptions: 2, messagesPerSecond: 100 })
  const wish = (names: string, present: ReadonlyMap<string, number> = new Map()): SpreadWish => ({
    requests: [...names].map((filter) => ({ filter, qos: 0 })),
    settings: { mode: 'offer', maxConnections: 3 },
    shares: new Map(),
    apart: new Set(),
    present,
  })
  const first = strategy.plan(wish('abcde'))
  expect(first.connections.map((each) => each.map(({ filter }) => filter).join(''))).toEqual(['ab', 'cd', 'e'])
  const second = strategy.plan(wish('bcdef', first.places))
  expect(second.connections.map((each) => each.map(({ filter }) => filter).join(''))).toEqual(['bf', 'cd', 'e'])
  expect(strategy.plan(wish('abcdefg')).unplaced).toEqual(['g'])
})

test('after a standstill what waited bears from when on it may have come, until the broker has answered', async () => {
  const { group, clock, line, heard, standstills, gaps } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(10_000)
  const stoppedAtMs = clock.nowMs()
  line(0).hold()
  clock.sleep(20_000)
  line(0).says('dt/a', 'waited') // before any timer: messages are handed over first
  await clock.advance(1_500)
  line(0).says('dt/a', 'perhaps')
  line(0).release()
  await clock.advance(0)
  line(0).says('dt/a', 'new')
  expect(standstills).toEqual([[stoppedAtMs, stoppedAtMs + 20_000]])
  expect(heard.map(([{ notBeforeMs }]) => notBeforeMs)).toEqual([stoppedAtMs, stoppedAtMs, undefined])
  expect(gaps).toEqual([])
})

test('a connection that is found closed after a standstill may have been so all the time', async () => {
  const { group, clock, line, lines, heard, standstills, gaps } = setUp()
  group.start()
  group.setSubscriptions('live', [{ filter: 'dt/#', qos: 0 }])
  await clock.advance(10_000)
  const stoppedAtMs = clock.nowMs()
  line(0).hold()
  clock.sleep(65_000)
  line(0).says('dt/a', 'waited')
  line(0).handlers.onClose('keep-alive timeout (0x8d)')
  await clock.advance(5_000)
  expect(lines).toHaveLength(2)
  expect(standstills).toHaveLength(1)
  expect(heard.map(([{ notBeforeMs }]) => notBeforeMs)).toEqual([stoppedAtMs])
  expect(gaps).toMatchObject([{ fromMs: stoppedAtMs, reason: expect.stringContaining('when is not known') }])
  expect(gaps[0]?.toMs).toBeGreaterThanOrEqual(stoppedAtMs + 65_000)
  line(1).says('dt/a', 'new')
  expect(heard.at(-1)?.[0].notBeforeMs).toBeUndefined()
})

test('a standstill is noticed without a message too; being busy for two seconds is none', async () => {
  const { group, clock, standstills } = setUp()
  group.start()
  await clock.advance(5_000)
  clock.sleep(2_000)
  await clock.advance(1_000)
  expect(standstills).toEqual([])
  clock.sleep(60_000)
  await clock.advance(0)
  expect(standstills).toHaveLength(1)
})
