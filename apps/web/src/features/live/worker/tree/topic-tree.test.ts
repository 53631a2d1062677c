// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TreeRequest } from '../../protocol/tree.ts'
import { MessageRing, RowCursor } from '../ring/message-ring.ts'
import { HISTORY_SPANS, SPAN_MS, TopicTree } from './topic-tree.ts'
import { TreeWindow } from './tree-view.ts'

const ENCODER = new TextEncoder()
const START_MS = 1_800_000_000_000

function setUp(maxRows = 1_000, maxTopics = 1_000) {
  const world = { nowMs: START_MS, stopwatchMs: 0 }
  const ring = new MessageRing({ maxBytes: 1e9, maxRows }, (row) => tree.beforeEviction(row))
  const tree = new TopicTree(ring, maxTopics)
  const window = new TreeWindow(tree, ring, { next: () => {}, nowMs: () => world.stopwatchMs })
  const cursor = new RowCursor()
  return {
    world,
    tree,
    window,
    ring,
    say: (topic: string, text = '', retain = false) => {
      const sequence = ring.push({
        topic,
        payload: ENCODER.encode(text),
        qos: 0,
        retain,
        dup: false,
        receivedAtMs: world.nowMs,
      })
      ring.read(sequence, cursor)
      tree.add(cursor, retain)
    },
    look: (request: Partial<TreeRequest> = {}) => {
      world.stopwatchMs += 10_000
      const all = { stream: 's', expanded: ['*'], filterText: '', sort: 'name', from: 0, count: 1_000 } as const
      return window.view({ ...all, ...request }, 1, world.nowMs, START_MS)
    },
  }
}

const paths = (view: { rows: readonly { path: string }[] }) => view.rows.map(({ path }) => path)

test('levels with their counts, what is below among them', () => {
  const { say, look } = setUp()
  say('dt/hall/pump', 'abc')
  say('dt/hall/pump', 'de')
  say('dt/hall', 'x')
  say('/a//b', '', true)
  const view = look()
  expect(paths(view)).toEqual(['', '/a', '/a/', '/a//b', 'dt', 'dt/hall', 'dt/hall/pump'])
  expect(view.rows.find(({ path }) => path === 'dt/hall')).toMatchObject({
    name: 'hall',
    depth: 1,
    count: 3,
    ownCount: 1,
    bytes: 6,
    topics: 2,
    children: 1,
    isExpanded: true,
    lastPreview: 'x',
    lastSequence: 2,
    retained: false,
  })
  expect(view.rows.find(({ path }) => path === '/a//b')?.retained).toBe(true)
  expect(view).toMatchObject({ topics: 3, topicsShown: 3, total: 7, outside: 0 })
})

