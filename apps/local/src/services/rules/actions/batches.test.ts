import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Batches } from './batches.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const bytes = (text: string) => Buffer.from(text)

/** Batches as they are sent, and a way to add to them. */
function recorder(bounds: ConstructorParameters<typeof Batches>[0]) {
  const batches = new Batches(bounds)
  const sent: string[] = []
  const add = (key: string, text: string) =>
    batches.add(key, bytes(text), async (items) => {
      sent.push(items.map((item) => Buffer.from(item).toString()).join())
    })
  return { sent, add }
}

test('a batch is closed by its size, its bytes or its time, whichever comes first', async () => {
  const { sent, add } = recorder({ openMs: 20, size: 3, bytes: 10 })
  await Promise.all(['a', 'b', 'c'].map((text) => add('k', text)))
  expect(sent.splice(0)).toEqual(['a,b,c'])
  const both = [add('k', '123456'), add('k', '123456')]
  expect(sent.splice(0)).toEqual(['123456'])
  vi.advanceTimersByTime(19)
  expect(sent).toEqual([])
  vi.advanceTimersByTime(1)
  await Promise.all(both)
  expect(sent.splice(0)).toEqual(['123456'])
  await add('k', 'more than ten bytes')
  expect(sent).toEqual(['more than ten bytes'])
})

test('keys do not meet, and what fails fails for all of the batch', async () => {
  const { sent, add } = recorder({ openMs: 20, size: 2, bytes: 10 })
  const waiting = [add('one', 'a'), add('other', 'b')]
  vi.advanceTimersByTime(20)
  await Promise.all(waiting)
  expect(sent).toEqual(['a', 'b'])
  const batches = new Batches({ openMs: 20, size: 2, bytes: 10 })
  const fail = async () => {
    throw new Error('refused')
  }
  const outcomes = await Promise.allSettled([batches.add('k', bytes('a'), fail), batches.add('k', bytes('b'), fail)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
