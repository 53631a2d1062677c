import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each<[input: string | undefined, why: string]>([
  ['https://evil.test', 'another origin'],
  ['//evil.test', 'another host'],
  ['/\\evil.test', 'another host: a backslash is a slash'],
  ['/\\\\evil.test', 'the same twice'],
  ['/.//evil.test', 'dot segments go, and leave another host'],
  ['/a/..//evil.test', 'those that go up, too'],
  ['/%2e%2e//evil.test', 'percent-encoded dots are dots'],
  ['/%2E//evil.test', 'in capitals, too'],
  ['/./\\evil.test', 'a backslash behind a dot segment'],
  ['/a/../..//evil.test', 'above the top there is nothing'],
  ['/\t/evil.test', 'a tab is left out'],
  ['/\n/evil.test', 'a newline is left out'],
  ['/.\r//evil.test', 'a carriage return is left out'],
  ['/\t.\n//evil.test', 'several of them'],
  ['javascript:alert(1)', 'no path'],
  ['things', 'no path from the root'],
  ['', 'nothing'],
  [undefined, 'absent'],
])('%j leads nowhere (%s)', (input) => {
  expect(ownPath(input)).toBeUndefined()
})

test.each([
  ['/', '/'],
  ['/things?x=1#top', '/things?x=1#top'],
  ['/things/./pump-1/../pump-2', '/things/pump-2'],
  ['/live?s=1:dt/%23', '/live?s=1:dt/%23'],
  ['/things?next=//evil.test', '/things?next=//evil.test'],
  ['/things//pump', '/things//pump'],
])('%s is a path of the console: %s', (input, path) => {
  expect(ownPath(input)).toBe(path)
})
