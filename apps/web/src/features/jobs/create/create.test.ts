import type { Job } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { localText } from '../words/schedule.ts'
import { documentProblems } from './document-problems.ts'
import { jobRules } from './job-rules.ts'
import { jobOf, localMs, NEW_JOB } from './job-values.ts'
import { nextJobId, valuesLike } from './values-from.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const rules = jobRules(() => NOW)
const wrong = (text: string, hasRole = false) => documentProblems(text, { hasRole }).map(({ message }) => message)

test('a document is JSON with placeholders that AWS knows; a presigned URL needs a role', () => {
  expect(wrong('{"a": 1}')).toEqual([])
  expect(wrong('[1]')).toEqual([expect.stringContaining('begin with {')])
  expect(wrong('{"a": ')).toHaveLength(1)
  const presigned = '{"url": "${aws:iot:s3-presigned-url:https://s3.us-east-1.amazonaws.com/firmware/2.5.bin}"}'
  expect(wrong(presigned)).toEqual([expect.stringContaining('needs a role')])
  expect(wrong(presigned, true)).toEqual([])
  expect(wrong('{"a": "${aws:iot:clock:now}"}')).toEqual([expect.stringContaining('no placeholder aws:iot:clock')])
  expect(wrong('{"a": "${aws:iot:s3-presigned-url:https://x"}')).toEqual([expect.stringContaining('closing brace')])
  expect(wrong('{"a": "${mine}"}')).toEqual([])
})

test('what is wrong with a placeholder is marked where it stands', () => {
  const text = '{"ok": 1, "a": "${aws:iot:parameter:who}"}'
  const [problem] = documentProblems(text, { hasRole: false })
  expect(text.slice(problem?.from, problem?.to)).toBe('${aws:iot:parameter:who}')
})

test('fields say what would be right', () => {
  expect(rules.names?.('', NEW_JOB)).toBe('Name at least one thing.')
  const many = Array.from({ length: 101 }, (_, index) => `pump-${index}`).join('\n')
  expect(rules.names?.(many, NEW_JOB)).toContain('put them into a thing group')
  expect(rules.timeout?.('0', NEW_JOB)).toBe('A whole number from 1 to 10,080.')
  expect(rules.retryTimedOut?.('1', NEW_JOB)).toContain('Without a time-out nothing times out')
  expect(rules.retryFailed?.('6', { ...NEW_JOB, retryTimedOut: '5' })).toContain('At most 10 retries')
  expect(rules.start?.(localText(NOW + 60_000), NEW_JOB)).toContain('30 minutes ahead')
  expect(rules.start?.(localText(NOW + 3_600_000), NEW_JOB)).toBeUndefined()
  const windows = [{ cron: 'at night', minutes: '60' }]
  expect(rules.windows?.(windows, { ...NEW_JOB, who: 'group', selection: 'CONTINUOUS' })).toContain('cron(')
  expect(rules.factor?.('1.25', { ...NEW_JOB, pace: 'exponential' })).toContain('at most one digit')
})

test('what belongs to a choice that was taken back is neither in the way nor sent', () => {
  const windows = [{ cron: 'at night', minutes: '60' }]
  const values = { ...NEW_JOB, names: 'a', who: 'things', selection: 'CONTINUOUS', windows } as const
  expect(rules.windows?.(windows, values)).toBeUndefined()
  expect(jobOf(values)).toMatchObject({ targetSelection: 'SNAPSHOT' })
  expect(jobOf(values).schedulingConfig).toBeUndefined()
})

test('what is sent has only what was said, with times in UTC', () => {
  const job = jobOf({ ...NEW_JOB, jobId: 'fw', names: 'a\nb, a', start: localText(NOW + 7_200_000), timeout: '30' })
  expect(job).toEqual({
    jobId: 'fw',
    targets: { thingNames: ['a', 'b'], thingGroupNames: [] },
    targetSelection: 'SNAPSHOT',
    document: NEW_JOB.document,
    abortConfig: {
      criteriaList: [{ failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 20, minNumberOfExecutedThings: 5 }],
    },
    timeoutConfig: { inProgressTimeoutInMinutes: 30 },
    schedulingConfig: { startTime: '2026-11-29 14:00' },
  })
})

const counts = {
  QUEUED: 0,
  IN_PROGRESS: 0,
  SUCCEEDED: 0,
  FAILED: 0,
  TIMED_OUT: 0,
  REJECTED: 0,
  REMOVED: 0,
  CANCELED: 0,
}
const JOB: Job = {
  jobId: 'fw-2',
  jobArn: 'arn:aws:iot:us-east-1:123456789012:job/fw-2',
  status: 'CANCELED',
  targetSelection: 'CONTINUOUS',
  targets: ['arn:aws:iot:us-east-1:123456789012:thinggroup/halls'],
  processingTargets: [],
  scheduledJobRollouts: [],
  counts,
  document: '{"a":1}',
  jobExecutionsRolloutConfig: {
    exponentialRate: { baseRatePerMinute: 5, incrementFactor: 2, rateIncreaseCriteria: { numberOfNotifiedThings: 9 } },
  },
  jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'ALL', numberOfRetries: 2 }] },
  schedulingConfig: { startTime: '2020-01-01 00:00' },
}

