import { Numbers, parseJsonValue } from '@thingdeck/rules-sql'
import { expect, test } from 'vitest'
import { sqlCompletions } from './sql-completions.ts'

const SEEN = {
  sample: parseJsonValue('{"temperature": 1, "tank": {"level": 2}}', Numbers.of('2016-03-23')),
  topicFilters: ['dt/+/telemetry'],
}
const labels = (text: string) => sqlCompletions(text, SEEN).map(({ label }) => label)
const texts = (text: string) => sqlCompletions(text, SEEN).map((option) => option.text)

test('members that were seen are offered, however the SQL is written, and where it begins', () => {
  for (const text of ['SQL te', 'WHERE te', 'SELECT * WHERE te', 'last:5m SQL te']) {
    expect(texts(text)[0], text).toBe(`${text.slice(0, -2)}temperature `)
  }
  expect(labels('SQL tank.')).toEqual(['level'])
  expect(texts('SELECT * FROM ')).toContain("SELECT * FROM 'dt/+/telemetry' ")
})

test('behind a whole term what joins it is offered, and functions last', () => {
  expect(labels('SQL temperature > 3 ')).toContain('AND')
  expect(texts('SQL up')).toContain('SQL upper(')
})

test('what is no SQL is left alone', () => {
  expect(labels('te')).toEqual([])
  expect(labels('select te')).toEqual([])
})
