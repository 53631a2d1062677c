import { createObject } from '@thingdeck/rules-sql'
import { expect, test } from 'vitest'
import { templateSuggestions } from './template-suggestions.ts'

const KNOWN = {
  sqlVersion: '2016-03-23',
  sample: createObject([
    ['bar', 2],
    ['a-b', 1],
  ]),
  topicFilters: [],
  variables: [],
} as const

const values = (text: string) => templateSuggestions(text, KNOWN).map(({ value }) => value)

test('a whole template is offered behind a text, and within one what may stand there', () => {
  expect(values('alarms/')).toEqual(expect.arrayContaining(['alarms/${bar}', 'alarms/${topic(2)}']))
  expect(values('alarms/pump')).toEqual([])
  expect(values('')).not.toContain('${a-b}')
  expect(values('alarms/${ba')).toEqual(['alarms/${bar}'])
  expect(values('alarms/${news')).toEqual([])
  expect(values('${new')).toEqual(['${newuuid()}'])
  expect(values('${topic() + cli')).toEqual(['${topic() + clientid()}'])
})
