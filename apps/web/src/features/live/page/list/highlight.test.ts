import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlightPattern, markParts } from './highlight.ts'

test.each([
  ['Pump 7', ['p'], ['[P]', 'um', '[p]', ' 7']],
  ['a7b', ['\\d', 'b'], ['a', '[7]', '[b]']],
  ['none', ['x'], ['none']],
  ['an empty match marks nothing', ['z*'], ['an empty match marks nothing']],
  ['what is no pattern is left out', ['('], ['what is no pattern is left out']],
  ['', ['x'], ['']],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', ['(a+)+$'], ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!']],
])('%j with %j', (text, sources, expected) => {
  const parts = markParts(text, highlightPattern(sources))
  expect(parts.map((part) => (part.marked ? `[${part.text}]` : part.text))).toEqual(expected)
})

test('the parts are the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.constantFrom('a', '.', '\\d+', '[a-z]*', 'b|')), (text, sources) => {
      expect(
        markParts(text, highlightPattern(sources))
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
