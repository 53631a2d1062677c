import { stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { type CommandParameter, checkParameters, chosenValue } from './parameter.ts'
import type { ParameterValue } from './parameter-value.ts'
import { fillTemplate, JSON_FORM, parameterPlaceholder, TIMEOUT_PLACEHOLDER } from './payload-template.ts'
import type { ComparisonOperand, ComparisonOperator } from './value-conditions.ts'

const condition = (comparisonOperator: ComparisonOperator, operand: ComparisonOperand) => ({
  valueConditions: [{ comparisonOperator, operand }],
})

// Source: AWS IoT API reference, CommandParameterValue, CommandParameterValueCondition.
test.each<[CommandParameter, ParameterValue | undefined, string | undefined]>([
  [{ type: 'INTEGER' }, { I: 2_147_483_647 }, undefined],
  [{ type: 'INTEGER' }, { I: 2_147_483_648 }, '32 bits'],
  [{ type: 'INTEGER' }, { D: 1 }, 'give its value as I'],
  [{ type: 'UNSIGNEDLONG' }, { UL: '18446744073709551615' }, undefined],
  [{ type: 'UNSIGNEDLONG' }, { UL: '18446744073709551616' }, '64 bits'],
  [{ type: 'UNSIGNEDLONG' }, { UL: '-1' }, '64 bits'],
  [{ type: 'UNSIGNEDLONG' }, { UL: 'ten' }, '64 bits'],
  [{ type: 'BINARY' }, { BIN: 'AAE=' }, undefined],
  [{ type: 'BINARY' }, { BIN: 'no Base64' }, 'Base64'],
  [{ type: 'STRING' }, undefined, 'needs a value'],
  [{ type: 'STRING', defaultValue: { S: 'low' } }, undefined, undefined],
  [{ type: 'STRING', ...condition('IN_SET', { strings: ['low', 'high'] }) }, { S: 'middle' }, 'IN_SET low, high'],
  [{ type: 'DOUBLE', ...condition('LESS_THAN', { number: '2.5' }) }, { D: 2.5 }, 'LESS_THAN 2.5'],
  [{ type: 'DOUBLE', ...condition('NOT_IN_RANGE', { numberRange: { min: '1', max: '2' } }) }, { D: 2 }, 'NOT_IN_RANGE'],
  [
    { type: 'UNSIGNEDLONG', ...condition('EQUALS', { number: '9007199254740993' }) },
    { UL: '9007199254740992' },
    'EQUALS 9007199254740993',
  ],
])('%j takes %j: %s', (parameter, given, refusal) => {
  const choose = () => chosenValue({ name: 'p', ...parameter }, given)
  if (refusal === undefined) expect(choose()).toEqual(given ?? parameter.defaultValue)
  else expect(choose).toThrow(refusal)
})

test.each<[string, readonly CommandParameter[], string]>([
  ['{"a":1}', [], 'needs a placeholder'],
  ['{"a":', [], 'is not JSON'],
  [`{"a":"${parameterPlaceholder('x')}"}`, [], 'placeholder for x'],
  ['{"a":"${aws:iot:thingName}"}', [], 'which commands do not know'],
  [`{"${parameterPlaceholder('x')}":1}`, [{ name: 'x', type: 'STRING' }], 'in a value'],
  [`["${TIMEOUT_PLACEHOLDER}"]`, [{ name: 'x' }], 'needs a type'],
  [
    `["${TIMEOUT_PLACEHOLDER}"]`,
    [{ name: 'x', type: 'BOOLEAN', ...condition('EQUALS', { string: '' }) }],
    'no conditions',
  ],
])('%s with %j is refused: %s', (template, parameters, refusal) => {
  expect(() => checkParameters(template, parameters)).toThrow(refusal)
})

test('a whole placeholder keeps its type and all digits; within a text it is text', () => {
  const template = `{"a":"${parameterPlaceholder('n')}","b":["is ${parameterPlaceholder('n')}"],"c":1.50,"d":"${TIMEOUT_PLACEHOLDER}"}`
  const values = { parameters: { n: { UL: '18446744073709551615' } }, executionTimeoutSeconds: 20 }
  expect(stringifyJson(fillTemplate(template, values, JSON_FORM))).toBe(
    '{"a":18446744073709551615,"b":["is 18446744073709551615"],"c":1.50,"d":20}',
  )
})
