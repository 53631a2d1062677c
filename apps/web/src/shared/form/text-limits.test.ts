import { ThingName } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { brokenAtOnce, brokenWhenLeft, countWords, limitsOf } from './text-limits.ts'

const NAME = limitsOf(ThingName, 'letters, digits and : _ -')

test.each([
  ['', undefined, 'This cannot be empty.'],
  ['pump-7', undefined, undefined],
  ['pump 7', 'Only letters, digits and : _ -, not blanks.', undefined],
  ['pümp/7', 'Only letters, digits and : _ -, not ‘ü’ ‘/’.', undefined],
  ['a'.repeat(128), undefined, undefined],
  ['a'.repeat(130), 'At most 128 characters; this has 130, 2 too many.', undefined],
])('%j as the name of a thing: at once %j, when left %j', (text, atOnce, whenLeft) => {
  expect(brokenAtOnce(NAME, text)).toBe(atOnce)
  expect(brokenWhenLeft(NAME, text)).toBe(whenLeft)
})

test.each([
  [{ maxBytes: 8_192 }, 'x'.repeat(8_200), 'At most 8,192 bytes; this has 8,200, 8 too many.', '8,200 of 8,192 bytes'],
  [
    { maxBytes: 4 },
    'é€',
    'At most 4 bytes; this has 5, 1 too many.',
    '5 of 4 bytes (2 characters, some of several bytes)',
  ],
  [{ maxLength: 2 }, '😀😀', undefined, '2 of 2 characters'],
  [{}, 'anything', undefined, undefined],
])('%j of %j', (limits, text, broken, words) => {
  expect(brokenAtOnce(limits, text)).toBe(broken)
  expect(countWords(limits, text)).toBe(words)
})

test('a text that is too short may still become one that is not', () => {
  expect(brokenAtOnce({ minLength: 3 }, 'ab')).toBeUndefined()
  expect(brokenWhenLeft({ minLength: 3 }, 'ab')).toBe('At least 3 characters; this has 2.')
})
