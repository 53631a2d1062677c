import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStatement } from './parse.ts'
import { SqlError } from './sql-error.ts'

test.each([
  ['SELECT', 1, 7, 'Expected an expression, found the end of the text'],
  ["SELECT a b FROM 'x'", 1, 10, "Expected '.', an operator, AS, ',', FROM or WHERE, found b"],
  ["SELECT a, , FROM 'x'", 1, 11, "Expected an expression, found ','"],
  ['SELECT a, FROM x', 1, 11, 'Expected an expression, found FROM'],
  ["SELECT a AS FROM 'x'", 1, 13, 'Expected a name behind AS, found FROM'],
  ['SELECT a FROM x', 1, 15, 'Expected a topic filter in single quotes, found x'],
  ['SELECT a FROM "x"', 1, 15, 'The topic filter of FROM stands in single quotes, not in double ones'],
  ["SELECT a FROM 'a/#/b'", 1, 15, "'a/#/b' is not a topic filter (# can only be the last level)"],
  ["SELECT a FROM '${topic()}'", 1, 15, 'FROM takes a topic filter, and no substitution template'],
  ["SELECT a\nFROM 'x'\nWHERE", 3, 6, 'Expected an expression, found the end of the text'],
  ["SELECT a FROM 'x' GROUP BY a", 1, 19, 'Expected WHERE, found GROUP (a rule sees one message at a time)'],
  ["SELECT a FROM 'x' WHERE a = 1 b", 1, 31, "Expected '.' or an operator, found b"],
  ['SELECT a WHERE a == 1', 1, 19, "Expected an expression, found '=' (equal is one = alone)"],
  ['SELECT a WHERE a != 1', 1, 18, '!= is not part of the language: unequal is <>'],
  ['SELECT a WHERE a && b', 1, 18, '&& is not part of the language: it is AND'],
  ['SELECT a WHERE a = b = c', 1, 22, 'Comparisons do not chain: join them by AND'],
  ['SELECT a; ', 1, 9, '; is not part of the language: a statement just ends'],
  [
    'SELECT a WHERE b IS NULL',
    1,
    18,
    "Expected '.' or an operator, found IS (whether a value is Null is isNull(value))",
  ],
  [
    'SELECT a WHERE b LIKE "x%"',
    1,
    18,
    "Expected '.' or an operator, found LIKE (patterns are for regexp_matches(text, pattern))",
  ],
  [
    'SELECT température',
    1,
    8,
    "température is no name here: names have letters from A to Z, digits and _; others are for get(*, 'name')",
  ],
  ['SELECT §§x', 1, 8, '§§x is not part of the language'],
  ["SELECT 'abc FROM x", 1, 8, "A string is not closed: ' is missing"],
  ['SELECT a -- all', 1, 10, '-- begins a comment, which AWS IoT SQL does not have'],
  ['SELECT a /* all */', 1, 10, '/* begins a comment, which AWS IoT SQL does not have'],
  ['SELECT 5abc', 1, 8, '5abc is neither a number nor a name'],
  ['SELECT .5 AS x', 1, 8, "Expected an expression, found '.'"],
  ['SELECT @ AS x', 1, 8, '@ has no name of a variable'],
  ['SELECT a[0]', 1, 9, 'AWS IoT SQL has no [index]: an item is get(array, index)'],
  ['SELECT a.5', 1, 10, "Expected a name, found 5 (a member called so is get(…, '5'), an item get(…, 5))"],
  [
    'SELECT a WHERE end = 1',
    1,
    16,
    "Expected an expression, found end, a word of the language (a field of this name is get(*, 'end'))",
  ],
  [
    'SELECT CASE WHEN a THEN 1 END AS x',
    1,
    13,
    'AWS IoT SQL has no CASE WHEN condition: it is CASE value WHEN constant THEN result … END',
  ],
  ['SELECT CASE a WHEN 1 THEN 2', 1, 28, "Expected '.', an operator, WHEN, ELSE or END, found the end of the text"],
  ['SELECT a.* AS b', 1, 12, '.* gives each member by its own name, and takes no AS'],
  ['SELECT a + b.*', 1, 13, '.* stands behind the path of an object'],
  [
    'SELECT VALUE a.*',
    1,
    16,
    "Expected a name, found '*' (an item of SELECT may end so; elsewhere an object is named as a whole)",
  ],
  [
    "SELECT abs(a.*) AS b FROM 'x'",
    1,
    14,
    "Expected a name, found '*' (an item of SELECT may end so; elsewhere an object is named as a whole)",
  ],
  [
    "SELECT a AS 'b c'",
    1,
    13,
    "Expected a name behind AS, found the string 'b c' (it stands without quotes; any key is in { 'key': value })",
  ],
  ['SELECT VALUE a AS b', 1, 16, 'SELECT VALUE gives one bare value: it takes no AS'],
  ['SELECT VALUE a, b', 1, 15, 'SELECT VALUE gives one bare value: it takes no list'],
  ['SELECT {a: 1} AS x', 1, 9, "Expected '}' or a key in quotes, found a"],
  ['SELECT (SELECT a) AS x', 1, 17, "Expected '.', an operator, AS, ',' or FROM, found ')'"],
  ['SELECT cast(a, int)', 1, 14, "Expected '.', an operator or AS, found ','"],
  ['SET x = 1 SELECT x', 1, 5, 'Expected a variable as in @name, found x'],
  ['UPDATE x', 1, 1, 'Expected SET or SELECT, found UPDATE'],
])('%s is refused at line %i, column %i: %s', (text, line, column, message) => {
  const error = refusal(text)
  expect(error).toMatchObject({ code: 'SYNTAX', line, column })
  expect(error.message).toBe(`${message} (line ${line}, column ${column})`)
})

