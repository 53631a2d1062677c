import { getAt, isJsonObject, jsonEquals } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identical, leafPaths, object, states, updated } from '../test/arbitrary-state.ts'
import { updateRequestFor } from './draft.ts'
import { mergeThreeWay } from './merge-three-way.ts'
import { rebaseDraft, settleConflict } from './rebase-draft.ts'
import { formatState, type ShadowState } from './shadow.ts'
import { formatPatch } from './update-request.ts'

const isObjectAt = (state: ShadowState, path: readonly string[]) => isJsonObject(getAt(formatState(state), path))

test('a draft that is carried over keeps every change, and its update makes the shadow equal to it', () => {
  fc.assert(
    fc.property(states, states, fc.array(states, { minLength: 1, maxLength: 4 }), (start, mine, arrivals) => {
      let { base, draft } = { base: start, draft: mine }
      for (const theirs of arrivals) {
        const next = rebaseDraft(base, draft, theirs)
        for (const path of leafPaths(formatPatch(updateRequestFor(base, draft)))) {
          const typed = getAt(formatState(draft), path) ?? null
          const now = getAt(formatState(next.draft), path) ?? null
          // An object that both sides made anew holds what both put into it.
          expect(jsonEquals(now, typed) || (isJsonObject(typed) && isObjectAt(next.draft, path))).toBe(true)
        }
        expect(identical(updated(theirs, updateRequestFor(theirs, next.draft)), next.draft)).toBe(true)
        expect(mergeThreeWay(next.base, theirs, next.draft).conflicts).toEqual(next.conflicts)
        ;({ base, draft } = next)
      }
    }),
    { numRuns: 300 },
  )
})

test('each choice settles one conflict, also for what arrives later', () => {
  const choices = fc.array(fc.constantFrom('base', 'theirs', 'mine'))
  fc.assert(
    fc.property(states, states, states, choices, (base, mine, theirs, sides) => {
      let rebased = rebaseDraft(base, mine, theirs)
      for (const [index, conflict] of rebased.conflicts.entries()) {
        const side = sides[index] ?? 'mine'
        rebased = settleConflict(rebased, conflict, side)
        expect(getAt(formatState(rebased.draft), conflict.path)).toEqual(conflict[side])
      }
      expect(rebaseDraft(rebased.base, rebased.draft, theirs).conflicts).toEqual([])
    }),
  )
})

test('a conflict is gone when they go back, and when I come to agree', () => {
  const wish = (value: number): ShadowState => ({ desired: object(`{"a":${value}}`) })
  const rebased = rebaseDraft(wish(1), wish(2), wish(3))
  expect(rebased.conflicts).toHaveLength(1)
  expect(rebaseDraft(rebased.base, rebased.draft, wish(4)).conflicts[0]?.theirs).toEqual(wish(4).desired?.get('a'))
  expect(rebaseDraft(rebased.base, rebased.draft, wish(1)).conflicts).toEqual([])
  expect(rebaseDraft(rebased.base, wish(3), wish(3)).conflicts).toEqual([])
})
