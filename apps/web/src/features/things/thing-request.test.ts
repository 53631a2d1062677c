import { expect, test } from 'vitest'
import { askedWord, hasWords, readThingRequest } from './thing-request.ts'

test.each([
  ['boil', ['boil'], undefined],
  ['shadow of pump-3', ['pump-3'], 'shadow'],
  ['Pump-3 Shadow', ['pump-3'], 'shadow'],
  ['watch the messages of hall 3', ['messages', 'hall', '3'], 'live'],
  ['changes pump', ['pump'], 'changes'],
  ['3 pump', ['3', 'pump'], undefined],
  ['live', ['live'], undefined],
  ['shadow of', ['shadow', 'of'], undefined],
  ['', [], undefined],
])('%j: %j, %s', (text, words, place) => {
  expect(readThingRequest(text)).toEqual({ words, place })
})

test('names have all words, in any order; the longest is asked for', () => {
  expect(askedWord(['3', 'pump'])).toBe('pump')
  expect([hasWords('Pump-13', ['3', 'pump']), hasWords('pump-2', ['3', 'pump'])]).toEqual([true, false])
})
