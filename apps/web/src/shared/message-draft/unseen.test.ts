import { expect, test } from 'vitest'
import { unseenIn } from './unseen.ts'

test.each([
  ['{"t":21.5}\n', undefined],
  ['{"t":21.5}\0', /: U\+0000 at 11\.$/],
  ['\ufeff{}', /a byte order mark \(EF BB BF\) at the beginning/],
  ['{"a":"\u202eb"}', /: U\+202E at 7\.$/],
  ['a\r\nb', /lines that end in CR LF/],
  ['\x01\x02\x03\x04\x7f', /U\+0001 at 1, U\+0002 at 2, U\+0003 at 3 and 2 more/],
])('%j: %s', (text, words) => {
  if (words) expect(unseenIn(text)).toMatch(words)
  else expect(unseenIn(text)).toBeUndefined()
})
