import { expect, test } from 'vitest'
import { InTurn } from './in-turn.ts'

test('work on one thing waits for what was begun before, also where that fails; on another it does not', async () => {
  const inTurn = new InTurn()
  const done: string[] = []
  const first = Promise.withResolvers<void>()
  const failing = inTurn.do('a', async () => {
    await first.promise
    done.push('first')
    throw new Error('refused')
  })
  const second = inTurn.do('a', async () => done.push('second'))
  await inTurn.do('b', async () => done.push('other'))
  expect(done).toEqual(['other'])
  first.resolve()
  await expect(failing).rejects.toThrow('refused')
  await second
  expect(done).toEqual(['other', 'first', 'second'])
})

test('work that never ends holds up what is behind it for so long, and no longer', async () => {
  const inTurn = new InTurn(1)
  void inTurn.do('a', () => new Promise(() => {}))
  expect(await inTurn.do('a', async () => 'begun')).toBe('begun')
})
