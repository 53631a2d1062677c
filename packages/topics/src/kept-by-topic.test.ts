import { expect, test } from 'vitest'
import { KeptByTopic } from './kept-by-topic.ts'

function counted() {
  const asked: string[] = []
  const kept = new KeptByTopic((topic) => {
    asked.push(topic)
    return [topic.length]
  })
  return { asked, kept }
}

test('a topic is looked up once, and again when all was forgotten', () => {
  const { asked, kept } = counted()
  expect([kept.get('a/b'), kept.get('a/b'), kept.get('a')]).toEqual([[3], [3], [1]])
  expect(asked).toEqual(['a/b', 'a'])
  kept.forget()
  expect(kept.get('a')).toEqual([1])
  expect(asked).toEqual(['a/b', 'a', 'a'])
})

test.each([
  ['a/b', ['a/b']],
  ['a/c', []],
  ['a/+', ['a/b', 'a']],
  ['#', ['a/b', 'a']],
])('what came under %s concerns the topics that it may match', (filter, again) => {
  const { asked, kept } = counted()
  kept.get('a/b')
  kept.get('a')
  kept.forget(filter)
  kept.get('a/b')
  kept.get('a')
  expect(asked.slice(2)).toEqual(again)
})

test('whoever publishes to ever new topics fills no memory', () => {
  const { asked, kept } = counted()
  for (let index = 0; index < 10_001; index += 1) kept.get(`topic/${index}`)
  kept.get('topic/10000')
  kept.get('topic/0')
  expect(asked).toHaveLength(10_002) // the last is still known; the first is not
})
