import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from './matches.ts'
import { TopicFilterTrie } from './topic-filter-trie.ts'

const level = fc.constantFrom('', 'a', 'b', '$a')
const topics = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.constantFrom([], ['#']))
  .map(([levels, end]) => [...levels, ...end].join('/'))
  .filter((filter) => filter !== '')
const steps = fc.array(fc.record({ verb: fc.constantFrom('add', 'remove'), filter: filters, value: fc.nat(2) }), {
  maxLength: 60,
})

test('after any adds and removes it finds what `matches` finds in a list', () => {
  fc.assert(
    fc.property(steps, fc.array(topics, { minLength: 1 }), fc.boolean(), (changes, asked, hashMatchesParent) => {
      const trie = new TopicFilterTrie<number>({ hashMatchesParent })
      const list = new Map<string, Set<number>>()
      for (const { verb, filter, value } of changes) {
        const values = list.get(filter) ?? new Set()
        list.set(filter, values)
        expect(trie.has(filter, value)).toBe(values.has(value))
        if (verb === 'add') {
          expect(trie.add(filter, value)).toBe(!values.has(value))
          values.add(value)
        } else expect(trie.remove(filter, value)).toBe(values.delete(value))
      }
      for (const topic of asked) {
        const expected = [...list].flatMap(([filter, values]) =>
          matches(filter, topic, { hashMatchesParent }) ? [...values] : [],
        )
        expect(trie.matching(topic).sort()).toEqual(expected.sort())
      }
      expect(trie.size).toBe([...list.values()].reduce((sum, values) => sum + values.size, 0))
    }),
    { numRuns: 500 },
  )
})

test('one value under two matching filters is visited twice', () => {
  const trie = new TopicFilterTrie<string>()
  trie.add('dt/+', 'session')
  trie.add('dt/#', 'session')
  expect(trie.matching('dt/p1')).toEqual(['session', 'session'])
})

test.each([3, 100])('a visitor may remove, add and match (%d subscribers)', (count) => {
  const trie = new TopicFilterTrie<number>()
  for (let value = 0; value < count; value++) {
    trie.add('dt/+', value)
    trie.add('dt/p1', value)
  }
  const seen: number[] = []
  trie.match('dt/p1', (value) => {
    seen.push(value)
    trie.remove('dt/+', value)
    trie.remove('dt/p1', value)
    expect(trie.matching('dt/p1')).toHaveLength(trie.size)
  })
  expect(new Set(seen).size).toBe(count)
  expect(trie.matching('dt/p1')).toEqual([])
})

test('what a visitor adds is found by the next match', () => {
  const trie = new TopicFilterTrie<number>()
  trie.add('dt/+', 1)
  trie.match('dt/p1', (value) => trie.add(`dt/p${value}/+`, 2))
  expect(trie.matching('dt/p1/x')).toEqual([2])
})

test('a visitor that throws leaves the trie usable', () => {
  const trie = new TopicFilterTrie<number>()
  trie.add('#', 1)
  expect(() =>
    trie.match('a', () => {
      throw new Error('stop')
    }),
  ).toThrow('stop')
  expect(trie.matching('b')).toEqual([1])
})

test('filters as deep as MQTT allows do not exhaust the stack', () => {
  const trie = new TopicFilterTrie<number>()
  const deep = '+/'.repeat(30_000)
  trie.add(deep, 1)
  expect(trie.matching('/'.repeat(30_000))).toEqual([1])
  expect(trie.remove(deep, 1)).toBe(true)
  expect(trie.matching('/'.repeat(30_000))).toEqual([])
})

test('every mixture of + and names is reached once', () => {
  const trie = new TopicFilterTrie<string>()
  for (let mixture = 0; mixture < 2 ** 8; mixture++) {
    const levels = Array.from({ length: 8 }, (_, bit) => ((mixture >> bit) & 1 ? '+' : `${bit}`))
    trie.add(levels.join('/'), levels.join('/'))
  }
  const found = trie.matching('0/1/2/3/4/5/6/7')
  expect(found).toHaveLength(2 ** 8)
  expect(new Set(found).size).toBe(2 ** 8)
  trie.clear()
  expect(trie.matching('0/1/2/3/4/5/6/7')).toEqual([])
})
