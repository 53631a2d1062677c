import { expect, test } from 'vitest'
import { fieldsOf, formatConditions, matches, NO_CONDITION, parseQuery, readConditions } from './index.ts'

test('the example of the README', () => {
  const query = parseQuery('thingTypeName:pump AND shadow.reported.battery < 20')
  expect(fieldsOf(query)).toEqual(['thingTypeName', 'shadow.reported.battery'])
  const values = (field: string) => (field === 'thingTypeName' ? ['Pump'] : [15])
  expect(matches(query, { values, allValues: () => [] })).toBe(true)
  const conditions = readConditions('thingTypeName:pump NOT attributes.site:hall*')
  expect(formatConditions(conditions ?? NO_CONDITION)).toBe('thingTypeName:pump AND NOT attributes.site:hall*')
  expect(readConditions('NOT (a:1 OR b:2)')).toBeUndefined()
})
