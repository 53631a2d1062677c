// @vitest-environment node
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { MqttMessage, PublishRequest } from '../../../../shared/mqtt/message.ts'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import type { ReplayOptions } from '../../protocol/record.ts'
import type { RowView } from '../../protocol/stream.ts'
import { LiveStream } from '../stream/stream.ts'
import { Tasks } from '../tasks/tasks.ts'
import { eventLoopTurns } from '../turns.ts'
import { recordProcedures } from './record-procedures.ts'

const ENCODER = new TextEncoder()
const turns = eventLoopTurns()

function setUp() {
  const clock = new TestClock()
  const tasks = new Tasks(clock)
  const streams = new Map<string, LiveStream>()
  const published: (PublishRequest & { atMs: number })[] = []
  const beginMs = clock.nowMs()
  const create = (name: string) => {
    const stream = new LiveStream({ maxBytes: 1e7, maxRows: 10_000 }, { clock, turns, stateOf: () => undefined })
    streams.set(name, stream)
    return stream
  }
  const calls = {
    ...tasks.procedures(),
    ...recordProcedures({
      clock,
      turns,
      tasks,
      endpoint: () => 'broker.test',
      streams: { get: (name) => streams.get(name), create },
      outlet: {
        isConnected: () => true,
        publish: async (request) => {
          published.push({ ...request, atMs: clock.nowMs() - beginMs })
          return {}
        },
      },
    }),
  }
  const live = create('main')
  live.configure({ subscriptions: [{ filter: 'dt/#', qos: 1 }], filterText: '' })
  const say = (topic: string, payload: string | Uint8Array, more: Partial<MqttMessage> = {}) => {
    const bytes = typeof payload === 'string' ? ENCODER.encode(payload) : payload
    live.push({ topic, payload: bytes, qos: 0, retain: false, dup: false, receivedAtMs: clock.nowMs(), ...more })
  }
  const rowsOf = async (name: string): Promise<readonly RowView[]> =>
    (await streams.get(name)?.window({ stream: name, from: 0, count: 10_000 }))?.rows ?? []
  return { calls, clock, live, say, published, streams, rowsOf, tasks }
}

/** The task once it is over. */
async function lastView({ calls }: Pick<ReturnType<typeof setUp>, 'calls'>, task: string) {
  let view = await calls['live.task']({ task })
  while (view?.state === 'running') view = await calls['live.task']({ task, knownRevision: view.revision })
  return view
}

let world = setUp()
beforeEach(() => {
  world = setUp()
})

const properties = fc.record(
  {
    payloadFormatIndicator: fc.boolean(),
    messageExpiryIntervalSeconds: fc.nat(),
    contentType: fc.string(),
    responseTopic: fc.string(),
    correlationData: fc.uint8Array({ minLength: 1 }),
    userProperties: fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }),
  },
  { requiredKeys: [] },
)
const message = fc.record({
  topic: fc.string({ unit: 'grapheme', minLength: 1 }),
  payload: fc.uint8Array(),
  qos: fc.constantFrom(0 as const, 1 as const),
  retain: fc.boolean(),
  dup: fc.boolean(),
  receivedAtMs: fc.integer({ min: 1, max: 4e12 }),
  properties,
})
const sometimesLate = fc.oneof(
  message,
  fc.tuple(message, fc.nat()).map(([each, notBeforeMs]) => ({ ...each, notBeforeMs })),
)

test('what was recorded is what was received, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sometimesLate, { maxLength: 20 }), async (messages) => {
      const { calls, live, streams } = setUp()
      calls['live.startRecording']({ stream: 'main', owner: 'ada' })
      for (const each of messages) live.push(each)
      live.pushGap({ fromMs: 1, toMs: 2, reason: 'gone', cause: 'broker-limit' })
      const recording = await calls['live.stopRecording']({ stream: 'main' })
      expect(recording).toMatchObject({ messages: messages.length, gaps: 1 })
      const file = recording?.blob ?? new Blob()
      await calls['live.openRecording']({ task: 'o', stream: 'copy', file, fileName: 'x.jsonl.gz' })
      await lastView({ calls }, 'o')
      const copy = streams.get('copy')
      for (const [sequence, { properties: given, ...rest }] of messages.entries()) {
        const { correlationData, ...others } = given
        const stored = copy?.ring.get(sequence)
        expect(stored).toMatchObject({ ...rest, payload: Uint8Array.from(rest.payload) })
        if (stored?.kind !== 'message') throw new Error('no message')
        const { correlationData: kept, ...keptOthers } = stored.properties ?? {}
        expect(keptOthers).toEqual(others)
        expect(kept && [...kept]).toEqual(correlationData && [...correlationData])
      }
      expect(copy?.ring.get(messages.length)).toMatchObject({ kind: 'gap', gap: { cause: 'broker-limit' } })
      expect(copy?.origin).toMatchObject({ isWhole: true, fileName: 'x.jsonl.gz', endpoint: 'broker.test' })
    }),
    { numRuns: 30 },
  )
})

