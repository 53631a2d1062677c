import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { runSql } from '../../test/run-sql.ts'
import { diagnoseSql } from '../index.ts'

describe('by type of argument', () => {
  const no = 'false'
  testByType([
    ['isNull(?)', no, no, no, no, no, no, no, 'true', no],
    ['isUndefined(?)', no, no, no, no, no, no, no, no, 'true'],
    ['get_or_default(?, 7)', '2', '-0.25', 'true', '"0.5"', '" Ab"', '["a",1]', '{"k":"V"}', '7', '7'],
    ['get_or_default(?)', '2', '-0.25', 'true', '"0.5"', '" Ab"', '["a",1]', '{"k":"V"}', U, U],
    ['get_or_default(missing, ?)', '2', '-0.25', 'true', '"0.5"', '" Ab"', '["a",1]', '{"k":"V"}', 'null', U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['isNull(5)', 'false'],
    ['isNull(Null)', 'true'],
    ['isUndefined(5)', 'false'],
    ['isUndefined(floor([1,2,3]))', 'true'],
  ])
})

test('a payload that is not JSON is no value, until it is encoded', () => {
  expect(runSql("SELECT VALUE get_or_default(*, 'none')", 'plain')).toBe('"none"')
  expect(runSql("SELECT VALUE get_or_default(encode(*, 'base64'), 'none')", 'plain')).toBe('"cGxhaW4="')
})

test('what stands in may not ask AWS', () => {
  const { errors } = diagnoseSql('SELECT get_or_default(a, abs(aws_lambda("f", {}))) AS x', '2016-03-23')
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('Argument 2 of get_or_default() may not ask AWS'),
  ])
})

describe('what fails is Undefined to get_or_default, and ends the rule elsewhere', () => {
  testExamples([
    ["get_or_default(regexp_matches('aa', concat('(a)', '\\1')), 'none')", '"none"'],
    ["get_or_default(concat(1, 2), 'none')", '"none"'],
  ])
})
