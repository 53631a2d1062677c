import { describe, expect, test } from 'vitest'
import { ENVIRONMENT, evaluateSql, inputOf } from '../../test/run-sql.ts'
import { compileRule, type RuleMessage, stringifyValue } from '../index.ts'

function evaluate(expression: string, changes: Partial<RuleMessage> = {}): string {
  const rule = compileRule(`SELECT VALUE ${expression}`, { sqlVersion: '2016-03-23' })
  const outcome = rule.run(inputOf('{}', changes), ENVIRONMENT)
  return outcome.kind === 'result' ? stringifyValue(outcome.result) : outcome.kind
}

describe('of the message', () => {
  const foo = { topic: 'foo/bar/baz' }
  test.each<readonly [string, string, Partial<RuleMessage>]>([
    // AWS IoT developer guide, "topic(Decimal)"
    ['topic()', '"foo/bar/baz"', foo],
    ['topic(1)', '"foo"', foo],
    ['topic(2)', '"bar"', foo],
    ["topic('3')", '"baz"', foo],
    ['topic(2.9)', '"bar"', foo],
    ['topic(0)', '', foo],
    ['topic(4)', '', foo],
    ['topic(-1)', '', foo],
    ['topic(true)', '', foo],
    ['topic(missing)', '', foo],
    ['topic(1, 2)', '', foo],
    ['topic(2)', '""', { topic: 'a//b' }],
    ['clientid()', '"pump-7"', {}],
    ['clientid()', '"n/a"', { clientId: undefined }],
    ['principal()', '"ba67293af50bf2506f5f"', { principal: 'ba67293af50bf2506f5f' }],
    ['principal()', '', {}],
    ['sourceip()', '"192.0.2.7"', { sourceIp: '192.0.2.7' }],
    ['sourceip()', '', {}],
    ['traceid()', '"12345678-1234-1234-1234-123456789012"', { traceId: '12345678-1234-1234-1234-123456789012' }],
    ['traceid()', '', {}],
    ['timestamp()', '1481825251155', { timestampMs: 1_481_825_251_155 }],
  ])('%s is %s', (expression, expected, changes) => {
    expect(evaluate(expression, changes)).toBe(expected)
  })
})

describe('of the account, the rule and chance', () => {
  test.each([
    ['accountid()', '"123456789012"'],
    ['newuuid()', '"3d8dc35e-8b30-4a08-b1f4-1b5b8f5d4a0e"'],
    ['rand()', '0.25'],
    ['sql_version()', '"2016-03-23"'],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected)
  })

  test('the version is the one of the rule', () => {
    expect(evaluateSql('sql_version()', '{}', '2015-10-08')).toBe('"2015-10-08"')
  })

  test('chance is asked for each time', () => {
    const numbers = [0.1, 0.2, 0.3, 0.4]
    const environment = { ...ENVIRONMENT, random: () => numbers.shift() ?? 0 }
    const rule = compileRule('SELECT rand() AS a, rand() AS b', { sqlVersion: '2016-03-23' })
    const run = () => {
      const outcome = rule.run(inputOf('{}'), environment)
      return outcome.kind === 'result' ? stringifyValue(outcome.result) : outcome.kind
    }
    expect([run(), run()]).toEqual(['{"a":0.1,"b":0.2}', '{"a":0.3,"b":0.4}'])
  })
})