test('an exported recording of what is kept can be opened; so can one without gzip', async () => {
  const { calls, say, rowsOf, streams } = world
  for (let n = 0; n < 300; n++) say('dt/a', `message ${n}`)
  const scope = { kind: 'kept' } as const
  const { blob, fileName } = await calls['live.export']({ task: 'e', stream: 'main', scope, format: 'recording' })
  expect(fileName).toMatch(/^recording-2023-11-14T22-13-20Z\.jsonl\.gz$/)
  await calls['live.openRecording']({ task: 'o', stream: 'copy', file: blob, fileName })
  await lastView(world, 'o')
  expect((await rowsOf('copy')).map((row) => row.kind === 'message' && row.preview)).toHaveLength(300)
  const plain = new Blob([gunzipSync(Buffer.from(await blob.arrayBuffer()))])
  await calls['live.openRecording']({ task: 'p', stream: 'plain', file: plain, fileName })
  await lastView(world, 'p')
  expect(streams.get('plain')?.ring.counters().received).toBe(300)
  expect(await calls['live.task']({ task: 'p' })).toMatchObject({ state: 'done', done: 300, total: 300 })
})

test('a recording that breaks off gives what it has, and says so', async () => {
  const { calls, say, streams } = world
  for (let n = 0; n < 3_000; n++) say('dt/a', `message ${n} ${Math.sin(n)}`)
  const scope = { kind: 'kept' } as const
  const { blob } = await calls['live.export']({ task: 'e', stream: 'main', scope, format: 'recording' })
  const file = blob.slice(0, Math.floor(blob.size / 2))
  await calls['live.openRecording']({ task: 'o', stream: 'half', file, fileName: 'half' })
  const task = await lastView(world, 'o')
  expect(task).toMatchObject({ state: 'done', note: 'The recording breaks off: its last line is missing.' })
  expect(streams.get('half')?.origin).toMatchObject({ isWhole: false })
  const { received } = streams.get('half')?.ring.counters() ?? { received: 0 }
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(3_000)
})

test('what comes before a wrong line stays, counted whole, and nobody waits for more', async () => {
  const { calls, streams } = world
  const line = (n: number) => `{"atMs":${n},"topic":"dt/a","payload":"${btoa(`${Math.sin(n)}`)}","qos":0}\n`
  const lines = Array.from({ length: 50_000 }, (_, n) => line(n)).join('')
  const file = new Blob(['{"thingdeck":"recording","version":1,"startedAtMs":1}\n', lines, 'wrong\n', line(1)])
  await calls['live.openRecording']({ task: 'o', stream: 'x', file, fileName: 'x' })
  const problem = 'Line 50002 is none of a recording.'
  expect(await lastView(world, 'o')).toMatchObject({ state: 'failed', done: 50_000, note: problem })
  expect(streams.get('x')?.origin).toMatchObject({ reading: 'over', isWhole: false, problem, endedAtMs: 49_999 })
  expect(streams.get('x')?.ring.counters().received).toBe(50_000)
})

