import type { Job } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { changeInWords, changeOf, editRules, editValuesOf, retriesNoMore } from './job-change.ts'

const COUNTS = {
  QUEUED: 5,
  IN_PROGRESS: 2,
  SUCCEEDED: 6,
  FAILED: 3,
  TIMED_OUT: 0,
  REJECTED: 0,
  REMOVED: 0,
  CANCELED: 0,
}
const JOB: Job = {
  jobId: 'fw',
  jobArn: 'arn:aws:iot:us-east-1:123456789012:job/fw',
  status: 'IN_PROGRESS',
  targetSelection: 'SNAPSHOT',
  description: 'the pump control',
  targets: [],
  processingTargets: [],
  scheduledJobRollouts: [],
  counts: COUNTS,
  timeoutConfig: { inProgressTimeoutInMinutes: 30 },
  jobExecutionsRolloutConfig: { maximumPerMinute: 50 },
  jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'FAILED', numberOfRetries: 2 }] },
  abortConfig: {
    criteriaList: [{ failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 50, minNumberOfExecutedThings: 5 }],
  },
}
const VALUES = editValuesOf(JOB)
const rules = editRules(JOB, () => 0)

test('only what was changed is sent, each member whole', () => {
  expect(changeOf(JOB, VALUES)).toEqual({})
  expect(changeOf(JOB, { ...VALUES, timeout: '60' })).toEqual({ timeoutConfig: { inProgressTimeoutInMinutes: 60 } })
  expect(changeOf(JOB, { ...VALUES, perMinute: '' })).toEqual({
    jobExecutionsRolloutConfig: { maximumPerMinute: 1_000 },
  })
  expect(changeOf(JOB, { ...VALUES, description: '' })).toEqual({ description: '' })
})

test('what a job has AWS takes no more away, but retries can be turned off', () => {
  expect(rules.timeout?.('', VALUES)).toContain('no more away')
  expect(rules.aborts?.([], VALUES)).toContain('no more away')
  expect(editRules({}, () => 0).timeout?.('', VALUES)).toBeUndefined()
  expect(retriesNoMore(JOB, VALUES)).toBe(false)
  const off = { ...VALUES, retryFailed: '0', retryTimedOut: '0' }
  expect(changeOf(JOB, off)).toEqual({
    jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'FAILED', numberOfRetries: 0 }] },
  })
})

test('it is said what a change means for those under way', () => {
  const words = (values: Partial<typeof VALUES>) => changeInWords(JOB, changeOf(JOB, { ...VALUES, ...values }))
  expect(words({ timeout: '60' })).toEqual([
    'A device that begins from now on times out after 60 minutes. 2 devices in the middle of it keep the time-out that they began with.',
  ])
  const aborts = [{ failureType: 'ALL', percent: '20', least: '5' }] as const
  expect(words({ aborts })).toContainEqual(expect.stringMatching(/^That is reached: 3 failures/))
  const tooFew = { ...JOB, counts: { ...COUNTS, SUCCEEDED: 0, FAILED: 1 } }
  expect(changeInWords(tooFew, changeOf(tooFew, { ...VALUES, aborts })).join(' ')).not.toContain('is reached')
  expect(words({ perMinute: '5' })).toEqual([expect.stringMatching(/^From now on .*5 devices a minute/)])
})
