import { expect, test } from 'vitest'
import { jsonProblems } from './json-problems.ts'

test.each([
  ['', []],
  ['{"a": 1}', []],
  ['{"a": 1, "b": {"c": 1, "c": 2}}', ['"c"']],
  ['[{"a": 1, "a": 2}]', ['"a"']],
  ["{'a': 1}", ["'"]],
])('in %s what is wrong stands at %j', (text, places) => {
  expect(jsonProblems(text).map(({ from, to }) => text.slice(from, to))).toEqual(places)
})
