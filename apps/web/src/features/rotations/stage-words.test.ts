import { expect, test } from 'vitest'
import { countsInWords, fittingIn } from './stage-words.ts'

const ROTATION = { counts: { seen: 3, waiting: 12, undone: 1 }, failed: 2 }

test('counts in the order of the way', () => {
  expect(countsInWords(ROTATION)).toBe('12 not seen with it yet, 3 seen with it, 1 undone')
})

test('how many an action would be begun on', () => {
  const count = (action: Parameters<typeof fittingIn>[1]) => fittingIn(ROTATION, action)
  expect([count('retry'), count('confirm'), count('deactivate'), count('delete'), count('undo')]).toEqual([
    2, 12, 3, 0, 15,
  ])
})
