import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import { compileRule } from './rule.ts'

const run = (sql: string, payload: string) =>
  compileRule(sql, { sqlVersion: '2016-03-23' }).run(inputOf(payload), ENVIRONMENT)

/** As large as a message may be. */
const MANY = JSON.stringify({ list: Array.from({ length: 20_000 }, (_, index) => index), other: [1, 2, 3] })
const LONG = JSON.stringify({ text: 'x'.repeat(120_000) })

test.each([
  ['rows of queries within queries', 'SELECT (SELECT VALUE (SELECT VALUE b FROM a.l AS b) FROM l AS a) AS x', nested()],
  ['each element sought among all', 'SET @l = list SELECT (SELECT VALUE a IN @l FROM list AS a) AS x', MANY],
  [
    'calls for each element',
    'SELECT (SELECT VALUE upper(a) + lower(a) + (SELECT VALUE b FROM [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] AS b) FROM list AS a) AS x',
    MANY,
  ],
])('%s end the run after so many steps', (_name, sql, payload) => {
  expect(run(sql, payload)).toMatchObject({ kind: 'failed', failure: { code: 'TOO_MANY_STEPS' } })
})

/** Elements of an element of an element: cubes of what a message can have. */
function nested(): string {
  const l = Array.from({ length: 600 }, (_, index) => index)
  return JSON.stringify({ l: Array.from({ length: 500 }, () => ({ l })) })
}

test('what one pass over the largest message needs is no bound', () => {
  const outcome = run('SELECT (SELECT VALUE a + 1 FROM list AS a WHERE a % 2 = 0 AND abs(a) > 5) AS x', MANY)
  expect(outcome.kind).toBe('result')
})

test.each([
  ['a text added to itself', `SELECT ${Array(40).fill('text').join(' + ')} AS x`],
  ['a message many times over', `SELECT [${Array(4000).fill('*').join(', ')}] AS x`],
  ['objects of it', `SELECT {${Array.from({ length: 4000 }, (_, index) => `'k${index}': *`).join(', ')}} AS x`],
  ['columns of it', `SELECT ${Array.from({ length: 4000 }, (_, index) => `* AS k${index}`).join(', ')}`],
  ['doubled in each variable', 'SET @a = text + text, @b = @a + @a SELECT @b AS x'],
  [
    'a variable for each element',
    'SET @t = text SELECT (SELECT @t AS t FROM [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] AS n) AS x, [1] AS y',
  ],
])('%s is too large', (_name, sql) => {
  const outcome = run(sql, LONG)
  expect(outcome).toMatchObject({ kind: 'failed' })
})

test('of SET, all variables together have 128 KiB', () => {
  expect(run('SET @a = text SELECT 1 AS x', LONG).kind).toBe('result')
  expect(run('SET @a = text, @b = text SELECT 1 AS x', LONG)).toMatchObject({
    kind: 'failed',
    failure: { code: 'TOO_LARGE', message: 'The variables of SET have more than 131072 bytes' },
  })
})

test('a chain of a thousand operators is run', () => {
  const outcome = run(`SELECT VALUE n${' + n'.repeat(999)}`, '{"n":1}')
  expect(outcome).toMatchObject({ kind: 'result', result: 1000 })
})
