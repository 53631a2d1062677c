import { expect, test } from 'vitest'
import { expiryInWords } from './expiry.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['2025-01-01', '2049-12-31', 'success', 'expires in 24 years'],
  ['2025-01-01', '2026-02-15', 'success', 'expires in 45 days'],
  ['2025-01-01', '2026-01-30', 'warning', 'expires in 29 days'],
  ['2025-01-01', '2026-01-01T05:30:00Z', 'warning', 'expires in 5 hours'],
  ['2025-01-01', '2026-01-01T00:00:10Z', 'warning', 'expires in 1 minute'],
  ['2025-01-01', '2026-01-01', 'error', 'expired 1 minute ago'],
  ['2025-01-01', '2025-10-01', 'error', 'expired 3 months ago'],
  ['2026-01-04', '2030-01-01', 'pending', 'valid in 3 days'],
  [undefined, undefined, 'info', 'validity not known'],
] as const)('%s to %s: %s, %s', (notBefore, notAfter, type, text) => {
  expect(expiryInWords(notBefore, notAfter, now)).toEqual({ type, text })
})
