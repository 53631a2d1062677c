import { stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { checkParameters, fillTemplate, JSON_FORM, parametersOf, whyNotReported } from './index.ts'

test('the example of the README', () => {
  const template = '{"set":"brightness","to":"${aws:iot:commandexecution::parameter:level}"}'
  const declared = [
    {
      name: 'level',
      type: 'INTEGER',
      defaultValue: { I: 60 },
      valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } }],
    },
  ] as const
  checkParameters(template, declared)
  const parameters = parametersOf(declared, { level: { I: 20 } })
  expect(stringifyJson(fillTemplate(template, { parameters, executionTimeoutSeconds: 10 }, JSON_FORM))).toBe(
    '{"set":"brightness","to":20}',
  )
  expect(() => parametersOf(declared, { level: { I: 101 } })).toThrow('IN_RANGE 0 to 100')
  expect(whyNotReported({ status: 'TIMED_OUT', isTerminal: false }, 'SUCCEEDED')).toBeUndefined()
})
