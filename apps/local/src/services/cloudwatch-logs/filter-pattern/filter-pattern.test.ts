import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../../../../../../scripts/any-character.ts'
import { parseFilterPattern } from './filter-pattern.ts'
import { matchesGlob } from './glob.ts'
import { FilterPatternError } from './scanner.ts'

// Source: Amazon CloudWatch Logs user guide, "Filter pattern syntax"; the messages are ours.

describe.each<[pattern: string, matches: string[], others: string[]]>([
  ['', ['', 'anything'], []],
  ['ERROR', ['[ERROR 400] BAD', 'an ERROR'], ['an error', '']],
  ['ERROR ARGUMENTS', ['ERROR in ARGUMENTS', 'ARGUMENTS: ERROR'], ['ERROR', 'ARGUMENTS']],
  ['?ERROR ?WARN', ['ERROR', 'WARN it'], ['INFO']],
  ['?ERROR WARN', ['WARN'], ['ERROR']],
  ['ERROR -EXITING', ['ERROR'], ['ERROR EXITING', 'INFO']],
  ['"a b"', ['x a b y'], ['a  b', 'a']],
  ['"say \\"hi\\""', ['say "hi"'], ['say hi']],
  ['{ $.eventType = "Connect" }', ['{"eventType":"Connect"}'], ['{"eventType":"Publish-In"}', '{}', 'Connect', '[1]']],
  ['{ $.eventType = Publish* }', ['{"eventType":"Publish-In"}', '{"eventType":"Publish"}'], ['{"eventType":"Pub"}']],
  ['{ $.a != "x" }', ['{"a":"y"}'], ['{"a":"x"}', '{}', '{"a":1}', '{"a":{}}']],
  ['{ $.code >= 400 && $.code < 5e2 }', ['{"code":400}', '{"code":499.5}'], ['{"code":500}', '{"code":"400"}', '{}']],
  ['{ $.a = 1 || $.b = 1 && $.c = 1 }', ['{"a":1}', '{"b":1,"c":1}'], ['{"b":1}', '{"c":1}']],
  ['{ ($.a = 1 || $.b = 1) && $.c = 1 }', ['{"a":1,"c":1}'], ['{"a":1}', '{"b":1}']],
  ['{ $.a IS NULL }', ['{"a":null}'], ['{}', '{"a":0}']],
  ['{ $.a IS TRUE }', ['{"a":true}'], ['{"a":"true"}', '{"a":false}']],
  ['{ $.a NOT EXISTS }', ['{}', '{"b":1}', '{"a":{}}'], ['{"a":null}', '{"a":1}']],
  ['{ $.a[0].b = 1 }', ['{"a":[{"b":1}]}'], ['{"a":[]}', '{"a":[{"b":2},{"b":1}]}']],
  ['{ $.a[*].b = 1 }', ['{"a":[{"b":2},{"b":1}]}'], ['{"a":[{"b":2}]}', '{"a":{"b":1}}']],
  ["{ $.['*item'] = 1 }", ['{"*item":1}'], ['[1]']],
  ["{ $.['a.b'] = 1 }", ['{"a.b":1}'], ['{"a":{"b":1}}']],
  ['{ $.__proto__ NOT EXISTS }', ['{}'], ['{"__proto__":1}']],
  [
    '[ip, user, ..., status = 4*, bytes > 1000]',
    ['1.2.3.4 me [a b] "GET /" 404 2000'],
    ['1.2.3.4 me 200 2000', '404 2000', 'a b 404 1'],
  ],
  ['[level = ERROR || level = WARN, message]', ['ERROR "it broke"', 'WARN it'], ['INFO it', 'ERROR it broke']],
  ['%4[0-9]{2}% GET', ['GET 404'], ['GET 200', '404']],
  ['?%^a% ?%b$%', ['ax', 'xb'], ['x']],
  ['{ $.id = %^pump-\\d+$% }', ['{"id":"pump-17"}'], ['{"id":"pump-x"}', '{"id":null}', '{}']],
  ['{ $.id != %^pump% }', ['{"id":"lamp"}'], ['{"id":"pump"}', '{}']],
  ['{ $.code = %^4% }', ['{"code":404}'], ['{"code":500}']],
  ['[code = %4\\d\\d%, rest]', ['404 x'], ['200 x']],
  ['%100\\%%', ['100%'], ['100']],
  ['[a, b]', ['x y'], ['x', 'x y z', '']],
])('%s', (pattern, matches, others) => {
  test('means these messages alone', () => {
    const isMeant = parseFilterPattern(pattern)
    expect(matches.filter((message) => !isMeant(message))).toEqual([])
    expect(others.filter(isMeant)).toEqual([])
  })
})

