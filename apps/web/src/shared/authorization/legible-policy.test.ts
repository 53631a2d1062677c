import { expect, test } from 'vitest'
import { legiblePolicy } from './legible-policy.ts'

test.each([
  [
    'in one line it is laid out, with every digit',
    '{"a":12345678901234567890,"b":1.50}',
    '{\n  "a": 12345678901234567890,\n  "b": 1.50\n}',
  ],
  ['in several lines it stays', '{"a":\n1}', '{"a":\n1}'],
  ['what is no JSON stays', '{"a":', '{"a":'],
])('a policy to be read: %s', (_, text, shown) => {
  expect(legiblePolicy(text)).toBe(shown)
})