test('any topics: each level counts what begins with it', () => {
  const level = fc.constantFrom('a', 'b', '', 'c')
  const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
  fc.assert(
    fc.property(fc.array(topic, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (topics, maxRows) => {
      const { say, look } = setUp(maxRows)
      for (const each of topics) say(each)
      for (const { path, count, ownCount, topics: below } of look().rows) {
        const isBelow = (each: string) => each === path || each.startsWith(`${path}/`)
        expect(count).toBe(topics.filter(isBelow).length)
        expect(ownCount).toBe(topics.filter((each) => each === path).length)
        expect(below).toBe(new Set(topics.filter(isBelow)).size)
      }
    }),
  )
})

test('only what is opened, in windows', () => {
  const { say, look } = setUp()
  for (const topic of ['a/1', 'a/2', 'b/1', 'c']) say(topic)
  expect(paths(look({ expanded: [] }))).toEqual(['a', 'b', 'c'])
  expect(paths(look({ expanded: ['a'] }))).toEqual(['a', 'a/1', 'a/2', 'b', 'c'])
  expect(paths(look({ expanded: ['a'], from: 2, count: 2 }))).toEqual(['a/2', 'b'])
  expect(look({ expanded: ['a'], from: 99 }).rows).toEqual([])
})

test('a filter shows what matches with its parents', () => {
  const { say, look } = setUp()
  for (const topic of ['dt/hall-1/pump', 'dt/hall-2/pump', 'dt/hall-2/valve', 'cmd/x']) say(topic)
  const byText = look({ filterText: 'VALVE', expanded: [] })
  expect(paths(byText)).toEqual(['dt', 'dt/hall-2', 'dt/hall-2/valve'])
  expect(byText).toMatchObject({ topics: 4, topicsShown: 1 })
  expect(paths(look({ filterText: 'topic:dt/+/pump' })).filter((path) => path.endsWith('pump'))).toHaveLength(2)
  expect(look({ filterText: 'topic:a/#/b' }).total).toBe(0)
})

test('ordered by count, rate and time', () => {
  const { say, look, world } = setUp()
  for (const topic of ['a', 'a', 'a', 'b']) say(topic)
  world.nowMs += 30_000
  for (const topic of ['b', 'c']) say(topic)
  expect(paths(look({ sort: 'count' }))).toEqual(['a', 'b', 'c'])
  expect(paths(look({ sort: 'rate' }))).toEqual(['b', 'c', 'a'])
  expect(paths(look({ sort: 'lastAt' })).at(-1)).toBe('a')
})

test('an order by figures holds still for a second', () => {
  const { say, window, world } = setUp()
  const request = { stream: 's', expanded: [], filterText: '', sort: 'count', from: 0, count: 9 } as const
  say('a')
  say('b')
  say('b')
  const look = () => paths(window.view(request, 1, world.nowMs, START_MS))
  expect(look()).toEqual(['b', 'a'])
  say('a')
  say('a')
  world.stopwatchMs += 900
  expect(look()).toEqual(['b', 'a'])
  world.stopwatchMs += 100
  expect(look()).toEqual(['a', 'b'])
})

test('rate and history fade', () => {
  const { say, look, world } = setUp()
  world.nowMs += 60_000
  for (let n = 0; n < 50; n++) say('a')
  world.nowMs += 1_999
  const [row] = look().rows
  expect(row?.perSecond).toBeCloseTo(5, 0)
  expect(row?.history.at(-1)).toBe(50)
  world.nowMs += 10_001
  expect(look().rows[0]).toMatchObject({ perSecond: 0, count: 50 })
  expect(look().rows[0]?.history.reduce((sum, each) => sum + each)).toBe(50)
  world.nowMs += HISTORY_SPANS * SPAN_MS
  expect(look().rows[0]?.history.every((each) => each === 0)).toBe(true)
  say('a')
  expect(look().rows[0]?.history.reduce((sum, each) => sum + each)).toBe(1)
})

test('the last value stays when its message ages out', () => {
  const { say, look } = setUp(3)
  say('rare', 'remember me')
  for (let n = 0; n < 10; n++) say('often', String(n))
  const [often, rare] = look().rows
  expect(rare).toMatchObject({ path: 'rare', lastPreview: 'remember me', count: 1 })
  expect(rare?.lastSequence).toBeUndefined()
  expect(often).toMatchObject({ lastPreview: '9', lastSequence: 10 })
})

test('a full tree says how much it leaves out, and goes on counting what it has', () => {
  const { say, look } = setUp(1_000, 2)
  for (const topic of ['a', 'b', 'c', 'd', 'a']) say(topic)
  const view = look()
  expect(view).toMatchObject({ topics: 2, outside: 2 })
  expect(view.rows[0]?.count).toBe(2)
})

test('topics that come and go reuse numbers, and still find their level', () => {
  const { say, look, ring } = setUp(2)
  for (let n = 0; n < 300; n++) say(`t/${n % 100}`)
  expect(look()).toMatchObject({ topics: 100 })
  expect(look().rows[1]?.count).toBe(3)
  expect(ring.topics.size).toBe(2)
})
