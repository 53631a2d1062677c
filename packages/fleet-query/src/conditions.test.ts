import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  type ConditionGroup,
  formatConditions,
  type Operator,
  readConditions,
  withoutPlace,
} from './conditions.ts'
import { QueryError } from './query-error.ts'
import { parseQuery } from './query-parser.ts'

const is = (field: string | undefined, operator: Operator, value: string): Condition => ({ field, operator, value })
const and = (...conditions: (Condition | ConditionGroup)[]): ConditionGroup => ({ operation: 'and', conditions })
const or = (...conditions: (Condition | ConditionGroup)[]): ConditionGroup => ({ operation: 'or', conditions })

describe('conditions and the query that says them', () => {
  test.each<[ConditionGroup, string]>([
    [and(), ''],
    [and(is('thingTypeName', '=', 'pump')), 'thingTypeName:pump'],
    [and(is('thingName', '^', 'pump-')), 'thingName:pump-*'],
    [and(is('thingName', ':', 'a:b')), 'thingName:*a\\:b*'],
    [and(is('thingName', '=', 'AND')), 'thingName:"AND"'],
    [and(is('thingName', '=', '-x')), 'thingName:"-x"'],
    [and(is('thingName', '^', '-x')), 'thingName:\\-x*'],
    [and(is('thingName', ':', 'a*b')), 'thingName:a*b'],
    [and(is('thingName', ':', '*b')), 'thingName:*b'],
    [
      and(is('thingTypeName', '!=', 'pump'), is('attributes.site', '!^', 'hall')),
      'NOT thingTypeName:pump AND NOT attributes.site:hall*',
    ],
    [
      and(is('attributes.site', '=', '*'), is('attributes.floor', '!=', '*')),
      'attributes.site:* AND NOT attributes.floor:*',
    ],
    [and(is('shadow.reported.battery', '<', '20')), 'shadow.reported.battery < 20'],
    [and(is('shadow.reported.level', '>=', '-3')), 'shadow.reported.level >= "-3"'],
    [and(is('attributes.sn', '=', '[abcd TO abcf]')), 'attributes.sn:[abcd TO abcf]'],
    [and(is('attributes.n', '=', '{75 TO 80]')), 'attributes.n:{75 TO 80]'],
    [
      or(is('connectivity.connected', '=', 'false'), is('thingName', '^', 'lamp')),
      'connectivity.connected:false OR thingName:lamp*',
    ],
    [
      and(is('thingGroupNames', '=', 'hall 2'), or(is('thingTypeName', '=', 'pump'), is('thingTypeName', '=', 'lamp'))),
      'thingGroupNames:"hall 2" AND (thingTypeName:pump OR thingTypeName:lamp)',
    ],
    [and(is(undefined, '=', 'north')), 'north'],
    [and(is('attributes.a,b', '=', 'x')), 'attributes.a\\,b:x'],
    [and(is('shadow.name.$package.reported.fw.version', '=', '2.5')), 'shadow.name.$package.reported.fw.version:2.5'],
    [and(is('attributes.v', '=', '[1]')), 'attributes.v:"[1]"'],
    [and(is('attributes.v', '^', '[1')), 'attributes.v:\\[1*'],
  ])('%j ↔ %s', (conditions, text) => {
    expect(formatConditions(conditions)).toBe(text)
    expect(readConditions(text)).toEqual(conditions)
  })
})

describe('queries that people write, as conditions', () => {
  test.each<[string, ConditionGroup | undefined]>([
    ['*', and()],
    ['  ', and()],
    ['thingTypeName:"Pump"', and(is('thingTypeName', '=', 'Pump'))],
    ['thingName:tv* -attributes.site:x', and(is('thingName', '^', 'tv'), is('attributes.site', '!=', 'x'))],
    ['thingName:(tv* OR plasma)', or(is('thingName', '^', 'tv'), is('thingName', '=', 'plasma'))],
    ['a:1 OR b:2 c:3', and(or(is('a', '=', '1'), is('b', '=', '2')), is('c', '=', '3'))],
    ['a:[* TO 80]', and(is('a', '<=', '80'))],
    ['a:{5 TO *}', and(is('a', '>', '5'))],
    ['NOT (a:1 OR b:2)', undefined],
    ['NOT a > 5', undefined],
    ['a:1 OR (b:2 AND (c:3 OR d:4))', undefined],
    ['a:"*"', undefined],
    ['a:x\\*', and(is('a', '=', 'x*'))],
    ['a:x\\*y*', undefined],
    ['a:["x y" TO z]', undefined],
  ])('%s → %j', (text, conditions) => {
    expect(readConditions(text)).toEqual(conditions)
  })
})