test.each<[text: string | Uint8Array<ArrayBuffer>, words: string]>([
  ['', 'This file is empty.'],
  [Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0), 'Nothing in this file can be read: it is empty, or breaks off.'],
  ['{"a":1}', 'This file is no recording: its first line does not say so.'],
  ['not JSON', 'This file is no recording: its first line does not say so.'],
  ['{"a":1}\n', 'This file is no recording: its first line does not say so.'],
  ['not JSON\n', 'This file is no recording: its first line does not say so.'],
  ['{"thingdeck":"recording","version":9}\n', 'This recording has version 9; version 1 can be read.'],
  ['{"thingdeck":"recording","version":1}\n', 'The first line does not say when the recording began.'],
  ['{"thingdeck":"recording","version":1,"startedAtMs":1}\n{"topic":1}\n', 'Line 2 is none of a recording.'],
])('%j is refused: %s', async (text, words) => {
  const file = new Blob([text])
  const opening = world.calls['live.openRecording']({ task: 'o', stream: 'x', file, fileName: 'x' })
  await expect(opening).rejects.toMatchObject({ code: 'NOT_A_RECORDING', message: words })
  expect(await world.calls['live.task']({ task: 'o' })).toMatchObject({ state: 'failed', note: words })
})

test('JSON Lines: JSON as it was sent, text as text, bytes as base64', async () => {
  const { calls, say } = world
  say('dt/a', '{"id":18446744073709551615,\n "x":1.0}', { qos: 1, properties: { contentType: 'application/json' } })
  say('dt/b', 'plain "text"')
  say('dt/c', Uint8Array.of(0xff, 0x00))
  const scope = { kind: 'kept' } as const
  const { blob, messages } = await calls['live.export']({ task: 'e', stream: 'main', scope, format: 'jsonl' })
  expect(messages).toBe(3)
  const lines = (await blob.text()).trimEnd().split('\n')
  expect(lines[0]).toContain('"payload":{"id":18446744073709551615,  "x":1.0},"payloadText":')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ topic: 'dt/a', qos: 1, receivedAt: '2023-11-14T22:13:20.000Z' })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ payloadText: 'plain "text"' })
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ payloadBase64: '/wA=' })
})

test('a recording of one line opens, with its end or without', async () => {
  const header = '{"thingdeck":"recording","version":1,"startedAtMs":1,"subscriptions":[]}'
  for (const text of [header, `${header}\n`]) {
    await world.calls['live.openRecording']({ task: 'o', stream: 'one', file: new Blob([text]), fileName: 'x' })
    expect(await lastView(world, 'o')).toMatchObject({ state: 'done', done: 0 })
    expect(world.streams.get('one')?.origin).toMatchObject({ startedAtMs: 1, isWhole: false })
  }
})

/** What devices send, what has to be told apart from it, and any bytes at all. */
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.json().map((text) => ENCODER.encode(text)),
  fc
    .tuple(
      fc.constantFrom('', '\ufeff', ' ', '\n', "'", '=', '-', '@'),
      fc.constantFrom(
        '{"t":21.5}',
        '{"t":21.5,"t":99}',
        '{\r\n  "a": [1,\n2]}',
        '=HYPERLINK("x")',
        'ON',
        '\u001b[1m',
        '"\u2028"',
      ),
      fc.constantFrom('', '\u0000', '\u0000\u0000', '\r\n', ' '),
    )
    .map((parts) => ENCODER.encode(parts.join(''))),
  fc.uint8Array({ maxLength: 8 }).map((noise) => Uint8Array.of(0x7b, 0x22, 0xb0, ...noise, 0x22, 0x7d)),
)

interface Line {
  readonly payloadText?: string
  readonly payloadBase64?: string
}

/** As `jsonLine` says how to. */
function bytesOfLine(line: string): Uint8Array {
  const { payloadText, payloadBase64 }: Line = JSON.parse(line)
  if (payloadBase64 !== undefined) return Buffer.from(payloadBase64, 'base64')
  if (payloadText !== undefined) return ENCODER.encode(payloadText)
  return ENCODER.encode(line.slice(line.indexOf('"payload":') + '"payload":'.length, -1))
}

/** As `csvLine` says how to. */
function bytesOfCsv(encoding: string, cell: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(cell, 'base64')
  return ENCODER.encode(encoding === 'text-apostrophe' ? cell.slice(1) : cell)
}

