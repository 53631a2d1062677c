import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ipRangeContains, parseIpAddress, parseIpRange } from './ip-range.ts'

test.each([
  ['203.0.113.0/24', '203.0.113.255', true, 'IAM guide, IP address condition operators'],
  ['203.0.113.0/24', '203.0.114.0', false, 'IAM guide'],
  ['203.0.113.7', '203.0.113.7', true, 'IAM guide: without a prefix, /32'],
  ['203.0.113.7', '203.0.113.8', false, 'IAM guide'],
  ['2001:DB8:1234:5678::/64', '2001:db8:1234:5678::1', true, 'IAM guide'],
  ['2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false, 'IAM guide'],
  ['0.0.0.0/0', '255.255.255.255', true, 'everything'],
  ['0.0.0.0/0', '::1', false, 'the families have nothing in common'],
  ['::/0', '::1', true, 'everything'],
  ['10.1.2.3/8', '10.9.9.9', true, 'bits behind the prefix do not count'],
  ['10.0.0.0/9', '10.128.0.0', false, 'a prefix inside a byte'],
  ['198.51.100.0/24', '::ffff:198.51.100.7', true, 'RFC 4291 §2.5.5.2, as sockets report IPv4'],
])('%s contains %s → %s (%s)', (range, address, expected) => {
  const parsed = parseIpRange(range)
  const words = parseIpAddress(address)
  expect(parsed && words && ipRangeContains(parsed, words)).toBe(expected)
})

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4/33',
  '1.2.3.4/',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  ':1::2',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  '::/129',
  '::1%eth0',
  '1.2.3.4::',
])('%j is no address or range', (text) => {
  expect(parseIpRange(text)).toBeUndefined()
})

const groups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })

test('an address written out in full is read as its words', () => {
  fc.assert(
    fc.property(groups, (words) => {
      fc.pre(!(words[5] === 0xffff && words.slice(0, 5).every((word) => word === 0)))
      expect(parseIpAddress(words.map((word) => word.toString(16)).join(':'))).toEqual(words)
    }),
  )
})

test('zeros left out with :: are zeros', () => {
  fc.assert(
    fc.property(groups, fc.nat(7), fc.integer({ min: 1, max: 8 }), (words, from, length) => {
      const to = Math.min(from + length, 8)
      const zeroed = words.map((word, index) => (index >= from && index < to ? 0 : word))
      fc.pre(!(zeroed[5] === 0xffff && zeroed.slice(0, 5).every((word) => word === 0)))
      const text = (part: number[]) => part.map((word) => word.toString(16)).join(':')
      expect(parseIpAddress(`${text(zeroed.slice(0, from))}::${text(zeroed.slice(to))}`)).toEqual(zeroed)
    }),
  )
})
