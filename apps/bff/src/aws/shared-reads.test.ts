import { expect, test } from 'vitest'
import { SharedReads } from './shared-reads.ts'

/** A read that ends when it is told to. */
function heldRead() {
  const asked: AbortSignal[] = []
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const read = (signal: AbortSignal) => {
    asked.push(signal)
    return promise
  }
  return { asked, read, resolve, reject }
}

test('who asks for the same at once shares the answer, who comes later does not', async () => {
  const reads = new SharedReads<string>()
  const { asked, read, resolve } = heldRead()
  const answers = [reads.read('a', read), reads.read('a', read), reads.read('b', read)]
  resolve('x')
  expect(await Promise.all(answers)).toEqual(['x', 'x', 'x'])
  expect(asked).toHaveLength(2)
  await reads.read('a', read)
  expect(asked).toHaveLength(3)
})

test('one who leaves goes at once, and the read with the last', async () => {
  const reads = new SharedReads<string>()
  const { asked, read } = heldRead()
  const [first, second] = [new AbortController(), new AbortController()]
  const answers = [reads.read('a', read, first.signal), reads.read('a', read, second.signal)]
  first.abort(new Error('gone'))
  await expect(answers[0]).rejects.toThrow('gone')
  expect(asked[0]?.aborted).toBe(false)
  second.abort(new Error('gone too'))
  await expect(answers[1]).rejects.toThrow('gone too')
  expect(asked[0]?.aborted).toBe(true)
})

test('a failure is told to all who wait, and nobody else', async () => {
  const reads = new SharedReads<string>()
  const { read, reject } = heldRead()
  const answers = [reads.read('a', read), reads.read('a', read)]
  reject(new Error('throttled'))
  for (const answer of answers) await expect(answer).rejects.toThrow('throttled')
  expect(await reads.read('a', async () => 'anew')).toBe('anew')
})
