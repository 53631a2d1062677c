// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SYSTEM_CLOCK } from '../../../../shared/mqtt/clock.ts'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import type { RowView, WindowView } from '../../protocol/stream.ts'
import { TURN_MS } from '../turns.ts'
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
  // Each look at the clock finds a turn used up, so that a search takes one look's rows a turn.
  let spentMs = 0
  const turns = {
    next: (action: () => void) => {
      waiting.push(action)
    },
    nowMs: () => {
      spentMs += TURN_MS
      return spentMs
    },
  }
  const stream = new LiveStream({ maxBytes: 1_000_000, maxRows }, { clock, turns, stateOf: () => undefined })
  stream.configure({ subscriptions, filterText: '' })
  return {
    stream,
    turn: () => {
      for (const action of waiting.splice(0)) action()
    },
    /** As many turns as it takes. */
    finish: () => {
      while (waiting.length > 0) waiting.shift()?.()
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
  expect(view).toMatchObject({ end: 25, counters: { received: 25, kept: 10, agedOut: 15 } })
  expect(texts((await look(15, 2)).rows)).toEqual(['15', '16'])
})

test('what aged out is a hole, marked where the list begins now, with a filter or without', async () => {
  const { stream, say, look } = setUp(10)
  for (let n = 0; n < 10; n++) say('dt/a', String(n))
  expect(await look(0, 1)).toMatchObject({ first: 0, rows: [{ kind: 'message' }] })
  for (let n = 10; n < 25; n++) say('dt/a', String(n))
  const hole = { kind: 'gap', gap: { cause: 'ring-full', reason: '15 messages aged out to make room for newer ones' } }
  expect(await look(-100, 2)).toMatchObject({ first: 14, from: 14, rows: [hole, { preview: '15' }], shown: 10 })
  stream.configure({ ...stream.configuration(), filterText: '24' })
  expect(await look('end', 5)).toMatchObject({ shown: 1, filtered: 9, rows: [hole, { preview: '24' }] })
  expect(stream.shown.gap(14)).toMatchObject(hole.gap)
  stream.clear()
  expect((await look('end', 5)).rows).toEqual([])
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
  const { stream, say, look, turn, finish } = setUp(5_000)
  for (let n = 0; n < 4_500; n++) say('dt/a', n === 600 || n === 4_000 ? 'needle' : 'hay')
  stream.configure({ ...stream.configuration(), filterText: 'needle' })
  expect(await look()).toMatchObject({
    isComplete: false,
    shown: 0,
    filtered: 4_500,
    filter: { state: 'searching', scanned: 512, total: 4_500 },
  })
  turn()
  expect(await look()).toMatchObject({ shown: 1, filter: { state: 'searching', scanned: 1_024 } })
  finish()
  expect(await look()).toMatchObject({ isComplete: true, shown: 2, filtered: 4_498, filter: { state: 'complete' } })
})

test('a cancelled search keeps what it found and goes on with what comes', async () => {
  const { stream, say, look, finish } = setUp(5_000)
  for (let n = 0; n < 4_500; n++) say('dt/a', n === 10 || n === 4_000 ? 'needle' : 'hay')
  stream.configure({ ...stream.configuration(), filterText: 'needle' })
  stream.cancelSearch()
  finish()
  say('dt/a', 'needle too')
  expect(await look()).toMatchObject({ shown: 2, filtered: 4_499, filter: { state: 'cancelled' } })
})

test('a filter that cannot be read says why, and what the one before it shows stays', async () => {
  const { stream, say, look } = setUp()
  say('dt/a', 'hay')
  say('dt/a', 'straw')
  stream.configure({ ...stream.configuration(), filterText: 'hay' })
  stream.configure({ ...stream.configuration(), filterText: 'hay /(/' })
  const problem = { from: 5, to: 6, message: 'This group is not closed.' }
  say('dt/a', 'hay again')
  expect(await look()).toMatchObject({ shown: 2, filtered: 1, filter: { state: 'problem', problem } })
  stream.clear()
  say('dt/a', 'straw')
  say('dt/a', 'hay')
  const view = await look()
  expect(view).toMatchObject({ shown: 1, filtered: 1, filter: { state: 'problem', problem } })
  expect(texts(view.rows)).toEqual(['hay'])
})

test('a filter that cannot be read from the start shows everything', async () => {
  const { stream, say, look } = setUp()
  stream.configure({ ...stream.configuration(), filterText: '/(/' })
  say('dt/a', 'hay')
  expect(await look()).toMatchObject({ shown: 1, filtered: 0, filter: { state: 'problem' } })
})

