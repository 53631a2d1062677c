import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql, runSql } from '../../test/run-sql.ts'
import { diagnoseSql } from '../index.ts'

describe('by type of argument', () => {
  testByType([
    ["regexp_matches(?, 'b')", 'false', 'false', 'false', 'false', 'true', 'false', 'false', U, U],
    // " Ab", ["a",1] and {"k":"V"} are patterns, too: the last one is none, as { has nothing to repeat
    ["regexp_matches('2 Ab', ?)", 'true', 'false', 'false', 'false', 'true', 'false', U, U, U],
    [
      "regexp_replace(?, '[b5]', 'x')",
      '"2"',
      '"-0.2x"',
      '"true"',
      '"0.x"',
      '" Ax"',
      '"[\\"a\\",1]"',
      '"{\\"k\\":\\"V\\"}"',
      U,
      U,
    ],
    ["regexp_replace('2 Ab', ?, 'x')", '"x Ab"', '"2 Ab"', '"2 Ab"', '"2 Ab"', '"2x"', '"2 Ab"', U, U, U],
    [
      "regexp_replace('b', 'b', ?)",
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
    ["regexp_substr(?, '[a-zA-Z]+')", U, U, '"true"', U, '"Ab"', '"a"', '"k"', U, U],
    ["regexp_substr('2 Ab', ?)", '"2"', U, U, U, '" Ab"', U, U, U, U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['regexp_matches("aaaa", "a{2,}")', 'true'],
    ['regexp_matches("aaaa", "b")', 'false'],
    ['regexp_replace("abcd", "bc", "x")', '"axd"'],
    ['regexp_replace("abcd", "b(.*)d", "$1")', '"ac"'],
    ['regexp_substr("hihihello", "hi")', '"hi"'],
    ['regexp_substr("hihihello", "(hi)*")', '"hihi"'],
  ])
})

describe('patterns that come with messages', () => {
  test.each([
    ['a+', 'true'],
    ['(', U],
    ['(a)\\1', 'regexp_matches: Back references cannot be searched for in linear time'],
    ['(?:a{1000}){1000}', 'regexp_matches: The pattern repeats too much in itself to be searched for'],
  ])('%s gives %j', (pattern, expected) => {
    expect(evaluateSql('regexp_matches("aa", p)', JSON.stringify({ p: pattern }))).toBe(expected)
  })

  test('a message full of Chinese may be searched many times', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 3000))).join('')
    const where = Array(10).fill('regexp_matches(t, "\\p{IsHan}{3}\\d|完$")').join(' OR ')
    expect(evaluateSql(where, JSON.stringify({ t: text }))).toBe('false')
  })

  test('what costs too much ends the rule', () => {
    const payload = JSON.stringify({ t: 'a'.repeat(100_000) })
    expect(evaluateSql('regexp_replace(t, "a(?:.*b)?", "x")', payload)).toMatch(/takes more than \d+ steps/)
  })

  test('so do patterns that are made again for each element', () => {
    const payload = JSON.stringify({ p: Array(20_000).fill('(?:a{1000}){1000}') })
    expect(evaluateSql('(SELECT VALUE get_or_default(regexp_matches("a", q), 0) FROM p AS q)', payload)).toMatch(
      /takes more than \d+ steps/,
    )
  })

  test('so does a long text that is searched for each element of an array', () => {
    const payload = JSON.stringify({ t: 'a'.repeat(60_000), p: Array(20_000).fill(1) })
    const sql = 'SET @t = t SELECT VALUE (SELECT VALUE regexp_matches(@t, "b") FROM p)'
    expect(runSql(sql, payload)).toMatch(/takes more than \d+ steps/)
  })
})

describe('patterns that are written in the rule', () => {
  const findings = (expression: string) => diagnoseSql(`SELECT ${expression} AS x FROM 'a'`, '2016-03-23')

  test('what cannot be searched for is refused, with the place', () => {
    const { errors } = findings('regexp_matches(t, "(a)\\1")')
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('Back references cannot be searched for in linear time (at character 4)'),
    ])
  })

  test('what is no regular expression is warned of, as AWS takes it and gives Undefined', () => {
    const { errors, warnings } = findings('regexp_substr(t, "a(")')
    expect(errors).toEqual([])
    expect(warnings.map(({ message }) => message)).toEqual(['A group is not closed: ) is missing (at character 2)'])
  })

  test('so is a replacement that names a group that is not there', () => {
    expect(findings('regexp_replace(t, "a", "$1")').warnings.map(({ message }) => message)).toEqual([
      'There is no group 1',
    ])
  })
})
