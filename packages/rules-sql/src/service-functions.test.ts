import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import { Explainer } from './explain.ts'
import { compileRule } from './rule.ts'
import { RuleFailure } from './rule-failure.ts'
import type { RuleFunction, ServiceFunction } from './rule-function.ts'
import { compileTemplate } from './template.ts'
import type { Value } from './value.ts'

/** Asks a service that doubles numbers, knows nothing of texts, and fails for Booleans. */
function doubling() {
  const asked: Value[] = []
  const ask: ServiceFunction = {
    kind: 'service',
    name: 'ask',
    minArgs: 1,
    maxArgs: 1,
    call: async ([value]) => {
      asked.push(value)
      if (typeof value === 'boolean') throw new Error('no such thing')
      return typeof value === 'number' ? value * 2 : undefined
    },
  }
  const orElse: RuleFunction = {
    kind: 'pure',
    name: 'or_else',
    minArgs: 2,
    maxArgs: 2,
    isConstant: true,
    failureIsUndefined: [0],
    call: ([value, otherwise]) => value ?? otherwise,
  }
  return { functions: [ask, orElse], asked }
}

async function run(sql: string, payload = '{"a":1,"list":[1,2,"x"],"s":"s"}') {
  const { functions, asked } = doubling()
  const rule = compileRule(sql, { sqlVersion: '2016-03-23', functions })
  const outcome = await rule.runAsync(inputOf(payload), ENVIRONMENT)
  return { rule, asked, outcome: outcome.kind === 'result' ? outcome.result : outcome.kind }
}

test.each<[string, Value, Value[]]>([
  ['SELECT ask(a) + ask(5) AS x', { x: 12 }, [1, 5]],
  ['SELECT -ask(a) AS x, NOT ask(a) AS y, ask(s) AS z', { x: -2 }, [1, 1, 's']],
  [
    "SELECT ask(a) AS p.q, *, {'o': [ask(7)]} AS r",
    { p: { q: 2 }, a: 1, list: [1, 2, 'x'], s: 's', r: { o: [14] } },
    [1, 7],
  ],
  ['SELECT (SELECT VALUE ask(l) FROM list AS l) AS x', { x: [2, 4] }, [1, 2, 'x']],
  ['SELECT (SELECT VALUE l FROM list AS l WHERE ask(l) = 4) AS x', { x: [2] }, [1, 2, 'x']],
  ['SELECT 1 AS x WHERE ask(a) = 2', { x: 1 }, [1]],
  ['SELECT ask(a) AS x WHERE a = 2', 'no match', []],
  ['SELECT 1 AS x WHERE EXISTS (SELECT * FROM list WHERE ask(*) = 4)', { x: 1 }, [1, 2, 'x']],
  ['SELECT CASE a WHEN 2 THEN ask(1) WHEN 1 THEN ask(2) ELSE ask(3) END AS x', { x: 4 }, [2]],
  ['SELECT CASE ask(a) WHEN 5 THEN 1 ELSE ask(3) END AS x', { x: 6 }, [1, 3]],
  ['SET @v = ask(a) SELECT @v AS x, cast(ask(@v) AS String) AS y', { x: 2, y: '4' }, [1, 2]],
  ['SELECT or_else(ask(true), 7) AS x', { x: 7 }, [true]],
])('%s', async (sql, expected, expectedAsked) => {
  const { rule, asked, outcome } = await run(sql)
  expect(rule.isAsync).toBe(true)
  expect(outcome).toEqual(expected)
  expect(asked).toEqual(expectedAsked)
})

test('what a service says is wrong ends the rule, with its cause', async () => {
  const { functions } = doubling()
  const rule = compileRule('SELECT ask(true) AS x', { functions })
  const outcome = await rule.runAsync(inputOf('{}'), ENVIRONMENT)
  if (outcome.kind !== 'failed') throw new Error(`it was ${outcome.kind}`)
  expect(outcome.failure).toBeInstanceOf(RuleFailure)
  expect(outcome.failure).toMatchObject({
    code: 'FUNCTION_FAILED',
    function: 'ask',
    message: 'ask() failed: no such thing',
  })
  expect(outcome.failure.cause).toEqual(new Error('no such thing'))
})

test('only a rule that asks a service is asynchronous', () => {
  const { functions } = doubling()
  expect(compileRule('SELECT or_else(a, 1) AS x', { functions }).isAsync).toBe(false)
  const rule = compileRule('SELECT ask(a) AS x', { functions })
  expect(() => rule.run(inputOf('{}'), ENVIRONMENT)).toThrow(TypeError)
})

test('templates and explanations ask as well', async () => {
  const { functions } = doubling()
  const input = inputOf('{"a":2}')
  const template = compileTemplate('x${ask(a)}', { functions })
  expect(template.isAsync).toBe(true)
  expect(() => template.render(input, ENVIRONMENT)).toThrow(TypeError)
  expect(await template.renderAsync(input, ENVIRONMENT)).toBe('x4')
  const explained = await new Explainer('SELECT 1 AS x WHERE ask(a) = 4 AND a = 2', { functions }).explainAsync(
    input,
    ENVIRONMENT,
  )
  expect(explained.where?.terms.map(({ text, value }) => `${text}: ${value}`)).toEqual([
    'ask(a) = 4: true',
    'a = 2: true',
  ])
})
