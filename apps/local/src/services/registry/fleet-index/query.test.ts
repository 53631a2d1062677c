import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globMatches } from './glob.ts'
import { type IndexedDocument, type IndexedValue, matches } from './query.ts'
import { parseQuery, QueryError } from './query-parser.ts'

const documentOf = (fields: Record<string, IndexedValue | readonly IndexedValue[]>): IndexedDocument => {
  const values = (field: string) => {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined
    return value === undefined ? [] : [value].flat()
  }
  return { values, allValues: () => Object.keys(fields).flatMap(values) }
}

const THINGS: Record<string, IndexedDocument> = {
  thing1: documentOf({
    thingName: 'thing1',
    thingTypeName: 'type1',
    'attributes.attr1': 'val1',
    'attributes.attr2': 'val2',
  }),
  thing2: documentOf({
    thingName: 'thing2',
    thingTypeName: 'type2',
    'attributes.attr1': 'val1',
    'attributes.attr2': 'val3',
  }),
  thing3: documentOf({
    thingName: 'thing3',
    thingTypeName: 'type1',
    'attributes.attr1': 'val4',
    'attributes.attr2': 'val2',
  }),
}

describe('boolean operators (moto, test_search_logical_operators)', () => {
  test.each([
    ['thingTypeName:type1 AND attributes.attr2:val2', ['thing1', 'thing3']],
    ['thingTypeName:type1 AND attributes.unknown:undefined', []],
    ['* AND *', ['thing1', 'thing2', 'thing3']],
    ['thingTypeName:type1 attributes.attr2:val2', ['thing1', 'thing3']],
    ['* *', ['thing1', 'thing2', 'thing3']],
    ['thingTypeName:type2 OR attributes.attr1:val4', ['thing2', 'thing3']],
    ['NOT thingTypeName:type2', ['thing1', 'thing3']],
    [
      '(thingTypeName:type1 AND attributes.attr1:val1) OR (thingTypeName:type2 AND attributes.attr1:val1)',
      ['thing1', 'thing2'],
    ],
    ['thingTypeName:type1 AND NOT attributes.attr1:val1', ['thing3']],
    [
      '((thingTypeName:type1 OR thingTypeName:type2) AND attributes.attr1:val1) AND NOT attributes.attr2:val2',
      ['thing2'],
    ],
    ['-thingTypeName:type2', ['thing1', 'thing3']],
    ['(thingTypeName:type1 AND -attributes.attr1:val1)', ['thing3']],
    ['-(thingTypeName:type1)', ['thing2']],
    ['thingName:thing1 OR thingName:thing2 attributes.attr2:val2', ['thing1']],
  ])('%s', (text, expected) => {
    const query = parseQuery(text)
    expect(Object.keys(THINGS).filter((name) => matches(query, THINGS[name] ?? documentOf({})))).toEqual(expected)
  })
})

