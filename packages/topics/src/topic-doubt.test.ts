import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtTopic } from './topic-doubt.ts'

test.each([
  [' x/a ', 'SURROUNDING_BLANKS', /^It begins and ends with a blank/, 'x/a'],
  ['x/a ', 'SURROUNDING_BLANKS', /^It ends with a blank/, 'x/a'],
  ['\u00a0x/#', 'SURROUNDING_BLANKS', /^It begins with a blank/, 'x/#'],
  ['x/ a/b', 'BLANKS_AT_A_LEVEL', /^Level 2 /, 'x/a/b'],
  ['x/a\n', 'UNSEEN_CHARACTERS', /U\+000A/, 'x/a'],
  ['x/\u200ba', 'UNSEEN_CHARACTERS', /U\+200B/, 'x/a'],
  ['x/\u202eab\u202c', 'UNSEEN_CHARACTERS', /U\+202E, U\+202C/, 'x/ab'],
  ['\ufeffx/a', 'UNSEEN_CHARACTERS', /U\+FEFF/, 'x/a'],
  ['x/\u3164a\u2800', 'UNSEEN_CHARACTERS', /U\+3164, U\+2800/, 'x/a'],
  ['"x/a"', 'QUOTED', /between quotation marks/, 'x/a'],
  ['“x/#”', 'QUOTED', /between quotation marks/, 'x/#'],
])('%j: %s', (topic, code, message, suggestion) => {
  expect(doubtTopic(topic)).toEqual({ code, message: expect.stringMatching(message), suggestion })
})

test.each([
  'x/a',
  'hall 2/pump 7',
  'größe/温度/😀',
  'hall/❤\ufe0f',
  '"',
  "it's/'",
  '"a"/b',
  '',
  '/',
  'a//b',
  '+/#',
  '$aws/things/a/shadow/get',
])('%j is what it looks like', (topic) => {
  expect(doubtTopic(topic)).toBeUndefined()
})

test('who follows every suggestion comes to a topic without doubts', () => {
  const scraps = fc.string({ unit: fc.constantFrom('a', '/', ' ', '\t', '\u200b', '\u2028', '\ufeff', '+', '"') })
  fc.assert(
    fc.property(scraps, (input) => {
      let topic = input
      for (let step = 0; step < 4; step++) topic = doubtTopic(topic)?.suggestion ?? topic
      expect(doubtTopic(topic)).toBeUndefined()
    }),
  )
})