test.each<[pattern: string, literal: string | undefined]>([
  ['{ $.traceId = "0f8f-a1" }', '0f8f-a1'],
  ['{ $.a = "pump*valve-17" && $.b = "no" }', 'valve-17'],
  ['{ $.a = "x" }', undefined],
  ['{ $.a = "say \\"hi\\"" }', undefined],
  ['{ $.a = "ünter" }', undefined],
  ['{ $.a != "pump" }', undefined],
  ['{ $.a = "pump" || $.b = "pump" }', undefined],
  ['{ ($.a = "pump" || $.b = 1) && $.c = "valve" }', 'valve'],
  ['{ $.a = 1000 }', undefined],
  ['', undefined],
])('of %s messages hold %j', (pattern, literal) => expect(parseFilterPattern(pattern).literal).toBe(literal))

test.each<[pattern: string, position: number, message: string]>([
  ['a-b', 3, "Invalid character(s) in term 'a-b'"],
  ['"open', 0, 'The " is not closed'],
  ['{ $.a }', 6, 'Expected one of ='],
  ['{ a = 1 }', 2, 'Expected $'],
  ['{ $.a = }', 8, 'Expected a value behind ='],
  ['{ $.a < "x" }', 11, '< compares numbers only'],
  ['{ $.a = 1', 9, 'Expected }, but the pattern ends'],
  ['{ $.a = 1 } x', 12, 'Expected the end of the pattern'],
  ['{ $.a[*].b[*] = 1 }', 13, 'A selector takes one [*] at most'],
  ['{ $.a = %(x% }', 11, 'Expected ), but the pattern ends'],
  ['{ $.a < %x% }', 8, '< compares numbers only'],
  ['%x', 0, 'The % is not closed'],
  ['%a% %b% %c%', 8, 'A pattern takes 2 regular expressions at most'],
  ['[a, ..., b, ...]', 16, 'A pattern takes one ... at most'],
  ['[a = 1 && b = 2]', 11, 'Expected a condition on a'],
])('%s is refused at its place', (pattern, position, message) => {
  expect(() => parseFilterPattern(pattern)).toThrow(FilterPatternError)
  try {
    parseFilterPattern(pattern)
  } catch (error) {
    expect(error).toMatchObject({ position, message: expect.stringContaining(message) })
  }
})

test('no pattern and no message ends in anything but an answer or a FilterPatternError', () => {
  const scraps = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '$',
      '.a',
      '=',
      '!=',
      '<',
      '&&',
      '||',
      '(',
      ')',
      '"',
      "'",
      '*',
      '...',
      ',',
      ' ',
      '1',
      'IS NULL',
      'NOT EXISTS',
      '?',
      '-',
      'x',
      '\\',
      '%',
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(scraps, fc.oneof(fc.json(), fc.string({ unit: anyCharacter })), (pattern, message) => {
      try {
        expect(typeof parseFilterPattern(pattern.join(''))(message)).toBe('boolean')
      } catch (error) {
        expect(error).toBeInstanceOf(FilterPatternError)
      }
    }),
    { numRuns: 500 },
  )
})

test('fields are what the syntax says: in quotes, in brackets, or as far as there is no white space', () => {
  const message = fc.string({ unit: fc.constantFrom('"', '[', ']', ' ', 'a'), maxLength: 12 })
  fc.assert(
    fc.property(message, (text) => {
      const fields = [...text.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(([, ...parts]) => parts.join(''))
      if (fields.length === 0) return
      const pattern = `[${fields.map((field, index) => `f${index} = "${field.replaceAll(/["\\]/g, '\\$&')}"`).join(', ')}]`
      expect(parseFilterPattern(pattern)(text)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

/** Each opens a field that nothing closes; looked for anew each time, the end is 10^11 steps away. */
test.each(['[ ', '" [ '])('a message of many %s is read once', (opening) => {
  expect(parseFilterPattern('[a, b]')(`"${opening.repeat(400_000)}`)).toBe(false)
})

test('a glob means what the same regular expression means', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
  fc.assert(
    fc.property(part, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (form, text) => {
      const expression = new RegExp(`^${form.replaceAll(/\*+/g, '.*')}$`, 's')
      expect(matchesGlob(form, text)).toBe(expression.test(text))
    }),
  )
})
