import { expect, test, vi } from 'vitest'
import { atMost } from './at-most.ts'

/** Actions that say when they begin, and end when they are told to. */
function actions(limited: ReturnType<typeof atMost>) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const run = (name: string, signal = new AbortController().signal) =>
    limited(signal, () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
    })
  const end = (name: string) => ends.get(name)?.()
  return { begun, run, end }
}

test('so many run at a time, in the order of asking', async () => {
  const { begun, run, end } = actions(atMost(2))
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => run(name))
  expect(begun).toEqual(['one', 'two'])
  end('two')
  expect(await two).toBe('two')
  await vi.waitFor(() => expect(begun).toEqual(['one', 'two', 'three']))
  end('one')
  end('three')
  expect(await Promise.all([one, three])).toEqual(['one', 'three'])
  end('four')
  expect(await four).toBe('four')
})

test('one that is given up makes room at once, and one that waited does not begin', async () => {
  const { begun, run, end } = actions(atMost(1))
  const [running, waiting] = [new AbortController(), new AbortController()]
  const given = run('running', running.signal)
  const alsoGiven = run('waiting', waiting.signal)
  const last = run('last')
  waiting.abort(new Error('left'))
  running.abort(new Error('gone'))
  await expect(given).rejects.toThrow('gone')
  await expect(alsoGiven).rejects.toThrow('left')
  await vi.waitFor(() => expect(begun).toEqual(['running', 'last']))
  end('last')
  expect(await last).toBe('last')
})
