// @vitest-environment node
import { expect, test } from 'vitest'
import { SYSTEM_CLOCK } from '../../../shared/mqtt/clock.ts'
import type { RowView, WindowView } from './protocol.ts'
import { LiveStream } from './stream.ts'

const ENCODER = new TextEncoder()

/** A stream whose timers never run but when asked: `turn()` runs what waits. */
function setUp(maxRows = 1_000, subscriptions = [{ filter: 'dt/#', qos: 0 as const }]) {
  const waiting: (() => void)[] = []
  const clock = {
    nowMs: SYSTEM_CLOCK.nowMs,
    after: (_delayMs: number, action: () => void) => {
      waiting.push(action)
      return () => {}
    },
  }
  const stream = new LiveStream({ maxBytes: 1_000_000, maxRows }, clock, () => undefined)
  stream.configure({ subscriptions, filterText: '' })
  return {
    stream,
    turn: () => {
      for (const action of waiting.splice(0)) action()
    },
    say: (topic: string, text: string) =>
      stream.push({ topic, payload: ENCODER.encode(text), qos: 0, retain: false, dup: false, receivedAtMs: 5 }),
    look: async (from: number | 'end' = 'end', count = 10, untilSequence?: number): Promise<WindowView> => {
      const view = await stream.window({
        stream: 's',
        from,
        count,
        ...(untilSequence === undefined ? {} : { untilSequence }),
      })
      if (!view) throw new Error('superseded')
      return view
    },
  }
}

const texts = (rows: readonly RowView[]) => rows.map((row) => (row.kind === 'gap' ? 'gap' : row.preview))

test('the end of the stream, and any part of it by position', async () => {
  const { say, look } = setUp()
  for (let n = 0; n < 30; n++) say('dt/a', String(n))
  expect(texts((await look('end', 3)).rows)).toEqual(['27', '28', '29'])
  const part = await look(4, 2)
  expect(texts(part.rows)).toEqual(['4', '5'])
  expect(part).toMatchObject({ first: 0, end: 30, from: 4, shown: 30 })
})

test('a position stays that of its row when older ones age out', async () => {
  const { say, look } = setUp(10)
  for (let n = 0; n < 25; n++) say('dt/a', String(n))
  const view = await look(20, 2)
  expect(texts(view.rows)).toEqual(['20', '21'])
  expect(view).toMatchObject({ first: 15, end: 25, counters: { received: 25, kept: 10, agedOut: 15 } })
  expect(texts((await look(0, 2)).rows)).toEqual(['15', '16'])
})

test('a filter looks at what is kept and at what comes, and positions hold in it too', async () => {
  const { stream, say, look } = setUp(100)
  for (let n = 0; n < 200; n++) say('dt/a', n % 2 === 0 ? `even ${n}` : `odd ${n}`)
  stream.configure({ ...stream.configuration(), filterText: 'EVEN' })
  const before = await look('end', 2)
  expect(texts(before.rows)).toEqual(['even 196', 'even 198'])
  expect(before).toMatchObject({ shown: 50, isComplete: true, counters: { received: 200, kept: 100 } })
  say('dt/a', 'even 200')
  say('dt/a', 'odd 201')
  const after = await look(before.end - 1, 2)
  expect(texts(after.rows)).toEqual(['even 198', 'even 200'])
  expect(after.first).toBe(before.first + 1)
})

test('a long search goes on turn by turn, and shows what it found so far', async () => {
  const { stream, say, look, turn } = setUp(50_000)
  for (let n = 0; n < 45_000; n++) say('dt/a', n === 44_000 ? 'needle' : 'hay')
  stream.configure({ ...stream.configuration(), filterText: 'needle' })
  expect(await look()).toMatchObject({ isComplete: false, shown: 0 })
  turn()
  turn()
  expect(await look()).toMatchObject({ isComplete: true, shown: 1 })
})

test('paused: what comes later is kept but not shown', async () => {
  const { stream, say, look } = setUp()
  say('dt/a', 'one')
  const { nextSequence } = await look()
  say('dt/a', 'two')
  expect(await look('end', 10, nextSequence)).toMatchObject({ end: 1, counters: { received: 2 } })
  stream.configure({ ...stream.configuration(), filterText: 'o' })
  expect(texts((await look('end', 10, nextSequence)).rows)).toEqual(['one'])
})

test('who knows the newest revision waits for the next; a later request takes its place', async () => {
  const { stream, say, look } = setUp()
  const { revision } = await look()
  const first = stream.window({ stream: 's', from: 'end', count: 1, knownRevision: revision })
  const second = stream.window({ stream: 's', from: 'end', count: 1, knownRevision: revision })
  expect(await first).toBeUndefined()
  say('dt/a', 'news')
  expect(texts((await second)?.rows ?? [])).toEqual(['news'])
})

test('a gap is a row of the stream, passes every filter and is no message', async () => {
  const { stream, say, look } = setUp()
  say('dt/a', 'before')
  stream.pushGap({ fromMs: 1, toMs: 2, reason: 'the network connection was lost' })
  say('dt/a', 'after')
  stream.configure({ ...stream.configuration(), filterText: 'after' })
  const view = await look()
  expect(texts(view.rows)).toEqual(['gap', 'after'])
  expect(view).toMatchObject({ shown: 1, counters: { received: 2, gaps: 1 } })
})

test('each subscription counts what it matched, and a row names the first that did', async () => {
  const { say, look } = setUp(100, [
    { filter: 'dt/+/temp', qos: 0 },
    { filter: 'dt/#', qos: 0 },
  ])
  say('dt/a/temp', '1')
  say('dt/b', '2')
  const view = await look()
  expect(view.subscriptions.map(({ received }) => received)).toEqual([1, 2])
  expect(view.rows.map((row) => (row.kind === 'message' ? row.subscription : undefined))).toEqual([0, 1])
})

test('clear empties the list and counts from nothing', async () => {
  const { stream, say, look } = setUp()
  say('dt/a', 'old')
  stream.clear()
  say('dt/a', 'new')
  expect(await look()).toMatchObject({ first: 1, end: 2, counters: { received: 1, kept: 1, agedOut: 0 } })
})

test('a message is handed out whole, until it ages out', () => {
  const { stream, say } = setUp(1)
  say('dt/a', 'first')
  say('dt/a', 'second')
  expect(stream.message(0)).toBeUndefined()
  expect(stream.message(1)).toMatchObject({ topic: 'dt/a', payload: ENCODER.encode('second') })
})