test('whatever the bytes of a payload are, JSON Lines and CSV give them again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(payload, { minLength: 1, maxLength: 12 }), async (payloads) => {
      const { calls, say } = setUp()
      for (const each of payloads) say('dt/a', each)
      const scope = { kind: 'kept' } as const
      const lines = await calls['live.export']({ task: 'j', stream: 'main', scope, format: 'jsonl' })
      const found = (await lines.blob.text()).split('\n').slice(0, -1).map(bytesOfLine)
      expect(found.map((each) => [...each])).toEqual(payloads.map((each) => [...each]))
      const csv = await calls['live.export']({ task: 'c', stream: 'main', scope, format: 'csv' })
      const rows = readCsv(await csv.blob.text()).slice(1)
      const cells = rows.map((row) => bytesOfCsv(row.at(-2) ?? '', row.at(-1) ?? ''))
      expect(cells.map((each) => [...each])).toEqual(payloads.map((each) => [...each]))
      for (const row of rows) expect(row.at(-1)).not.toMatch(/^\s*[=@]/)
    }),
    { numRuns: 200 },
  )
})

/** RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}

test('CSV: quoted as RFC 4180 says; what the filter shows, or what is selected', async () => {
  const { calls, say, live } = world
  say('dt/a', 'one,\n"two"')
  say('dt/b', 'other')
  say('dt/c', Uint8Array.of(0xff))
  live.configure({ ...live.configuration(), filterText: 'two' })
  const shown = { kind: 'shown' } as const
  const filtered = await calls['live.export']({ task: 'e', stream: 'main', scope: shown, format: 'csv' })
  expect((await filtered.blob.text()).split('\r\n').slice(1)).toEqual([
    '0,2023-11-14T22:13:20.000Z,,dt/a,10,0,false,false,,,text,"one,\n""two"""',
    '',
  ])
  const scope = { kind: 'sequences', sequences: [2, 1, 99] } as const
  const selected = await calls['live.export']({ task: 'f', stream: 'main', scope, format: 'csv' })
  expect(selected.messages).toBe(2)
  expect((await selected.blob.text()).split('\r\n')[2]).toContain(',base64,/w==')
  expect(await calls['live.task']({ task: 'f' })).toMatchObject({
    note: expect.stringContaining('1 messages aged out'),
  })
})

test('a stream is recorded once at a time, and says that it is', async () => {
  const { calls, live, say } = world
  expect(await calls['live.stopRecording']({ stream: 'main' })).toBeUndefined()
  calls['live.startRecording']({ stream: 'main', owner: 'ada' })
  calls['live.startRecording']({ stream: 'main', owner: 'ada' })
  say('dt/a', '1')
  const view = await live.window({ stream: 'main', from: 'end', count: 1 })
  expect(view?.recording).toMatchObject({ messages: 1 })
  expect(await calls['live.stopRecording']({ stream: 'main' })).toMatchObject({ messages: 1 })
  expect((await live.window({ stream: 'main', from: 'end', count: 1 }))?.recording).toBeUndefined()
})

const OPTIONS: ReplayOptions = {
  stream: 'main',
  scope: { kind: 'kept' },
  speed: 1,
  topicPrefix: 'test/',
  keepRetain: false,
}

/** Plans a replay, and does what was planned. */
async function begin(options: Partial<ReplayOptions> = {}) {
  const { calls } = world
  const { id, messages } = await calls['live.planReplay']({ ...OPTIONS, ...options })
  calls['live.replay']({ plan: id, task: 'r' })
  return messages
}

test('a plan says how many messages go where, how long it takes, and what is left out', async () => {
  const { calls, say, clock } = world
  const beginMs = clock.nowMs()
  for (let n = 0; n < 4; n++) say('dt/a', 'xy', { receivedAtMs: beginMs + n * 400 })
  say('dt/b', 'z', { receivedAtMs: beginMs + 2_000 })
  say('1/2/3/4/5/6/7/8', 'deep', { receivedAtMs: beginMs })
  const plan = await calls['live.planReplay']({ ...OPTIONS, speed: 2 })
  expect(plan).toMatchObject({ messages: 5, bytes: 9, durationMs: 1_000, peakPerSecond: 4 })
  expect(plan.topics).toEqual([
    { topic: 'dt/a', target: 'test/dt/a', messages: 4 },
    { topic: 'dt/b', target: 'test/dt/b', messages: 1 },
  ])
  expect(plan.left).toMatchObject([{ topic: '1/2/3/4/5/6/7/8', messages: 1 }])
})

