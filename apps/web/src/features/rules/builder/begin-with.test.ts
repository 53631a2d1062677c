import { expect, test } from 'vitest'
import { STATEMENT_TEMPLATES } from './begin-with.ts'
import { statementProblems } from './statement-problems.ts'

test.each(STATEMENT_TEMPLATES)('$title: nothing in it looks wrong', ({ sql }) => {
  expect(statementProblems(sql, '2016-03-23')).toEqual([])
})

test.each([
  ['plant/*/data', 'A * is no wildcard'],
  ['/plant/+/data', 'begins with a slash'],
  ['plant/+/data/', 'ends with a slash'],
  ['plant/+/data ', 'begins or ends with a blank'],
])('FROM %j is doubted: %s', (topicFilter, words) => {
  const found = statementProblems(`SELECT * FROM '${topicFilter}'`, '2016-03-23')
  expect(found).toMatchObject([{ severity: 'warning', message: expect.stringContaining(words) }])
})

test('topics that lead no message to a rule are doubted where they stand', () => {
  const [problem] = statementProblems("SELECT * FROM '$aws/rules/alarms/a'", '2016-03-23')
  expect(problem).toMatchObject({
    severity: 'warning',
    from: 14,
    to: 35,
    message: expect.stringContaining('Basic Ingest'),
  })
})
