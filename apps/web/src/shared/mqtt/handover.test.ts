import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Handover } from './handover.ts'

const counts = (keys: readonly string[]) =>
  Object.fromEntries(
    Map.groupBy(keys, (key) => key)
      .entries()
      .map(([key, group]) => [key, group.length]),
  )

const message = (topic: string) => ({ topic, qos: 0, retain: false, payload: new Uint8Array() }) as const

/** Both lines carry `common`; the old one began earlier and the new one stays longer. Arrivals interleave freely. */
const overlap = fc.record({
  before: fc.array(fc.constantFrom('a', 'x')),
  common: fc.array(fc.constantFrom('a', 'b', 'c')),
  after: fc.array(fc.constantFrom('p', 'q')),
  order: fc.infiniteStream(fc.boolean()),
})

test('in any interleaving each message passes exactly once', () => {
  fc.assert(
    fc.property(overlap, ({ before, common, after, order }) => {
      const handover = new Handover()
      const old = [...before, ...common]
      const fresh = [...common, ...after]
      const passed: string[] = []
      for (const fromOld of order) {
        const line = old.length === 0 ? 'new' : fresh.length === 0 || fromOld ? 'old' : 'new'
        const key = (line === 'old' ? old : fresh).shift()
        if (key === undefined) break
        if (handover.admits(line, message(key))) passed.push(key)
      }
      expect(counts(passed)).toEqual(counts([...before, ...common, ...after]))
    }),
  )
})
