import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import {
  compileRule,
  compileTemplate,
  completeSql,
  diagnoseSql,
  Explainer,
  formatStatement,
  parseStatement,
  stringifyValue,
} from './index.ts'

test('the example of the README', () => {
  const rule = compileRule(
    "SELECT device, temperature * 2 AS double, topic(2) AS pump FROM 'plant/+/data' WHERE temperature > 20",
    { sqlVersion: '2016-03-23' },
  )
  expect(rule.topicFilter).toBe('plant/+/data')
  expect(rule.warnings).toEqual([])
  const input = inputOf('{"device":"a","temperature":21.6}')
  const outcome = rule.run(input, ENVIRONMENT)
  if (outcome.kind !== 'result') throw new Error(`it was ${outcome.kind}`)
  expect(stringifyValue(outcome.result)).toBe('{"device":"a","double":43.2,"pump":"pump-7"}')

  expect(compileTemplate('alarms/${topic(2)}/${device}').render(input, ENVIRONMENT)).toBe('alarms/pump-7/a')

  const explainer = new Explainer("SELECT * FROM 'x' WHERE temperature > 30 AND colour = 'red'")
  const { where, undefinedNotes } = explainer.explain(input, ENVIRONMENT)
  expect(where?.terms[0]).toMatchObject({ text: 'temperature > 30', value: false })
  expect(undefinedNotes[0]?.sentence).toBe('The message has no colour')

  expect(formatStatement(parseStatement("select a,b from 'x'"))).toBe("SELECT a, b\nFROM 'x'")
  expect(diagnoseSql('SELECT foor(a)', '2016-03-23').errors[0]?.message).toBe(
    'There is no function foor(); is floor() meant? (line 1, column 8)',
  )
  expect(completeSql('SELECT a WHE', 12, { sqlVersion: '2016-03-23' }).options[0]?.label).toBe('WHERE')
})
