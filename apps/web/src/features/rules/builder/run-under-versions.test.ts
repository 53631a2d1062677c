import { expect, test } from 'vitest'
import { runUnderVersions } from './run-under-versions.ts'

const texts = (sql: string, payload: string) => runUnderVersions(sql, payload, 0).map(({ text }) => text)

test('a time has no parts of a millisecond, whatever the clock of the console has', () => {
  const results = runUnderVersions("SELECT timestamp() AS at FROM 'x'", '{}', 1_700_000_000_000.5)
  expect(results.map(({ text }) => text)).toEqual(['{"at":1700000000001}', '{"at":1700000000001}'])
})

test('what the versions make of the same', () => {
  expect(texts("SELECT bar FROM 'plant/+/data'", '{"bar": 3.0}')).toEqual(['{"bar":3.0}', '{"bar":3}'])
  expect(texts("SELECT bar FROM 'x' WHERE bar > 3", '{"bar": 2}')).toEqual([
    'WHERE is not true: the rule does nothing.',
    'WHERE is not true: the rule does nothing.',
  ])
  const [old, now] = texts("SELECT (SELECT VALUE a FROM list) AS l FROM 'x'", '{"list":[{"a":1}]}')
  expect(old).toBe('It does not take the statement.')
  expect(now).toBe('{"l":[1]}')
  expect(texts('SELECT', '{}')).toEqual(['It does not take the statement.', 'It does not take the statement.'])
})