test('one like another has its pace and limits, a next id, and no start that has passed', () => {
  const like = valuesLike(JOB, undefined, NOW)
  expect(like).toMatchObject({
    jobId: 'fw-3',
    who: 'group',
    groups: ['halls'],
    selection: 'CONTINUOUS',
    document: '{"a":1}',
    pace: 'exponential',
    after: 'told',
    every: '9',
    retryFailed: '2',
    aborts: [],
    start: '',
  })
  // Of what is left: these things alone, whom nobody joins.
  expect(valuesLike(JOB, ['a', 'b'], NOW)).toMatchObject({ who: 'things', names: 'a\nb', selection: 'SNAPSHOT' })
})

test('the next id stays one that AWS takes', () => {
  expect(nextJobId('fw')).toBe('fw-2')
  expect(nextJobId('fw-9')).toBe('fw-10')
  expect(nextJobId('x'.repeat(64))).toHaveLength(64)
})

test('a local time is read as it is written', () => {
  expect(localMs(localText(NOW))).toBe(NOW)
  expect(localMs('2026-13-40 99:00')).toBeUndefined()
})

const FW = { packageName: 'fw', versionName: '2.0' }
const placeholder = (version: string, what: string) => `{"a": "\${aws:iot:package:${version}:${what}}"}`

test.each([
  [[FW], placeholder('fw:version:2.0', 'attributes:os'), undefined],
  [[FW], placeholder(':version:', 'attributes:os'), undefined],
  [[], placeholder('fw:version:2.0', 'attributes:os'), /does not bring fw 2\.0/],
  [[FW], placeholder('fw:version:$default', 'attributes:os'), /write it as it is there, 2\.0/],
  [[FW, { packageName: 'ca', versionName: '$null' }], placeholder(':version:', 'attributes:os'), /this brings 2/],
  [[{ packageName: 'fw', versionName: '$null' }], placeholder(':version:', 'attributes:os'), /takes fw off/],
  [[FW], placeholder('fw:version:2.0', 'attributes:board'), /no attribute board; it has os/],
  [[FW], placeholder('fw:version:2.0', 'artifact-location:s3-presigned-url'), /has no artifact/],
])('a job that brings %j, and asks %s', (packageVersions, text, why) => {
  const facts = [{ ...FW, attributes: ['os'], hasArtifact: false }]
  const messages = documentProblems(text, { hasRole: true, packageVersions, facts }).map(({ message }) => message)
  expect(messages).toEqual(why === undefined ? [] : [expect.stringMatching(why)])
})

test('package versions are whole, each package once, and sent as they are', () => {
  expect(rules.packageVersions?.([{ packageName: 'fw', versionName: '' }], NEW_JOB)).toContain('Choose a package')
  expect(rules.packageVersions?.([FW, { ...FW, versionName: '1.0' }], NEW_JOB)).toContain('fw is there twice')
  expect(jobOf({ ...NEW_JOB, packageVersions: [FW] }).destinationPackageVersions).toEqual([FW])
  expect(jobOf(NEW_JOB)).not.toHaveProperty('destinationPackageVersions')
})

test('a job like another takes over what was written, and things beside groups', () => {
  const arn = (end: string) => `arn:aws:iot:us-east-1:123456789012:${end}`
  const brought = { ...JOB, targets: [arn('thinggroup/halls'), arn('thing/lamp-1')] }
  const written = { document: '{"v":"$default"}', destinationPackageVersions: [arn('package/fw/version/$default')] }
  expect(valuesLike(brought, undefined, NOW, written)).toMatchObject({
    who: 'group',
    groups: ['halls'],
    beside: 'lamp-1',
    document: '{"v":"$default"}',
    packageVersions: [{ packageName: 'fw', versionName: '$default' }],
  })
  expect(jobOf(valuesLike(brought, undefined, NOW, written)).targets).toEqual({
    thingNames: ['lamp-1'],
    thingGroupNames: ['halls'],
  })
})

test('what a template says, AWS takes where the job says nothing: that is said, or said otherwise', () => {
  const templateConfig = {
    timeoutConfig: { inProgressTimeoutInMinutes: 30 },
    jobExecutionsRolloutConfig: { maximumPerMinute: 5 },
    jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'FAILED', numberOfRetries: 3 }] },
  }
  const values = { ...NEW_JOB, source: 'template', templateConfig } as const
  expect(rules.timeout?.('', values)).toContain('The template has a time-out')
  expect(rules.timeout?.('', { ...values, source: 'document' })).toBeUndefined()
  expect(jobOf(values)).toMatchObject({
    jobExecutionsRolloutConfig: { maximumPerMinute: 1_000 },
    jobExecutionsRetryConfig: { criteriaList: [{ failureType: 'ALL', numberOfRetries: 0 }] },
  })
})

test('31 February is no time, and no day of March', () => {
  expect(localMs('2026-02-31 12:00')).toBeUndefined()
  expect(localMs('2026-02-28 12:00')).toBeDefined()
})
