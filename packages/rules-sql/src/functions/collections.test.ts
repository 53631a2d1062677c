import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql } from '../../test/run-sql.ts'
import { diagnoseSql } from '../index.ts'

describe('by type of argument', () => {
  testByType([
    ['get(?, 1)', U, U, U, '"."', '"A"', '1', U, U, U],
    ["get(?, 'k')", U, U, U, U, U, U, '"V"', U, U],
    ["get('abc', ?)", '"c"', U, U, '"a"', U, U, U, U, U],
    ["get(['a', 'b', 'c'], ?)", '"c"', U, U, '"a"', U, U, U, U, U],
    // the key of an Object is not converted
    ["get({'2': 1, '0.5': 2, ' Ab': 3, 'true': 4}, ?)", U, U, U, '2', '3', U, U, U, U],
    ["transform('enrichArray', ?, [{'a': 1}])", U, U, U, U, U, U, '[{"a":1,"k":"V"}]', U, U],
    ["transform('enrichArray', {'a': 1}, ?)", U, U, U, U, U, U, U, U, U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['get(["a", "b", "c"], 1)', '"b"'],
    ['get({"a":"b"}, "a")', '"b"'],
    ['get("abc", 0)', '"a"', 'printed with 1 in earlier editions'],
  ])

  const message = '{"attributes":{"data1":1,"data2":2},"values":[{"a":3},{"b":4},{"c":5}]}'
  test.each([
    [
      'transform("enrichArray", attributes, values)',
      '[{"a":3,"data1":1,"data2":2},{"b":4,"data1":1,"data2":2},{"c":5,"data1":1,"data2":2}]',
    ],
    [
      'transform("enrichArray", {"key": attributes.data1}, values)',
      '[{"a":3,"key":1},{"b":4,"key":1},{"c":5,"key":1}]',
    ],
  ])('%s', (expression, expected) => {
    expect(evaluateSql(expression, message)).toBe(expected)
  })

  test('transform over nested queries', () => {
    const nested = JSON.stringify({
      data1: 'example',
      data2: {
        a: 'first attribute',
        b: 'second attribute',
        c: [
          { x: { someInt: 5, someString: 'hello' }, y: true },
          { x: { someInt: 10, someString: 'world' }, y: false },
        ],
      },
    })
    const added = '"a":"first attribute","b":"second attribute"'
    expect(evaluateSql("transform('enrichArray', (select a, b from data2), (select value c from data2))", nested)).toBe(
      `[{"x":{"someInt":5,"someString":"hello"},"y":true,${added}},` +
        `{"x":{"someInt":10,"someString":"world"},"y":false,${added}}]`,
    )
  })
})

describe('at the edges', () => {
  testExamples([
    ['get([1], 1)', U],
    ['get([1], -1)', U],
    ['get([1, 2], 1.9)', '2'],
    ["get([1, 2], '1')", '2'],
    ["get('abc', 3)", U],
    ["get({'__proto__': 1}, '__proto__')", '1'],
    ["get({}, 'constructor')", U],
    ["transform('enrichArray', {'a': 1}, [{'a': 2, 'b': 3}])", '[{"a":1,"b":3}]', "the Object's member counts"],
    ["transform('enrichArray', {'a': 1}, [1])", U],
    ["transform('enrichArray', {'a': 1}, [])", '[]'],
  ])

  test('a mode that does not exist is Undefined, and warned of', () => {
    expect(evaluateSql("transform('other', {}, [])")).toBe(U)
    const { warnings } = diagnoseSql("SELECT transform('other', a, b) AS x FROM 'a'", '2016-03-23')
    expect(warnings.map(({ message }) => message)).toEqual([
      "The mode of transform is 'enrichArray', there is no other",
    ])
  })

  test('an array of more than 128 KiB ends the rule', () => {
    const payload = JSON.stringify({ o: { t: 'x'.repeat(1000) }, a: Array(200).fill({}) })
    expect(evaluateSql("transform('enrichArray', o, a)", payload)).toContain('more than 131072 bytes')
  })
})