test('without a prefix, reserved topics are left out', async () => {
  world.say('$aws/things/pump-7/shadow/update', '{}')
  const plan = await world.calls['live.planReplay']({ ...OPTIONS, topicPrefix: '' })
  expect(plan).toMatchObject({ messages: 0, left: [{ topic: '$aws/things/pump-7/shadow/update', messages: 1 }] })
  const moved = await world.calls['live.planReplay']({ ...OPTIONS, topicPrefix: 'copy/' })
  expect(moved).toMatchObject({ messages: 1, topics: [{ target: 'copy/$aws/things/pump-7/shadow/update' }] })
})

test('a replay keeps the rhythm, and can be paused, resumed and stopped', async () => {
  const { calls, say, clock, published } = world
  const beginMs = clock.nowMs()
  for (let n = 0; n < 10; n++) {
    say('dt/a', String(n), { receivedAtMs: beginMs + n * 1_000, retain: true, qos: 1 })
  }
  await begin({ speed: 2 })
  await clock.advance(1_100)
  expect(published.map(({ atMs }) => atMs)).toEqual([0, 500, 1_000])
  expect(published[0]).toMatchObject({ topic: 'test/dt/a', qos: 1, retain: false })
  calls['live.controlTask']({ task: 'r', action: 'pause' })
  await clock.advance(10_000)
  expect(published).toHaveLength(3)
  calls['live.controlTask']({ task: 'r', action: 'resume' })
  await clock.advance(1_000)
  expect(published).toHaveLength(5)
  calls['live.controlTask']({ task: 'r', action: 'stop' })
  await clock.advance(10_000)
  expect(published).toHaveLength(5)
  expect(await calls['live.task']({ task: 'r' })).toMatchObject({ state: 'stopped', done: 5, total: 10 })
})

test('speed 0 is a hundred a second, and retain is kept when asked for', async () => {
  const { calls, say, clock, published } = world
  for (let n = 0; n < 5; n++) say('dt/a', String(n), { retain: true })
  await begin({ speed: 0, keepRetain: true })
  await clock.advance(1_000)
  expect(published.map(({ atMs, retain }) => [atMs, retain])).toEqual([0, 10, 20, 30, 40].map((atMs) => [atMs, true]))
  expect(await calls['live.task']({ task: 'r' })).toMatchObject({ state: 'done', done: 5 })
})

test('what was promised is replayed, neither more nor less, whatever comes meanwhile', async () => {
  const { calls, say, clock, published } = world
  for (let n = 0; n < 5; n++) say('dt/a', String(n))
  const { id, messages } = await calls['live.planReplay']({ ...OPTIONS, speed: 0 })
  say('dt/a', 'too late')
  calls['live.replay']({ plan: id, task: 'r' })
  say('dt/a', 'later still')
  await clock.advance(1_000)
  expect(messages).toBe(5)
  expect(published).toHaveLength(5)
  const view = await calls['live.task']({ task: 'r' })
  expect(view).toMatchObject({ state: 'done', done: 5, total: 5 })
  expect(view?.writes?.counts).toMatchObject({ topics: [{ topic: 'test/dt/a', messages: 5 }], sent: 5, failed: 0 })
})

test('what ages out before its turn is missing from the sum, and told', async () => {
  const { calls, say, live, clock, published } = world
  for (let n = 0; n < 5; n++) say('dt/a', String(n))
  const messages = await begin({ speed: 0 })
  live.configure({ ...live.configuration(), budget: { maxBytes: 1e7, maxRows: 2 } })
  await clock.advance(1_000)
  const view = await calls['live.task']({ task: 'r' })
  expect(published.length).toBeLessThan(messages)
  expect(view).toMatchObject({ total: 5, done: published.length })
  expect(view?.note).toMatch(/aged out before/)
})

test('a plan is good once, and only until there is another of its stream', async () => {
  const { calls, say, streams } = world
  say('dt/a', '1')
  const old = await calls['live.planReplay'](OPTIONS)
  const plan = await calls['live.planReplay'](OPTIONS)
  expect(() => calls['live.replay']({ plan: old.id, task: 'r' })).toThrow('has changed since it was shown')
  calls['live.replay']({ plan: plan.id, task: 'r' })
  expect(() => calls['live.replay']({ plan: plan.id, task: 's' })).toThrow('has changed since it was shown')
  const last = await calls['live.planReplay'](OPTIONS)
  streams.delete('main')
  expect(() => calls['live.replay']({ plan: last.id, task: 't' })).toThrow('has changed since it was shown')
})
