import { expect, test } from 'vitest'
import { parseTarget } from './uri.ts'

test.each([
  ['/', [''], [], 'the root has one empty segment'],
  ['/things/pump-7', ['things', 'pump-7'], [], 'plain'],
  ['/topics/a%2Fb/c', ['topics', 'a/b', 'c'], [], 'an encoded slash does not split'],
  ['/things/50%2525', ['things', '50%25'], [], 'decoded once, not twice'],
  ['/things/', ['things', ''], [], 'an empty segment is a segment'],
  [
    '/a?x=1&x=2',
    ['a'],
    [
      ['x', '1'],
      ['x', '2'],
    ],
    'a name may repeat',
  ],
  ['/a?x', ['a'], [['x', '']], 'no equals sign: an empty value'],
  [
    '/a?x==&&y=',
    ['a'],
    [
      ['x', '='],
      ['y', ''],
    ],
    'only the first equals sign splits',
  ],
  ['/a?q=a%20b+c%2Bd', ['a'], [['q', 'a b c+d']], 'a plus sign is a space, %2B is a plus sign'],
  ['/a?b?c=d', ['a'], [['b?c', 'd']], 'the query begins at the first question mark'],
])('%s → %j %j (%s)', (url, segments, query) => {
  expect(parseTarget(url)).toEqual({ segments, query })
})

test.each([
  ['/things/%', 'no digits'],
  ['/things/%zz', 'not hexadecimal'],
  ['/things/%ff', 'not UTF-8'],
  ['/things/%c0%af', 'an overlong slash'],
  ['/a?x=%e4', 'not UTF-8 in the query'],
  ['*', 'OPTIONS *'],
  ['http://example.com/', 'absolute form'],
  ['', 'nothing'],
])('refuses %s (%s)', (url) => {
  expect(parseTarget(url)).toBeUndefined()
})