describe('terms (developer guide, "Example thing queries")', () => {
  const document = documentOf({
    thingName: 'tvRoom1',
    'attributes.temp': '75',
    'attributes.serial': 'abcd',
    'attributes.text': 'important',
    'attributes.word': '10 gallons of water',
    'shadow.reported.values': [1, 2, 3],
    'shadow.reported.on': true,
    'shadow.reported.battery': 0.5,
    'attributes.odd:name': 'x',
  })
  test.each([
    ['thingName:tvroom1', true, 'values are case-insensitive'],
    ['ThingName:tvRoom1', false, 'field names are case-sensitive'],
    ['tvRoom1', true, 'a bare word is looked for everywhere'],
    ['tvRoom', false, 'a word is a whole value'],
    ['thingName:tv*', true, 'prefix'],
    ['thingName:tvRoom?', true, 'one character'],
    ['thingName:tvRoom1?', false, 'exactly one character'],
    ['thingName:*room1', true, 'leading wildcard'],
    ['thingName:(tv* AND -plasma)', true, 'field grouping'],
    ['thingName:(tv* -tvroom1)', false, 'field grouping'],
    ['attributes.text:i*t', true, 'a run within'],
    ['attributes.temp:75', true, ''],
    ['attributes.temp:[75 TO 80]', true, 'inclusive'],
    ['attributes.temp:{75 TO 80]', false, 'exclusive'],
    ['attributes.temp:[70 TO 75}', false, 'exclusive'],
    ['attributes.temp:[8 TO 800]', true, 'numbers, not text'],
    ['attributes.temp:[* TO 80]', true, 'open'],
    ['attributes.temp > 74', true, 'blanks around the operator'],
    ['attributes.temp>75', false, ''],
    ['attributes.temp>=75', true, ''],
    ['attributes.temp<7.5e1', false, ''],
    ['attributes.temp<=75', true, ''],
    ['attributes.serial<5', false, 'text is no number'],
    ['attributes.serial:["abcd" TO "abcf"]', true, 'a range of text'],
    ['attributes.serial:{"ABCD" TO "abcf"]', false, 'case-insensitive too'],
    ['attributes.serial : abcd', true, 'blanks around the colon'],
    ['attributes.serial:*', true, 'the field is there'],
    ['attributes.none:*', false, ''],
    ['attributes.word:gallons', true, 'a word of several'],
    ['attributes.word:"gallons of"', true, 'a phrase'],
    ['attributes.word:"gallons water"', false, 'words one after the other'],
    ['"10 gallons"', true, 'a phrase anywhere'],
    ['shadow.reported.values:2', true, 'any element of an array'],
    ['shadow.reported.values:4', false, ''],
    ['shadow.reported.values>2', true, ''],
    ['shadow.reported.on:true', true, ''],
    ['shadow.reported.battery:[0 TO 1]', true, ''],
    ['attributes.odd\\:name:x', true, 'an escaped colon in a field'],
    ['thingName:tv\\*', false, 'an escaped wildcard'],
    ['shadow.reported.values:* NOT shadow.desired.values:*', true, ''],
  ])('%s → %s %s', (text, expected) => {
    expect(matches(parseQuery(text), document)).toBe(expected)
  })
})

test.each([
  ['thingName:thing1 AND', 'moto, test_search_invalid_queries'],
  ['thingName:thing1 OR', ''],
  ['NOT', ''],
  ['(thingName:thing1', ''],
  ['thingName:thing1)', ''],
  ['AND thingName:thing1', ''],
  ['OR thingName:thing1', ''],
  ['thingName:thing1 AND OR thingName:thing2', ''],
  ['NOT AND thingName:thing2', ''],
  ['thingName:thing1 OR NOT', ''],
  ['thingName:thing1 AND NOT', ''],
  [')thingName:thing1', ''],
  ['(thingName:thing1 thingName:thing2', ''],
  ['()', ''],
  ['', 'empty'],
  ['  ', 'blank'],
  ['thingName:', 'no value'],
  ['"open', 'no closing mark'],
  ['a\\', 'nothing to escape'],
  ['attributes.a:[1 TO', 'an open range'],
  ['attributes.a:[1 2]', 'no TO'],
  ['[1 TO 2]', 'a range without a field'],
  ['attributes.a:[1* TO 2]', 'a wildcard in a range'],
  ['attributes.a > b', 'a comparison with text'],
  ['a@b', 'an unsupported character'],
  ['thingName:a*b*c*d', 'three runs'],
  ['thingName:a??????', 'six single characters'],
  ['thingName:*a OR thingName:*b', 'two leading wildcards'],
  [`thingName:*a OR ${'b'.repeat(100)}`, 'a leading wildcard in a long query'],
  [Array.from({ length: 13 }, (_, index) => `w${index}`).join(' '), '13 terms'],
  ['x'.repeat(1001), 'too long'],
])('refuses %s (%s)', (text) => {
  expect(() => parseQuery(text)).toThrow(QueryError)
})

test('whatever is asked, the answer is a query or a QueryError', () => {
  const scraps = fc.string({
    unit: fc.constantFrom(...'ab*?():"[]{}<>=-\\ .12', 'AND', 'OR', 'NOT', 'TO'),
    maxLength: 30,
  })
  fc.assert(
    fc.property(scraps, (text) => {
      try {
        expect(typeof matches(parseQuery(text), documentOf({ a: 'b', b: 1 }))).toBe('boolean')
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a glob matches what the same regular expression matches', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 })
  fc.assert(
    fc.property(glob, text, (pattern, value) => {
      const parts = [...pattern].map((character) => {
        if (character === '*') return { type: 'run' } as const
        return character === '?' ? ({ type: 'one' } as const) : ({ type: 'character', character } as const)
      })
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
      expect(globMatches(parts, value)).toBe(expression.test(value))
    }),
  )
})
