// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { needsCare, visibleParts, visibleText } from './visible-text.ts'

test.each([
  ['dt/pump-7', 'dt/pump-7', 'what is plain'],
  ['dt/\u202egpj.7-pmup', 'dt/\\u202Egpj.7-pmup', 'an override'],
  ['dt/pump\u200b-7', 'dt/pump\\u200B-7', 'a zero-width space'],
  ['a\u0000b\u001b[31m\u007f\u0085', 'a\\u0000b\\u001B[31m\\u007F\\u0085', 'control characters'],
  ['a\nb\tc\r', 'a\\nb\\tc\\r', 'white space that a line has not'],
  ['\ufeff{}', '\\uFEFF{}', 'a byte order mark'],
  ['21\u00a0°C', '21\\u00A0°C', 'a blank that is none'],
  ['half \ud800', 'half \\uD800', 'half a pair'],
  ['21 \udcb0C', '21 \\xB0C', 'a byte that is no UTF-8, as looseText keeps it'],
  ['tag\u{e0041}', 'tag\\u{E0041}', 'tags'],
  ['\ufffe\uffff\u{1fffe}\ue000', '\\uFFFE\\uFFFF\\u{1FFFE}\\uE000', 'what no font has a picture of'],
  ['⚠\ufe0f 1\ufe0f\u20e3 👩\u200d🚒', '⚠\ufe0f 1\ufe0f\u20e3 👩\u200d🚒', 'emoji with what makes them'],
  ['a\ufe0f a\u200db', 'a\\uFE0F a\\u200Db', 'the same where it does nothing'],
  ['क्\u200dष', 'क्\u200dष', 'a joiner between letters that it changes'],
  ['日本　語 été', '日本　語 été', 'other scripts'],
])('%j is %j: %s', (text, expected) => {
  expect(visibleText(text)).toBe(expected)
})

test('what runs from right to left is isolated from the punctuation around it', () => {
  const text = '{"מפתח אחד":"قيمة"}'
  expect(visibleParts(text)).toEqual([
    { kind: 'plain', text: '{"' },
    { kind: 'rtl', text: 'מפתח אחד' },
    { kind: 'plain', text: '":"' },
    { kind: 'rtl', text: 'قيمة' },
    { kind: 'plain', text: '"}' },
  ])
  expect(visibleText(text)).toBe('{"\u2068מפתח אחד\u2069":"\u2068قيمة\u2069"}')
})

test('on lines of its own a text keeps its line breaks, and nothing else that cannot be seen', () => {
  expect(visibleParts('a\n\tb\r\n', { keepsLines: true }).map(({ text }) => text)).toEqual(['a\n\tb', '\\r', '\n'])
})

test('of two texts that differ, no two look the same for what they have that cannot be seen', () => {
  const unit = fc.constantFrom('a', 'b', '\u200b', '\u202e', '\u200d', '\u0000', '\ufe0f', '\u2066', '\u00ad', ' ', 'א')
  const seen = (text: string) =>
    visibleParts(text)
      .map(({ kind, text: shown }) => `${kind}:${shown}`)
      .join('|')
  fc.assert(
    fc.property(fc.string({ unit }), fc.string({ unit }), (one, other) => {
      if (one !== other) expect(seen(one)).not.toBe(seen(other))
      expect(needsCare(visibleText('a').concat('b'))).toBe(false)
    }),
  )
})
