import { getAt, isJsonObject, JsonObject, jsonEquals, stringifyJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identical, leafPaths, normal, object, states, updated } from '../test/arbitrary-state.ts'
import { updateRequestFor } from './draft.ts'
import { mergeThreeWay, resolveConflict } from './merge-three-way.ts'
import { formatState } from './shadow.ts'

test('a merge without conflicts is what the service holds after both updates, in either order', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      fc.pre(conflicts.length === 0)
      const ours = updateRequestFor(base, mine)
      const others = updateRequestFor(base, theirs)
      expect(jsonEquals(formatState(updated(updated(base, others), ours)), formatState(merged))).toBe(true)
      expect(jsonEquals(formatState(updated(updated(base, ours), others)), formatState(merged))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a merge loses no key: what anybody has is in the result, in a conflict, or was removed by the other', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      for (const [one, other] of [
        [theirs, mine],
        [mine, theirs],
      ] as const) {
        for (const path of leafPaths(formatState(one))) {
          const value = getAt(formatState(one), path) ?? null
          const inConflict = conflicts.some((conflict) => conflict.path.every((step, index) => path[index] === step))
          const inResult = jsonEquals(getAt(formatState(merged), path) ?? null, value)
          const unchanged = jsonEquals(getAt(formatState(base), path) ?? null, value)
          const replaced = isJsonObject(value) && isJsonObject(getAt(formatState(other), path))
          expect(inConflict || inResult || unchanged || replaced).toBe(true)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a conflict has three different sides, and any of them can be taken', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      for (const conflict of conflicts) {
        for (const side of ['base', 'theirs', 'mine'] as const) {
          expect(conflict[side]).toEqual(getAt(formatState({ base, theirs, mine }[side]), conflict.path))
          const resolved = formatState(resolveConflict(merged, conflict, side))
          expect(getAt(resolved, conflict.path)).toEqual(conflict[side])
        }
        expect(formatState(resolveConflict(merged, conflict, 'mine'))).toEqual(formatState(merged))
      }
    }),
  )
})

test('who changes nothing gets what the other has', () => {
  fc.assert(
    fc.property(states, states, (base, changed) => {
      for (const [theirs, mine] of [
        [changed, base],
        [base, changed],
        [changed, changed],
      ] as const) {
        const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
        expect(conflicts).toEqual([])
        expect(identical(merged, changed)).toBe(true)
      }
    }),
  )
})

test.each([
  ['{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":3,"c":4}', '{"a":2,"b":3,"c":4}', []],
  ['{"a":{"x":1}}', '{"a":{"x":1,"y":2}}', '{"a":{"x":5}}', '{"a":{"x":5,"y":2}}', []],
  ['{"a":1}', '{"a":2}', '{"a":3}', '{"a":3}', ['a']],
  ['{"a":1}', '{"a":2}', '{}', '{}', ['a']],
  ['{"a":1}', '{}', '{"a":2}', '{"a":2}', ['a']],
  ['{"l":[1]}', '{"l":[1,2]}', '{"l":[1,3]}', '{"l":[1,3]}', ['l']],
  ['{}', '{"a":{"x":1}}', '{"a":{"y":1}}', '{"a":{"x":1,"y":1}}', []],
  ['{"n":1}', '{"n":1}', '{"n":1.0}', '{"n":1.0}', []],
  ['{"n":1}', '{"n":1.0}', '{"n":2}', '{"n":2}', ['n']],
  ['{"n":2}', '{"n":1}', '{"n":1.0}', '{"n":1.0}', []],
])('base %s, theirs %s, mine %s: merged %s', (base, theirs, mine, expected, conflictKeys) => {
  const [b, t, m] = [base, theirs, mine].map((text) => normal({ desired: object(text) }))
  const { merged, conflicts } = mergeThreeWay(b ?? {}, t ?? {}, m ?? {})
  expect(stringifyJson(merged.desired ?? JsonObject.EMPTY)).toBe(expected)
  expect(conflicts.map(({ path }) => path)).toEqual(conflictKeys.map((key) => ['desired', key]))
})
