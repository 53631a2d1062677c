import { expect, test } from 'vitest'
import { readTrustedProxies } from './trusted-proxies.ts'

test.each([
  [undefined, false],
  ['', false],
  ['0', false],
  ['2', 2],
  ['10.0.0.1', ['10.0.0.1']],
  ['10.0.0.0/8, fd00::/8,loopback', ['10.0.0.0/8', 'fd00::/8', 'loopback']],
  ['true', undefined],
  ['*', undefined],
  ['0.0.0.0/0', undefined],
  ['10.0.0.0/33', undefined],
  ['10.0.0.0/8/8', undefined],
  ['proxy.example.com', undefined],
  ['-1', undefined],
])('TRUSTED_PROXIES=%s → %j', (text, expected) => {
  expect(readTrustedProxies(text)).toEqual(expected)
})
