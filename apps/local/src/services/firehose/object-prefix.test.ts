import { expect, test } from 'vitest'
import { checkPrefixes, renderPrefix } from './object-prefix.ts'

const timeMs = Date.UTC(2026, 10, 9, 8, 7, 6)

// Source: Amazon Data Firehose developer guide, "Custom prefixes for Amazon S3 objects".
test.each([
  ['', 'UTC', '2026/11/09/08/'],
  ['raw/', 'UTC', 'raw/2026/11/09/08/'],
  ['raw/', 'Asia/Tokyo', 'raw/2026/11/09/17/'],
  ['d=!{timestamp:yyyy-MM-dd}/h=!{timestamp:HH}/', 'UTC', 'd=2026-11-09/h=08/'],
  ["!{timestamp:'year='yyyy'/m='M'/d='d}/", 'UTC', 'year=2026/m=11/d=9/'],
  ['!{timestamp:yy}/!{timestamp:HH-mm-ss}/', 'UTC', '26/08-07-06/'],
])('%s in %s begins with %s', (prefix, timeZone, expected) => {
  expect(renderPrefix(prefix, { timeMs, timeZone })).toBe(expected)
})

test('a random string is another one each time', () => {
  const render = () => renderPrefix('!{firehose:random-string}/', { timeMs, timeZone: undefined })
  expect(render()).toMatch(/^[a-zA-Z0-9]{11}\/$/)
  expect(render()).not.toBe(render())
})

test.each([
  ['!{timestamp:yyyy}/', undefined, 'ErrorOutputPrefix cannot be null'],
  ['!{timestamp:yyyy}/', 'errors/', '!{firehose:error-output-type}'],
  ['!{firehose:error-output-type}/', 'e/!{firehose:error-output-type}', 'Prefix cannot have'],
  ['!{partitionKeyFromQuery:id}/', 'e/!{firehose:error-output-type}', 'Prefix cannot have'],
  ['!{timestamp:EEE}/', 'e/!{firehose:error-output-type}', 'does not know EEE'],
  ['!{timestamp/', undefined, 'not !{namespace:value}'],
])('%s with errors at %s is refused: %s', (prefix, errorOutputPrefix, message) => {
  expect(() => checkPrefixes(prefix, errorOutputPrefix)).toThrow(message)
})

test('what AWS takes is taken', () => {
  checkPrefixes('raw/', undefined)
  checkPrefixes(
    '!{timestamp:yyyy/MM/dd/HH}/!{firehose:random-string}/',
    'e/!{firehose:error-output-type}/!{timestamp:yyyy}/',
  )
})
