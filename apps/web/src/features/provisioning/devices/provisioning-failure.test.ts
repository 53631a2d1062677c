import { expect, test } from 'vitest'
import { parsedEntry } from '../../../shared/rule-failures/parsed-entry.test-support.ts'
import { provisioningFailure } from './provisioning-failure.ts'

test.each(['did not answer within 5 seconds', 'did not begin within 30 seconds'])('a hook that %s is late', (late) => {
  const entry = parsedEntry(
    JSON.stringify({
      timestamp: '2026-03-04 05:06:07.890',
      eventType: 'ProvisionDevice',
      status: 'Failure',
      reason: 'AccessDenied',
      details: `The function arn:aws:lambda:us-east-1:123456789012:function:hook ${late}`,
    }),
  )
  expect(provisioningFailure(entry)).toMatchObject({ kind: 'hook', why: 'The hook did not answer in time' })
})