test('what a muted subscription alone brings is kept and counted, not shown', async () => {
  const { stream, say, look } = setUp(100, [
    { filter: 'dt/#', qos: 0 },
    { filter: 'dt/a', qos: 0 },
  ])
  say('dt/a', '1')
  say('dt/b', '2')
  const muted = [
    { filter: 'dt/#', qos: 0 as const, muted: true },
    { filter: 'dt/a', qos: 0 as const },
  ]
  stream.configure({ subscriptions: muted, filterText: '' })
  expect(await look()).toMatchObject({ shown: 1, filtered: 1, counters: { kept: 2 } })
  expect((await look()).filter).toBeUndefined()
  stream.configure({ subscriptions: muted.map(({ muted: _, ...rest }) => rest), filterText: '' })
  expect(await look()).toMatchObject({ shown: 2, filtered: 0 })
})

test('a pause leaves a row that says how many came meanwhile', async () => {
  const { stream, say, look } = setUp()
  stream.setPaused(true)
  stream.setPaused(false)
  stream.setPaused(true)
  expect((await look()).pausedAtMs).toBeDefined()
  say('dt/a', '1')
  say('dt/a', '2')
  stream.setPaused(false)
  const { rows, counters } = await look()
  expect(rows.at(-1)).toMatchObject({
    kind: 'gap',
    gap: { cause: 'paused', reason: '2 messages came meanwhile and are kept' },
  })
  expect(counters).toMatchObject({ received: 2, gaps: 1 })
})

test('a row is found again under another filter, or the shown one next to it', () => {
  const { stream, say } = setUp()
  for (let n = 0; n < 10; n++) say('dt/a', n % 3 === 0 ? `third ${n}` : String(n))
  expect(stream.shown.locate(4)).toEqual({ position: 4, sequence: 4 })
  expect(stream.shown.locate(10)).toBeUndefined()
  stream.configure({ ...stream.configuration(), filterText: 'third' })
  expect(stream.shown.locate(6)).toEqual({ position: 2, sequence: 6 })
  expect(stream.shown.locate(4)).toBeUndefined()
  expect(stream.shown.locate(4, 'next')).toEqual({ position: 2, sequence: 6 })
  expect(stream.shown.locate(4, 'previous')).toEqual({ position: 1, sequence: 3 })
  expect(stream.shown.locate(0, 'previous')).toEqual({ position: 0, sequence: 0 })
  expect(stream.shown.locate(99, 'next')).toBeUndefined()
  expect(stream.shown.locate(99, 'previous')).toEqual({ position: 3, sequence: 9 })
})

