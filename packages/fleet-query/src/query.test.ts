import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globMatches } from './glob.ts'
import { type IndexedDocument, type IndexedValue, matches } from './query.ts'
import { QueryError } from './query-error.ts'
import { parseQuery } from './query-parser.ts'

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
    ['!thingTypeName:type2', ['thing1', 'thing3']],
    ['- thingTypeName:type2', ['thing1', 'thing3']],
    ['thingTypeName:type1 && thingName:thing3', ['thing3']],
    ['thingName:thing1 || thingName:thing3', ['thing1', 'thing3']],
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
    ['attributes.serial>abcc', true, 'text compared with text'],
    ['attributes.serial <= "ABCD"', true, 'and in quotation marks'],
    ['attributes.serial=abcd', true, 'an equals sign is another colon'],
    ['[abcc TO abce]', true, 'a range anywhere'],
    ['attributes.temp:[70 80]', true, 'TO may be left out'],
    ['shadow.reported.battery:0.50', true, 'a number in another spelling'],
    ['thingName:("tvRoom1" OR plasma)', true, 'a phrase in a group'],
    ['thingName:(attributes.temp:75)', true, 'a field within a group of another'],
    ['tvRoom1 or important', false, 'a small operator is a word'],
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

describe('precedence, as measured on AWS (floci, booleanOperatorsFollowTheMeasuredAwsPrecedence)', () => {
  const fleet = {
    alpha1: documentOf({ thingName: 'alpha-1', site: 'north', provider: 'acme', thingTypeName: 'sensor' }),
    alpha2: documentOf({ thingName: 'alpha-2', site: 'south', provider: 'acme' }),
    beta1: documentOf({ thingName: 'beta-1', provider: 'other', thingTypeName: 'sensor' }),
    gamma: documentOf({ thingName: 'gamma' }),
  }
  test.each([
    ['thingName:gamma OR provider:acme AND site:south', ['alpha2', 'gamma'], 'AND binds more than OR'],
    ['provider:acme AND site:south OR thingName:gamma', ['alpha2', 'gamma'], ''],
    ['thingName:gamma OR provider:acme site:south', ['alpha2'], 'a blank is an AND that binds less'],
    ['NOT provider:acme AND thingTypeName:sensor', ['beta1'], 'NOT is of the next term'],
    ['-(thingTypeName:sensor AND provider:other)', ['alpha1', 'alpha2', 'gamma'], ''],
    ['thingName:alpha* - thingTypeName:sensor', ['alpha2'], ''],
    [`${'('.repeat(490)}thingName:gamma${')'.repeat(490)}`, ['gamma'], 'however deep'],
  ])('%s → %j %s', (text, expected) => {
    const query = parseQuery(text)
    expect(
      Object.entries(fleet)
        .filter(([, document]) => matches(query, document))
        .map(([name]) => name),
    ).toEqual(expected)
  })
})

const terms = (count: number, term = 'thingName:x') => Array.from({ length: count }, () => term).join(' OR ')

