import { expect, test } from 'vitest'
import { Holds } from './holds.ts'

test('what one has another waits for; what nobody else wants is had at once', async () => {
  const holds = new Holds()
  const [first, second, third] = [holds.forOne(), holds.forOne(), holds.forOne()]
  const order: string[] = []
  await first.hold(['b', 'a'])
  const waits = second.hold(['c', 'a']).then(() => order.push('second'))
  await third.hold(['d'])
  order.push('third')
  await first.hold(['a'])
  order.push('first again')
  first.letGo()
  await waits
  expect(order).toEqual(['third', 'first again', 'second'])
})

test('many that want some of the same all have their turn, one at a time', async () => {
  const holds = new Holds()
  const has = new Map<string, number>()
  const most: number[] = []
  const one = async (what: readonly string[]) => {
    const held = holds.forOne()
    await held.hold(what)
    for (const name of what) {
      has.set(name, (has.get(name) ?? 0) + 1)
      most.push(has.get(name) ?? 0)
    }
    await Promise.resolve()
    for (const name of what) has.set(name, (has.get(name) ?? 0) - 1)
    held.letGo()
  }
  await Promise.all([one(['a', 'b']), one(['b', 'a']), one(['c', 'b']), one(['a', 'c']), one(['b'])])
  expect(Math.max(...most)).toBe(1)
  expect(most).toHaveLength(9)
})
