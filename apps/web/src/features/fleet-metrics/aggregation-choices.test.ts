import { expect, test } from 'vitest'
import {
  aggregationInWords,
  aggregationsOf,
  formatTags,
  parsePercentiles,
  parseTags,
  periodInWords,
  statisticsOf,
} from './aggregation-choices.ts'

test('what can be computed follows from the type of the field', () => {
  expect(aggregationsOf('Number')).toContain('Percentiles')
  expect(aggregationsOf('String')).not.toContain('Percentiles')
  expect(statisticsOf('String')).toEqual(['count'])
  expect(statisticsOf('Boolean')).toContain('average')
  expect(statisticsOf('Boolean')).not.toContain('stdDeviation')
  expect(statisticsOf('Number')).toContain('stdDeviation')
})

test.each([
  ['50, 90,99.9', ['50', '90', '99.9']],
  ['50 50', ['50']],
  ['', undefined],
  ['101', undefined],
  ['p90', undefined],
  ['1,2,3,4,5,6', undefined],
])('percentiles %j are %j', (text, values) => {
  expect(parsePercentiles(text)).toEqual(values)
})

test.each([
  ['team=halls\n\n site = north=2 ', { team: 'halls', site: 'north=2' }],
  ['', {}],
  ['team', undefined],
  ['a=1\na=2', undefined],
])('tags %j are %j', (text, tags) => {
  expect(parseTags(text)).toEqual(tags)
})

test('tags are written as they are read', () => {
  const tags = { team: 'halls', empty: '' }
  expect(parseTags(formatTags(tags))).toEqual(tags)
})

test.each([
  [{ aggregation: { name: 'Statistics', values: ['count', 'sum'] }, aggregationField: 'f' }, 'count, sum of f'],
  [{ aggregation: { name: 'Percentiles', values: ['90'] }, aggregationField: 'f' }, 'percentiles 90 of f'],
  [
    { aggregation: { name: 'Cardinality', values: ['cardinality'] }, aggregationField: 'f' },
    'how many different values f has',
  ],
])('%j is %s', (metric, words) => {
  expect(aggregationInWords(metric)).toBe(words)
})

test('a period that is not offered is said in seconds', () => {
  expect(periodInWords(300)).toBe('5 minutes')
  expect(periodInWords(120)).toBe('120 s')
})
