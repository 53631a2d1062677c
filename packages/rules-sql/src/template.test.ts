import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import { compileTemplate } from './template.ts'

const INPUT = inputOf('{"a":{"b":5},"text":"x","list":[1,"y"],"nothing":null,"yes":true,"d":0.5}')
const render = (text: string) =>
  compileTemplate(text, { sqlVersion: '2016-03-23', variables: ['v'] }).render(INPUT, ENVIRONMENT, [7])

// Source: AWS IoT developer guide, "Substitution templates".
test.each([
  ['plain', 'plain'],
  ['', ''],
  ['$a {b} $', '$a {b} $'],
  ['${topic()}/${timestamp()}', 'plant/pump-7/data/1700000000000'],
  ['alarms/${topic(2)}/${a.b}', 'alarms/pump-7/5'],
  ['${a}', '{"b":5}'],
  ['${list}', '[1,"y"]'],
  ['${yes}${d}', 'true0.5'],
  ['[${missing}${nothing}]', '[]'],
  ["${ {'k': '}'}.k }", '}'],
  ["${text + '}${'}", 'x}${'],
  ['${upper(text)}${@v + 1}', 'X8'],
  ['${CASE a.b WHEN 5 THEN "five" ELSE "other" END}', 'five'],
  ['${(SELECT VALUE l FROM list AS l WHERE l = 1)}', '[1]'],
  ['$$aws/${text}', '$$aws/x'],
])('%s is %s', (text, expected) => {
  expect(render(text)).toBe(expected)
})

test.each([
  ['a/${topic(2', 1, 3, "A substitution template is not closed: '}' is missing for the '${'"],
  ['a\n/${a +}', 2, 7, 'Expected an expression, found the end of the text'],
  ['${a}${b c}', 1, 9, "Expected '.' or an operator, found c"],
  ['${}', 1, 3, 'Expected an expression, found the end of the text'],
  ['${foor(a)}', 1, 3, 'There is no function foor(); is floor() meant?'],
  ['${@w}', 1, 3, '@w is not set before it is used'],
  ['${a AS b}', 1, 5, "Expected '.' or an operator, found AS"],
])('%s is refused at line %i, column %i: %s', (text, line, column, message) => {
  expect(() => render(text)).toThrow(`${message} (line ${line}, column ${column})`)
})

test('says whether it is the same for all messages', () => {
  expect(compileTemplate('a/b').isConstant).toBe(true)
  expect(compileTemplate('a/${b}').isConstant).toBe(false)
})

test('a text of nothing but templates is read in one go', () => {
  const template = compileTemplate('${a}'.repeat(30_000))
  expect(template.isConstant).toBe(false)
  expect(() => compileTemplate(`${'${a}'.repeat(30_000)}\${a b}`)).toThrow('(line 1, column 120005)')
})

test('says which of its templates a message has no value for', async () => {
  const template = compileTemplate('a/${missing}/${a.b}/${nothing}/${get(list, 9)}')
  expect(await template.explainAsync(INPUT, ENVIRONMENT)).toEqual({
    text: 'a//5//',
    missing: ['${missing}', '${nothing}', '${get(list, 9)}'],
  })
})