test('messages of one topic, newest first, page by page', () => {
  const { stream, say } = setUp()
  for (let n = 0; n < 10; n++) say(n % 2 === 0 ? 'dt/even' : 'dt/odd', String(n))
  const page = stream.topicMessages('dt/even', 2)
  expect(page.map(({ preview }) => preview)).toEqual(['8', '6'])
  expect(stream.topicMessages('dt/even', 2, 6).map(({ preview }) => preview)).toEqual(['4', '2'])
  expect(stream.topicMessages('dt/none', 2)).toEqual([])
  expect(stream.message(8)).toMatchObject({ previousOnTopic: 6, subscriptions: [0] })
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
  expect(stream.message(1)).toBeUndefined()
  expect(stream.shown.gap(1)).toEqual({ fromMs: 1, toMs: 2, reason: 'the network connection was lost' })
  expect(stream.shown.gap(2)).toBeUndefined()
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

test.each([
  ['$[0].2', 'A member named 2 was looked for: a place in a list, or a number that is a key, is [2].'],
  ['$.v[-1]', '[-1] is a key of CBOR: places in a list are counted from its beginning, [0].'],
  ['topic:dt/b', 'No message was kept whose topic matches dt/b when this was searched.'],
  ['-topic:dt/a', undefined],
  ['topic:dt/a $.v', undefined],
])('the filter %s says why it finds nothing: %s', async (filterText, note) => {
  const { stream, say, finish, look } = setUp()
  say('dt/a', '{"v":[1]}')
  stream.configure({ subscriptions: [], filterText })
  finish()
  const notes = (await look()).filter?.notes.filter((each) => !each.startsWith('Only JSON')) ?? []
  expect(notes).toEqual(note === undefined ? [] : [note])
})

test('what was cleared comes back before what came since, under its numbers and by the filter of now', async () => {
  const { stream, say, look } = setUp()
  say('dt/a', 'old')
  stream.clear()
  say('dt/a', 'new')
  stream.configure({ subscriptions: [{ filter: 'dt/#', qos: 0 }], filterText: 'topic:dt/#' })
  expect(stream.undoClear()).toBe(true)
  const view = await look()
  expect(texts(view.rows)).toEqual(['old', 'new'])
  expect(view).toMatchObject({ first: 0, end: 2, shown: 2, counters: { received: 2, kept: 2, agedOut: 0 } })
  expect(
    await stream.tree({ stream: 's', from: 0, count: 10, expanded: [], filterText: '', sort: 'name' }),
  ).toMatchObject({ rows: [{ count: 2 }] })
  expect(stream.undoClear()).toBe(false)
})

test('what was cleared is gone on with when it comes back: the order of what came since is that of all', async () => {
  const { stream, say, look } = setUp()
  stream.configure({ subscriptions: [{ filter: 'dt/#', qos: 0 }], filterText: '', sequencePath: '$.n' })
  for (const n of [1, 2]) say('dt/a', `{"n":${n}}`)
  stream.clear()
  for (const n of [4, 3]) say('dt/a', `{"n":${n}}`)
  stream.undoClear()
  const { rows, delivery } = await look()
  expect(rows.map((row) => row.kind === 'message' && row.order)).toEqual([undefined, undefined, 'skipped', 'late'])
  expect(delivery).toMatchObject({ skipped: 1, late: 1, missing: 0 })
})

test('what was cleared is gone after a minute, or once much has come since', async () => {
  const clock = new TestClock()
  const turns = { next: (action: () => void) => action(), nowMs: () => 0 }
  const stream = new LiveStream({ maxBytes: 1e6, maxRows: 8 }, { clock, turns, stateOf: () => undefined })
  const say = () =>
    stream.push({ topic: 'dt/a', payload: ENCODER.encode('1'), qos: 0, retain: false, dup: false, receivedAtMs: 0 })
  say()
  stream.clear()
  await clock.advance(60_000)
  expect(stream.undoClear()).toBe(false)
  say()
  stream.clear()
  for (let count = 0; count < 3; count++) say()
  expect(stream.undoClear()).toBe(false)
})

test('a message is handed out whole, until it ages out', () => {
  const { stream, say } = setUp(1)
  say('dt/a', 'first')
  say('dt/a', 'second')
  expect(stream.message(0)).toBeUndefined()
  expect(stream.message(1)).toMatchObject({ topic: 'dt/a', payload: ENCODER.encode('second') })
})

test('of the last five minutes, what grows older leaves', async () => {
  const clock = new TestClock()
  const turns = { next: (action: () => void) => action(), nowMs: () => 0 }
  const stream = new LiveStream({ maxBytes: 1e6, maxRows: 100 }, { clock, turns, stateOf: () => undefined })
  stream.configure({ subscriptions: [{ filter: 'dt/#', qos: 0 }], filterText: 'last:5m' })
  for (let minute = 0; minute < 10; minute++) {
    const payload = ENCODER.encode(String(minute))
    stream.push({ topic: 'dt/a', payload, qos: 0, retain: false, dup: false, receivedAtMs: clock.nowMs() })
    await clock.advance(60_000)
  }
  const view = await stream.window({ stream: 's', from: 'end', count: 100 })
  expect(texts(view?.rows ?? [])).toEqual(['5', '6', '7', '8', '9'])
  expect(view).toMatchObject({ shown: 5, filtered: 5, first: 5, end: 10 })
})

const doing = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom('a', 'ab', 'b', '7') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('gap', 'clear', 'undo', 'pause', 'resume', 'turn', 'cancel') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('filter' as const), text: fc.constantFrom('', 'a', '-b', '/[/') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('budget' as const), rows: fc.integer({ min: 1, max: 30 }) }) },
)

test('whatever happens, received = kept + aged out, shown = kept − filtered, and the rows are those counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 80 }), async (steps) => {
      const { stream, say, look, turn } = setUp(20)
      for (const step of steps) {
        if (step.do === 'say' && 'text' in step) say('dt/a', step.text)
        else if (step.do === 'gap') stream.pushGap({ fromMs: 0, toMs: 1, reason: 'gone' })
        else if (step.do === 'clear') stream.clear()
        else if (step.do === 'undo') stream.undoClear()
        else if (step.do === 'pause' || step.do === 'resume') stream.setPaused(step.do === 'pause')
        else if (step.do === 'turn') turn()
        else if (step.do === 'cancel') stream.cancelSearch()
        else if ('rows' in step) {
          const budget = { maxBytes: 1_000_000, maxRows: step.rows }
          stream.configure({ ...stream.configuration(), budget })
        } else if ('text' in step) stream.configure({ ...stream.configuration(), filterText: step.text })
        const { counters, shown, filtered, rows, first, end } = await look('end', 1_000)
        expect(counters.received).toBe(counters.kept + counters.agedOut)
        expect(shown).toBe(counters.kept - filtered)
        expect(rows).toHaveLength(end - first)
        expect(rows.filter(({ kind }) => kind === 'message')).toHaveLength(shown)
      }
    }),
  )
})

test('the messages between two rows: those that are shown, without the gaps, whichever was chosen first', () => {
  const { stream, say } = setUp(5)
  for (let n = 0; n < 3; n++) say('dt/a', String(n))
  stream.pushGap({ fromMs: 1, toMs: 2, reason: 'the network connection was lost' })
  for (let n = 4; n < 8; n++) say('dt/a', String(n))
  expect(stream.shown.messagesBetween(6, 4)).toEqual([4, 5, 6])
  expect(stream.shown.messagesBetween(0, 5)).toEqual([4, 5]) // the gap is at 3, what is before it aged out
  stream.configure({ ...stream.configuration(), filterText: '/[57]/' })
  expect(stream.shown.messagesBetween(4, 7)).toEqual([5, 7])
})
