import { expect, test } from 'vitest'
import {
  aggregationInWords,
  aggregationsOf,
  parsePercentiles,
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
