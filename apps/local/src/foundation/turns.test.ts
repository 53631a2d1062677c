import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('so many at once, the others in their order, whatever becomes of those before them', async () => {
  const turns = new Turns(2)
  const begun: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<number>())
  const all = ends.map(({ promise }, index) =>
    turns.take(() => {
      begun.push(index)
      return promise
    }),
  )
  const settled = Promise.allSettled(all)
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.reject(new Error('failed'))
  await all[1]?.catch(() => {})
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  for (const [index, end] of ends.entries()) end.resolve(index)
  expect((await settled).map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
    0,
    'failed',
    2,
    3,
    4,
  ])
  expect(begun).toEqual([0, 1, 2, 3, 4])
})