describe('what the syntax has no place for stands for any character', () => {
  test.each<[Condition, string]>([
    [is('a', '=', 'x/y,z'), 'a:x?y?z'],
    [is('a', '=', '1/2/3/4/5/6/7'), 'a:1?2?3?4?5?6*'],
    [is('a', '^', '1/2/3/4/5/6/7'), 'a:1?2?3?4?5?6*'],
    [is('a', '=', '/x'), 'a:*'],
    [is('a', '^', '/x'), 'a:*'],
  ])('%j → %s', (condition, text) => {
    expect(formatConditions(and(condition))).toBe(text)
  })

  test.each<[Condition, string]>([
    [is('a', '=', 'x/y,z/'), '/,'],
    [is('a', '!^', '/x'), '/'],
    [is('a', ':', '*x#'), '#'],
    [is('a', '=', 'x?y:z-1 b'), ''],
    [is('a', '=', '*'), ''],
    // A range goes as it is, and AWS refuses it.
    [is('a', '=', '[a/b TO c]'), ''],
  ])('%j is said but for %s', (condition, characters) => {
    expect(withoutPlace(condition).join('')).toBe(characters)
  })
})

describe('where a query fails', () => {
  test.each([
    ['thingName:a AND', 15],
    ['thingName:a)', 11],
    ['thingName:(a', 12],
    ['thingName: OR b', 11],
    ['a:1 AND bogus:(x)', 8],
    ['a:1 b:?x', 6],
    ['a:1 b:x~', 7],
    ['a:1 "b', 4],
  ])('%s at %i', (text, at) => {
    const checkField = (field: string) => {
      if (field === 'bogus') throw new QueryError('invalid field name, field name: bogus', text)
    }
    expect(() => parseQuery(text, checkField)).toThrow(expect.objectContaining({ at }))
  })
})

test('whatever conditions say is a query that says the same', () => {
  const value = fc.stringMatching(/^[a-zA-Z0-9:_. "()-]{1,12}$/u).filter((text) => text.trim() === text)
  const condition = fc.record({
    field: fc.constantFrom('thingName', 'attributes.site', 'shadow.reported.a.b'),
    operator: fc.constantFrom<Operator[]>('=', '!=', '^', '!^', ':', '!:', '<', '<=', '>', '>='),
    value,
  })
  const inner = (operation: 'and' | 'or') =>
    fc.record({ operation: fc.constant(operation), conditions: fc.array(condition, { minLength: 2, maxLength: 2 }) })
  const groups = fc.oneof(
    fc.record({
      operation: fc.constant('and' as const),
      conditions: fc.array(fc.oneof(condition, inner('or')), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      operation: fc.constant('or' as const),
      conditions: fc.array(fc.oneof(condition, inner('and')), { minLength: 2, maxLength: 4 }),
    }),
  )
  // Only one term of a query can begin with a wildcard: what is asked here is the reading, not that quota.
  const wild = ({ operation, conditions }: ConditionGroup): ConditionGroup => ({
    operation,
    conditions: conditions.map((part) =>
      'conditions' in part
        ? wild(part)
        : { ...part, operator: part.operator === ':' ? '^' : part.operator === '!:' ? '!^' : part.operator },
    ),
  })
  fc.assert(
    fc.property(groups, (group) => {
      const asked = wild(group)
      expect(readConditions(formatConditions(asked))).toEqual(asked)
    }),
  )
})
