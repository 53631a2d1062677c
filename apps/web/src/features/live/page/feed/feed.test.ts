import { expect, test } from 'vitest'
import { Feed } from './feed.ts'

interface Question {
  readonly part: string
  readonly knownRevision?: number
}

/** A worker whose answers the test gives. */
function setUp() {
  const questions: { request: Question; answer: (revision: number | undefined) => Promise<void> }[] = []
  const feed = new Feed<{ part: string }, { revision: number; part: string }>(
    (request) => {
      const { promise, resolve } = Promise.withResolvers<{ revision: number; part: string } | undefined>()
      questions.push({
        request,
        answer: async (revision) => {
          resolve(revision === undefined ? undefined : { revision, part: request.part })
          await new Promise((settle) => setTimeout(settle))
        },
      })
      return promise
    },
    { part: 'top' },
    async () => {},
  )
  return { feed, questions, last: () => questions.at(-1) }
}

test('nobody listens: nothing is asked', () => {
  const { feed, questions } = setUp()
  feed.show({ part: 'end' })
  expect(questions).toHaveLength(0)
})

test('each answer leads to one question for what is newer', async () => {
  const { feed, questions, last } = setUp()
  const seen: unknown[] = []
  feed.subscribe(() => seen.push(feed.view()?.revision))
  feed.subscribe(() => {})
  expect(questions).toHaveLength(1)
  await last()?.answer(7)
  await last()?.answer(9)
  expect(seen).toEqual([7, 9])
  expect(questions.map(({ request }) => request.knownRevision)).toEqual([undefined, 7, 9])
})

test('another part is asked for at once, and what is answered late to the old question is not shown', async () => {
  const { feed, questions } = setUp()
  feed.subscribe(() => {})
  feed.show({ part: 'end' })
  feed.show({ part: 'end' })
  expect(questions.map(({ request }) => request.part)).toEqual(['top', 'end'])
  await questions[1]?.answer(3)
  await questions[0]?.answer(2)
  expect(feed.view()).toEqual({ revision: 3, part: 'end' })
})

test('once nobody listens any more it stops, and goes on with the next listener', async () => {
  const { feed, questions, last } = setUp()
  const stop = feed.subscribe(() => {})
  stop()
  await last()?.answer(1)
  expect(questions).toHaveLength(1)
  expect(feed.view()).toBeUndefined()
  feed.subscribe(() => {})
  expect(questions).toHaveLength(2)
})
