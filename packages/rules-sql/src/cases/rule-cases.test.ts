import { expect, test } from 'vitest'
import { caseOutcomeOf, type RuleCase, readRuleCases, runRuleCases } from './rule-cases.ts'

const CASE: RuleCase = {
  name: 'hot',
  topic: 'dt/pump-7/telemetry',
  payload: '{"temperature":31.20}',
  receivedAtMs: 1_700_000_000_000,
  expected: { outcome: 'matched', output: '{"t":31.2,"device":"pump-7","at":1700000000000}' },
}
const RULE = {
  sql: "SELECT temperature AS t, topic(2) AS device, timestamp() AS at FROM 'dt/+/telemetry' WHERE temperature > 30",
  awsIotSqlVersion: '2016-03-23',
}

test.each<[Partial<RuleCase>, string, boolean]>([
  [{}, 'matched', true],
  [{ payload: '{"temperature":29}' }, 'not matched', false],
  [{ payload: '{"temperature":29}', expected: { outcome: 'not matched' } }, 'not matched', true],
  [{ payload: '{}', expected: { outcome: 'not matched' } }, 'not matched', true],
  [{ topic: 'other', expected: { outcome: 'not matched' } }, 'not matched', true],
  [{ expected: { outcome: 'matched', output: '{}' } }, 'matched', false],
  [{ topic: '$aws/rules/pumps/a/pump-9/b' }, 'matched', false],
])('%j is %s', async (change, outcome, isPassed) => {
  const [result] = await runRuleCases(RULE, 'pumps', [{ ...CASE, ...change }])
  expect(result).toMatchObject({ name: 'hot', isPassed, actual: { outcome } })
  expect(await caseOutcomeOf(RULE, 'pumps', { ...CASE, ...change })).toEqual(result?.actual)
})

test('bytes are compared as bytes, and chance is the same in each run', async () => {
  const raw: RuleCase = {
    name: 'raw',
    topic: 'raw/a',
    payload: '/wABew==',
    isBase64: true,
    receivedAtMs: 1,
    expected: { outcome: 'matched', output: '/wABew==', isBase64: true },
  }
  expect(await runRuleCases({ sql: "SELECT * FROM 'raw/#'" }, 'r', [raw])).toMatchObject([{ isPassed: true }])
  const chance = { sql: "SELECT newuuid() AS id, rand() AS r FROM 'raw/#'" }
  const [once] = await runRuleCases(chance, 'r', [raw])
  const [again] = await runRuleCases(chance, 'r', [raw])
  expect(once?.actual).toEqual(again?.actual)
})

test('functions that ask AWS are answered by the case, and what nobody answers has failed', async () => {
  const rule = {
    sql: "SELECT get_thing_shadow('a', 'arn:aws:iam::123456789012:role/r').v AS v FROM 'x'",
    awsIotSqlVersion: '2016-03-23',
  }
  const answered: RuleCase = {
    name: 'answered',
    topic: 'x',
    payload: '{}',
    receivedAtMs: 1,
    answers: [{ functionName: 'get_thing_shadow', pattern: '"a", *', answer: '{"v":1}' }],
    expected: { outcome: 'matched', output: '{"v":1}' },
  }
  const { answers: _, ...open } = answered
  expect(await runRuleCases(rule, 'r', [answered, open])).toMatchObject([
    { isPassed: true },
    { isPassed: false, actual: { outcome: 'failed' } },
  ])
})

test('an empty answer of get_dynamodb() is no item, and Undefined', async () => {
  const rule = {
    sql: "SELECT get_dynamodb('t', 'k', k, 'arn:aws:iam::123456789012:role/r').v AS v, 1 AS one FROM 'x'",
    awsIotSqlVersion: '2016-03-23',
  }
  const answered = (answer: string, output: string): RuleCase => ({
    name: answer,
    topic: 'x',
    payload: '{"k":7}',
    receivedAtMs: 1,
    answers: [{ functionName: 'get_dynamodb', pattern: '"t", "k", 7, *', answer }],
    expected: { outcome: 'matched', output },
  })
  const results = await runRuleCases(rule, 'r', [answered('', '{"one":1}'), answered('{"v":2}', '{"v":2,"one":1}')])
  expect(results).toMatchObject([{ isPassed: true }, { isPassed: true }])
})

test('SQL that cannot be run fails each case, with the reason', async () => {
  const [result] = await runRuleCases({ sql: 'SELECT' }, 'r', [CASE])
  expect(result).toMatchObject({
    isPassed: false,
    actual: { outcome: 'failed' },
    reason: expect.stringContaining('line 1'),
  })
})

test.each([
  ['[]', 'This file has no test cases of a rule.'],
  ['{', 'This file is no JSON.'],
  ['{"thingdeck":"rule-cases","version":9}', 'These test cases have version 9; version 1 can be read.'],
  ['{"thingdeck":"rule-cases","version":1}', 'This file does not say of which rule'],
])('%s is no file of cases', (text, message) => {
  expect(() => readRuleCases(text)).toThrow(message)
})
