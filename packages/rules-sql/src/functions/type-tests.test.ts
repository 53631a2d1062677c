import { describe } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'

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

describe('what fails is Undefined to get_or_default, and ends the rule elsewhere', () => {
  testExamples([
    ["get_or_default(regexp_matches('aa', concat('(a)', '\\1')), 'none')", '"none"'],
    ["get_or_default(concat(1, 2), 'none')", '"none"'],
  ])
})
