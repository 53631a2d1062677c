import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql } from '../../test/run-sql.ts'

describe('by type of argument', () => {
  testByType([
    ['chr(?)', '"\\u0002"', U, U, '"\\u0000"', U, U, U, U, U],
    ['concat(?)', '2', '-0.25', 'true', '"0.5"', '" Ab"', '["a",1]', '{"k":"V"}', 'null', U],
    ["concat(?, '!')", '"2!"', '"-0.25!"', '"true!"', '"0.5!"', '" Ab!"', '["a",1,"!"]', '"{\\"k\\":\\"V\\"}!"', U, U],
    ['concat(?, 1)', U, U, U, '"0.51"', '" Ab1"', '["a",1,1]', U, U, U],
    [
      'concat([0], ?)',
      '[0,2]',
      '[0,-0.25]',
      '[0,true]',
      '[0,"0.5"]',
      '[0," Ab"]',
      '[0,"a",1]',
      '[0,{"k":"V"}]',
      '[0,null]',
      '[0]',
    ],
    ["endswith(?, '5')", 'false', 'true', 'false', 'true', 'false', 'false', 'false', U, U],
    ["endswith('2', ?)", 'true', 'false', 'false', 'false', 'false', 'false', 'false', U, U],
    ["indexof(?, 'a')", '-1', '-1', '-1', '-1', '-1', '2', '-1', U, U],
    ["indexof('12', ?)", '1', '-1', '-1', '-1', '-1', '-1', '-1', U, U],
    ['length(?)', '1', '5', '4', '3', '3', '7', '9', U, U],
    ['lower(?)', '"2"', '"-0.25"', '"true"', '"0.5"', '" ab"', '"[\\"a\\",1]"', '"{\\"k\\":\\"v\\"}"', U, U],
    ['numbytes(?)', '1', '5', '4', '3', '3', '7', '9', U, U],
    [
      "replace(?, 'A', 'x')",
      '"2"',
      '"-0.25"',
      '"true"',
      '"0.5"',
      '" xb"',
      '"[\\"a\\",1]"',
      '"{\\"k\\":\\"V\\"}"',
      U,
      U,
    ],
    ["replace('2 Ab', ?, 'x')", '"x Ab"', '"2 Ab"', '"2 Ab"', '"2 Ab"', '"2x"', '"2 Ab"', '"2 Ab"', U, U],
    [
      "replace('x', 'x', ?)",
      '"2"',
      '"-0.25"',
      '"true"',
      '"0.5"',
      '" Ab"',
      '"[\\"a\\",1]"',
      '"{\\"k\\":\\"V\\"}"',
      U,
      U,
    ],
    ["startswith(?, '2')", 'true', 'false', 'false', 'false', 'false', 'false', 'false', U, U],
    ["startswith('true', ?)", 'false', 'false', 'true', 'false', 'false', 'false', 'false', U, U],
    ['substring(?, 1)', '""', '"0.25"', '"rue"', '".5"', '"Ab"', '"\\"a\\",1]"', '"\\"k\\":\\"V\\"}"', U, U],
    ["substring('abcd', ?)", '"cd"', '"abcd"', U, '"abcd"', U, U, U, U, U],
    ["substring('abcd', 1, ?)", '"b"', '""', U, '""', U, U, U, U, U],
    ['upper(?)', '"2"', '"-0.25"', '"TRUE"', '"0.5"', '" AB"', '"[\\"A\\",1]"', '"{\\"K\\":\\"V\\"}"', U, U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['chr(65)', '"A"'],
    ['chr(49)', '"1"'],
    ['concat()', U],
    ['concat(1)', '1', 'the table: unmodified; the example: "1"'],
    ['concat([1, 2, 3], 4)', '[1,2,3,4]'],
    ['concat([1, 2, 3], "hello")', '[1,2,3,"hello"]'],
    ['concat("con", "cat")', '"concat"'],
    ['concat(1, "hello")', '"1hello"'],
    ['concat("he","is","man")', '"heisman"'],
    ['concat([1, 2, 3], "hello", [4, 5, 6])', '[1,2,3,"hello",4,5,6]'],
    ['endswith("cat","at")', 'true'],
    ['indexof("abcd", "bc")', '1'],
    ['length("hi")', '2'],
    ['length(false)', '5'],
    ['lower("HELLO")', '"hello"'],
    ['lower(["HELLO"])', '"[\\"hello\\"]"'],
    ['numbytes("hi")', '2'],
    ['numbytes("€")', '3'],
    ['replace("abcd", "bc", "x")', '"axd"'],
    ['replace("abcdabcd", "b", "x")', '"axcdaxcd"'],
    ['startswith("ranger","ran")', 'true'],
    ["startswith(123, '12')", 'true'],
    ['substring("012345", 0)', '"012345"'],
    ['substring("012345", 2)', '"2345"'],
    ['substring("012345", 2.745)', '"2345"'],
    ['substring(123, 2)', '"3"'],
    ['substring("012345", -1)', '"012345"'],
    ['substring(true, 1.2)', '"rue"'],
    ['substring(false, -2.411E247)', '"false"'],
    ['substring("012345", 1, 3)', '"12"'],
    ['substring("012345", -50, 50)', '"012345"'],
    ['substring("012345", 3, 1)', '""'],
    ['upper("hello")', '"HELLO"'],
    ['upper(["hello"])', '"[\\"HELLO\\"]"'],
  ])
})

describe('at the edges', () => {
  testExamples([
    ['chr(127)', '"\x7f"'],
    ['chr(128)', U],
    ['chr(-1)', U],
    ['chr(65.9)', '"A"'],
    ["chr('66')", '"B"'],
    ["indexof('a', '')", '0'],
    ["length('😀')", '2', 'UTF-16 units, as in Java'],
    ["numbytes('😀')", '4'],
    ["length('')", '0'],
    ["replace('a.c', '.', '$1')", '"a$1c"', 'no regular expression'],
    ["replace('ab', '', '-')", '"-a-b-"', 'as Java'],
    ["replace('', '', '-')", '"-"'],
    ["substring('abc', 9)", '""'],
    ["substring('abc', -1e999, 1e999)", '"abc"'],
    ["substring('abc', '1')", '"bc"'],
    ["endswith('abc', '')", 'true'],
    ['concat([], [])', '[]'],
    ['concat([[1]], [2])', '[[1],2]', 'spliced in one level'],
    ["upper('straße')", '"STRASSE"'],
  ])

  test('a text that would be too long ends the rule', () => {
    const payload = JSON.stringify({ a: 'a'.repeat(100_000), b: 'b'.repeat(1000) })
    expect(evaluateSql("replace(a, 'a', b)", payload)).toBe('replace would make a text of more than 1048576 characters')
    const many = Array(12).fill('a').join(', ')
    expect(evaluateSql(`concat(${many})`, payload)).toBe('concat would make a text of more than 1048576 characters')
  })
})