test.each([
  ['(', 101],
  ['f(', 101],
  ['[', 101],
  ["{'a':", 101],
  ['- ', 101],
  ['NOT ', 101],
  ['(SELECT VALUE ', 101],
  ['CASE ', 101],
  ['(', 1_000_000],
  ['- ', 65_000],
])('%s nested %i times is refused, and overflows nothing', (open, times) => {
  expect(refusal(`SELECT VALUE ${open.repeat(times)}`).code).toBe('LIMIT')
})

test('an alias of ever more names is refused', () => {
  expect(refusal(`SELECT a AS x${'.x'.repeat(60_000)}`)).toMatchObject({ code: 'LIMIT' })
  expect(parseStatement(`SELECT a AS x${'.x'.repeat(99)}`).select.kind).toBe('items')
})

test('a hundred levels are taken', () => {
  expect(parseStatement(`SELECT VALUE ${'('.repeat(100)}a${')'.repeat(100)}`).select.kind).toBe('value')
})

test('a chain of operators is bounded as well', () => {
  expect(parseStatement(`SELECT VALUE a${' + a'.repeat(999)}`).select.kind).toBe('value')
  expect(refusal(`SELECT VALUE a${' + a'.repeat(30_000)}`)).toMatchObject({ code: 'LIMIT' })
})

test('a text of any length is refused at once', () => {
  expect(refusal(`SELECT ${'a,'.repeat(10_000_000)}`)).toMatchObject({ code: 'LIMIT', from: 131_072 })
})

test('whatever is no statement is refused by an error with a place', () => {
  const scraps = fc.constantFrom(
    ...[
      'SELECT',
      'FROM',
      "'t/#'",
      'WHERE',
      'AS',
      'a',
      '.',
      ',',
      '(',
      ')',
      '*',
      '=',
      '<>',
      '-',
      '1.5',
      '"s"',
      '@v',
      'NOT',
    ],
    ...[
      'AND',
      'IN',
      'CASE',
      'WHEN',
      'THEN',
      'END',
      'SET',
      'VALUE',
      '{',
      '}',
      '[',
      ']',
      ':',
      'cast(',
      'exists',
      '§',
      "'",
    ],
  )
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 14 }), fc.boolean(), (pieces, begins) => {
      const text = `${begins ? 'SELECT ' : ''}${pieces.join(' ')}`
      try {
        parseStatement(text)
      } catch (error) {
        expect(error).toBeInstanceOf(SqlError)
        const { from, to } = error as SqlError
        expect(from <= to && to <= text.length).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

function refusal(text: string): SqlError {
  try {
    parseStatement(text)
  } catch (error) {
    if (error instanceof SqlError) return error
    throw error
  }
  throw new Error(`${text.slice(0, 80)} was accepted`)
}
