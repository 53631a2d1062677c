import { expect, test } from 'vitest'
import { certificateIdOf } from './certificate-id.ts'

const ID = '0a'.repeat(32)

test.each([
  [`arn:aws:iot:us-east-1:123456789012:cert/${ID}`, ID],
  [`arn:aws-cn:iot:cn-north-1:123456789012:cert/${ID}`, ID],
  ['us-east-1:0b1c2d3e-0000-0000-0000-000000000000', undefined],
  ['arn:aws:iot:us-east-1:123456789012:cert/short', undefined],
])('%s → %s', (principal, expected) => {
  expect(certificateIdOf(principal)).toBe(expected)
})