describe('what is no query, in the words of AWS', () => {
  const refusal = (text: string): unknown => {
    try {
      return parseQuery(text, checkField)
    } catch (error) {
      return error
    }
  }
  /** A stand-in for the fields of an index. */
  const checkField = (field: string) => {
    if (field === 'bogus') throw new QueryError('invalid field name, field name: bogus', 'bogus')
  }

  test.each([
    // moto, test_search_invalid_queries
    ...[
      'thingName:a AND',
      'thingName:a OR',
      'NOT',
      '(thingName:a',
      'thingName:a)',
      'AND thingName:a',
      'OR thingName:a',
    ],
    ...['thingName:a AND OR thingName:b', 'NOT AND thingName:b', 'thingName:a OR NOT', ')thingName:a', '()', '', '  '],
    // floci, malformedQueriesAreSyntaxErrors
    ...['thingName:', 'thingName:a NOT', '!', 'thingName:a -', 'NOT NOT thingName:a', 'NOT -thingName:a', '-NOT a:b'],
    ...['thingName:"a', 'thingName:a"', 'attributes.count:>5', 'thingName:(a OR)', 'thingName:()', 'thingName:AND'],
    // floci, rangesAreParsedAsAwsParsesThem
    ...['thingName:[', 'thingName:[a', 'thingName:[a TO', 'thingName:[a TO b', 'thingName:[a to b]', 'thingName:{'],
    ...['thingName:[a TO b TO c]', 'thingName:]', 'thingName:[]', 'thingName:a]', 'thingName:[aTOb]', 'thingName:a{b'],
    ...['thingName:[a TO b]]', 'thingName:a]b', 'thingName:a[b', 'attributes.a[0]:x', 'thingName:[TO b]', '[a TO]'],
    ...['thingName:[a TO b)', 'thingName:[a\tTO\tb]', 'attributes.a[0]:(x OR y)'],
    // the grammar's own: Lucene, StandardSyntaxParser.jj
    ...['a\\', 'a:b:c', 'thingName:a^', 'a > > b', 'a <', 'a:b&&c:d'],
    // floci, syntaxErrorsWinOverTheTermLimitAndOtherQueryErrors
    ...[`${terms(12)} OR thingName:`, 'bogus:1 OR thingName:', 'thingName:a~ OR thingName:', 'bogus:1 AND'],
    ...['thingName:*a*b*c* OR thingName:', '+thingName:a OR thingName:', 'thingName:?a OR thingName:', 'bogus:'],
  ])('%s: invalid syntax', (text) => {
    expect(refusal(text)).toEqual(new QueryError('invalid syntax', text))
  })

  test.each([
    [terms(13), 'number of terms cannot exceed 12, terms found: 13'],
    [`* ${terms(12)}`, 'number of terms cannot exceed 12, terms found: 13'],
    [`thingName:(${terms(12, 'x')}) OR thingName:y`, 'number of terms cannot exceed 12, terms found: 13'],
    [`bogus:1 OR ${terms(12)} OR thingName:y`, 'number of terms cannot exceed 12, terms found: 14'],
    [`${terms(12)} OR thingName:*a*b*c*`, 'number of terms cannot exceed 12, terms found: 13'],
    ['+thingName:a', 'unsupported operator - "+"'],
    ['thingName:a~', 'unsupported query type - fuzzy'],
    ['thingName:a~2', 'unsupported query type - fuzzy'],
    ['thingName:/a/', 'unsupported query type - regular expression'],
    ['thingName:a^2', 'unsupported query type - boost'],
    [
      'attributes.x:*a*b*c',
      'invalid value - too many wildcards (*). The maximum allowed per term is 2, field name: attributes.x, value: *a*b*c',
    ],
    [
      'thingName:?a',
      'invalid value - wildcard character (?) is not allowed at the start of the value, field name: thingName, value: ?a',
    ],
    ['thingName:a OR *:1', 'invalid field name, field name: *'],
  ])('%s: %s (floci, IotFleetIndexingServiceTest)', (text, reason) => {
    expect(refusal(text)).toEqual(new QueryError(reason, text))
  })

  test('however deep parentheses are, it is a query or is refused', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`
    expect(parseQuery(nested(499))).toEqual(parseQuery('a'))
    for (const text of [nested(100_000), 'thingName:('.repeat(100_000)])
      expect(refusal(text)).toEqual(new QueryError('parentheses cannot be more than 500 deep', text))
  })

  test.each([
    ['(a OR b)^2', 'unsupported query type - boost', 'guide: boosting'],
    ['"a b"~2', 'unsupported query type - proximity', 'guide: proximity search'],
    [
      'thingName:a??????',
      'invalid value - too many wildcards (?). The maximum allowed per term is 5, field name: thingName, value: a??????',
      'quotas',
    ],
    [
      'thingName:*a OR thingName:*b',
      'invalid value - only one term of a query can start with a wildcard (*), field name: thingName, value: *b',
      'guide: leading wildcards',
    ],
    [
      `thingName:*a OR ${'b'.repeat(100)}`,
      'number of characters of a query with a leading wildcard cannot exceed 100, characters found: 116',
      'guide: leading wildcards',
    ],
    ['a@b', 'invalid value - unsupported special character (@), value: a@b', 'guide: special characters'],
    [
      'shadow.reported.place:geo_distance,47.6,-122.3,15km',
      'unsupported query type - geoquery',
      'AWS has them; here they are not there',
    ],
    [
      'attributes.a:[1* TO 2]',
      'invalid value - wildcards are not allowed in a range, field name: attributes.a, value: 1*',
      'not documented',
    ],
  ])('%s: %s (%s; the words are ours)', (text, reason) => {
    expect(refusal(text)).toEqual(new QueryError(reason, text))
  })

  test('what is refused of AWS is refused of the first term that has it', () => {
    expect(refusal('thingName:a~ OR bogus:1')).toMatchObject({ message: expect.stringContaining('fuzzy') })
    expect(refusal('bogus:a~ OR thingName:a^2')).toMatchObject({ message: expect.stringContaining('bogus') })
    expect(refusal('bogus:(a OR b~)')).toMatchObject({ message: expect.stringContaining('bogus') })
  })

  test.each([
    ['thingName:a\\~b', 'a~b'],
    ['thingName:"a~b^c"', 'a~b^c'],
    ['thingName:*a\\*b*', 'xa*b'],
    ['thingName:"*a*b*c*"', '*a*b*c*'],
    ['thingName:a\\@b', 'a@b'],
    ['thingName:a?b?c?d?e?f', 'a1b2c3d4e5f'],
    ['thingName:[ a TO b ]', 'aa'],
    ['thingName:["a]" TO b]', 'aa'],
    ['thingName:[a TO b](thingName:aa)', 'aa'],
  ])('%s is one, and %s matches', (text, thingName) => {
    expect(matches(parseQuery(text), documentOf({ thingName }))).toBe(true)
  })
})

test('whatever is asked, the answer is a query or a QueryError', () => {
  const scraps = fc.string({
    unit: fc.constantFrom(...'ab*?():"[]{}<>=-+!~^/&|\\ \t.12', 'AND', 'OR', 'NOT', 'TO'),
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
