import type {
  Job,
  JobCounts,
  JobExecutionCauses,
  JobExecutionSummary,
  JobTargetsCount,
  OpenJobExecution,
} from '@thingdeck/contract'
import { formatTime } from '@thingdeck/jobs'
import { expect, test } from 'vitest'
import { NEW_JOB } from '../create/job-values.ts'
import { abortStandingInWords, nearestAbort } from './abort.ts'
import { compareRuns } from './compare.ts'
import { abortInWords, retriesInWords, rolloutInWords, scheduleInWords } from './config.ts'
import { doneAt, donePace } from './pace.ts'
import { planRollout } from './rollout-plan.ts'
import { scheduleMs } from './schedule.ts'
import { percentOf, sumsOf } from './status.ts'
import { causesInWords, standingOf, stuckFirst } from './stuck.ts'
import { summaryOf, warningsOf } from './summary.ts'
import { targetsInWords } from './targets.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()

const counts = (some: Partial<JobCounts> = {}): JobCounts => ({
  QUEUED: 0,
  IN_PROGRESS: 0,
  SUCCEEDED: 0,
  FAILED: 0,
  TIMED_OUT: 0,
  REJECTED: 0,
  REMOVED: 0,
  CANCELED: 0,
  ...some,
})

test('what is through and what is not is the whole, and 100 % is said only of what is over', () => {
  const sums = sumsOf(counts({ SUCCEEDED: 995, FAILED: 1, TIMED_OUT: 1, CANCELED: 2, QUEUED: 1 }))
  expect(sums).toEqual({ total: 1_000, done: 999, succeeded: 995, failed: 2, open: 1 })
  expect(percentOf(sums)).toBe(99)
  expect(percentOf(sumsOf(counts()))).toBe(0)
})

test('how a job is rolled out, stopped and tried again, in words', () => {
  expect(rolloutInWords()).toBe('at most 1,000 devices a minute')
  expect(
    rolloutInWords({
      maximumPerMinute: 500,
      exponentialRate: {
        baseRatePerMinute: 5,
        incrementFactor: 2,
        rateIncreaseCriteria: { numberOfSucceededThings: 10 },
      },
    }),
  ).toBe(
    'begins with 5 devices a minute, 2 times as many after each 10 devices that succeeded, at most 500 devices a minute',
  )
  expect(
    abortInWords({ failureType: 'FAILED', action: 'CANCEL', thresholdPercentage: 10, minNumberOfExecutedThings: 30 }),
  ).toBe('stops as soon as 10 % failed, once 30 devices are through: at 3 failures at the earliest')
  const criteriaList = [{ failureType: 'ALL', numberOfRetries: 2 }]
  expect(retriesInWords({ jobExecutionsRetryConfig: { criteriaList } })).toBe(
    'tried again up to 2 times where it failed or timed out',
  )
  expect(retriesInWords({})).toBeUndefined()
  expect(scheduleInWords({ schedulingConfig: { endTime: 'soon', endBehavior: 'CANCEL' } })).toEqual([
    'ends at soon: what is queued is canceled; what is in progress goes on',
  ])
})

test('how near a job is to being stopped: of several criteria the nearest, by what is through without the canceled', () => {
  const job = {
    counts: counts({ SUCCEEDED: 95, FAILED: 4, REJECTED: 1, CANCELED: 500 }),
    abortConfig: {
      criteriaList: [
        { failureType: 'REJECTED', action: 'CANCEL', thresholdPercentage: 50, minNumberOfExecutedThings: 10 },
        { failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 10, minNumberOfExecutedThings: 10 },
      ],
    },
  }
  expect(nearestAbort(job)).toEqual({ failures: 5, at: 10, once: undefined })
  expect(nearestAbort({ counts: counts() })).toBeUndefined()
})

test('a job is not said to stop at a failure that it has, as long as too few devices are through', () => {
  const criteriaList = [{ failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 20, minNumberOfExecutedThings: 5 }]
  const standing = nearestAbort({ counts: counts({ FAILED: 1, QUEUED: 2 }), abortConfig: { criteriaList } })
  expect(standing && abortStandingInWords(standing)).toBe('stops at 1, once 5 are through')
  const later = nearestAbort({ counts: counts({ FAILED: 1, SUCCEEDED: 9 }), abortConfig: { criteriaList } })
  expect(later && abortStandingInWords(later)).toBe('stops at 2')
})

const open = (change: Partial<OpenJobExecution>): OpenJobExecution => ({
  jobId: 'fw',
  thingName: 'pump-7',
  status: 'QUEUED',
  executionNumber: 1,
  queuedAt: ago(60),
  thing: { thingName: 'pump-7' },
  ...change,
})

test.each<[string, Partial<OpenJobExecution>, boolean, RegExp]>([
  [
    'in the middle and gone',
    {
      status: 'IN_PROGRESS',
      startedAt: ago(41),
      lastUpdatedAt: ago(40),
      thing: { thingName: 'pump-7', connected: false, changedAt: ago(39) },
    },
    true,
    /in progress for 41 min, last heard of 40 min ago; its device is not connected, gone for 39 min/,
  ],
  [
    'in the middle and starting anew',
    {
      status: 'IN_PROGRESS',
      startedAt: ago(5),
      lastUpdatedAt: ago(1),
      thing: { thingName: 'pump-7', connected: false, changedAt: ago(0.5) },
    },
    false,
    /its device is not connected, gone for 30 s/,
  ],
  [
    'in the middle, connected and silent',
    {
      status: 'IN_PROGRESS',
      startedAt: ago(20),
      lastUpdatedAt: ago(15),
      thing: { thingName: 'pump-7', connected: true },
    },
    true,
    /though it is connected/,
  ],
  [
    'in the middle and at work',
    {
      status: 'IN_PROGRESS',
      startedAt: ago(20),
      lastUpdatedAt: ago(1),
      thing: { thingName: 'pump-7', connected: true },
    },
    false,
    /last heard of 1 min ago$/,
  ],
  [
    'queued and connected',
    { thing: { thingName: 'pump-7', connected: true, changedAt: ago(90) } },
    true,
    /queued for 1 h, though it is connected/,
  ],
  [
    'queued, and its device has just come',
    { thing: { thingName: 'pump-7', connected: true, changedAt: ago(0.5) } },
    false,
    /; connected$/,
  ],
  [
    'queued and offline',
    { thing: { thingName: 'pump-7', connected: false, changedAt: ago(90) } },
    false,
    /offline for 1 h: gets it when it comes/,
  ],
  ['queued, and nobody knows', {}, false, /not known whether it is connected/],
])('%s', (_, change, isStuck, words) => {
  const standing = standingOf(open(change), NOW, 'IN_PROGRESS')
  expect(standing.isStuck).toBe(isStuck)
  expect(standing.words).toMatch(words)
})

test('queued though connected is nothing to look at while the job is out of its windows', () => {
  const waiting = open({ queuedAt: ago(90), thing: { thingName: 'pump-7', connected: true, changedAt: ago(90) } })
  expect(standingOf(waiting, NOW, 'IN_PROGRESS').isStuck).toBe(true)
  expect(standingOf(waiting, NOW, 'SCHEDULED')).toEqual({
    isStuck: false,
    words: 'queued for 1 h; the job is out of its windows',
  })
})

test('stuck ones come first, and last those that are awaited', () => {
  const rows = stuckFirst(
    [
      open({ thingName: 'offline', thing: { thingName: 'offline', connected: false } }),
      open({ thingName: 'stuck', thing: { thingName: 'stuck', connected: true, changedAt: ago(90) } }),
      open({ thingName: 'unknown' }),
    ],
    NOW,
    'IN_PROGRESS',
  )
  expect(rows.map(({ thingName }) => thingName)).toEqual(['stuck', 'unknown', 'offline'])
})

const CAUSES: JobExecutionCauses = {
  job: { status: 'IN_PROGRESS', timeoutInMinutes: 30 },
  thing: { thingName: 'pump-7', connected: true, changedAt: ago(90), clientId: 'pump-7' },
  ahead: [],
  subscriptions: { outcome: 'read', filters: [] },
  notified: { outcome: 'read' },
}

test('each cause that can be known is said, and what is not known is said to be that', () => {
  const said = (causes: Partial<JobExecutionCauses>, status = 'QUEUED') =>
    causesInWords({ ...CAUSES, ...causes }, { status }, NOW).map(({ id, type }) => `${id} ${type}`)
  expect(said({})).toEqual(['connection success', 'subscriptions error', 'notified info'])
  expect(said({ subscriptions: { outcome: 'read', filters: ['$aws/things/+/jobs/#'] } })).toContain(
    'subscriptions success',
  )
  expect(said({ ahead: [{ jobId: 'old', status: 'IN_PROGRESS', since: ago(180) }] })).toContain('ahead warning')
  // What is begun waits for nobody.
  expect(said({ ahead: [{ jobId: 'old', status: 'IN_PROGRESS' }] }, 'IN_PROGRESS')).not.toContain('ahead warning')
  expect(said({ thing: { thingName: 'pump-7', connected: false } })).toEqual(['connection error', 'notified info'])
  const gone = { ...CAUSES, thing: { thingName: 'pump-7', connected: false, changedAt: ago(3) } }
  expect(causesInWords(gone, { status: 'IN_PROGRESS' }, NOW)[0]?.words).toMatch(
    /^The device is not connected for 3 min. It has begun/,
  )
  const [, ahead] = causesInWords(
    { ...CAUSES, ahead: [{ jobId: 'old', status: 'IN_PROGRESS', since: ago(180) }] },
    { status: 'QUEUED' },
    NOW,
  )
  expect(ahead?.words).toContain('The job old comes first: in progress for 3 h.')
})

test('what lies with the job is said first, and why a device that is gone cannot come back', () => {
  const said = (causes: Partial<JobExecutionCauses>, status = 'QUEUED') =>
    causesInWords({ ...CAUSES, ...causes }, { status }, NOW).map(({ words }) => words)
  const closed = { status: 'SCHEDULED', nextWindow: '2026-11-30 03:00' }
  expect(said({ job: closed })[0]).toMatch(/^The job is out of its windows: devices are not told of it before 2026-/)
  expect(said({ job: { status: 'CANCELED' } })[0]).toMatch(/told of it no more/)
  expect(said({ job: { status: 'IN_PROGRESS' } }, 'IN_PROGRESS')[0]).toMatch(/^The job has no time-out/)
  expect(said({ job: closed }, 'IN_PROGRESS')[0]).toMatch(/^The job has no time-out/)
  const thing = { thingName: 'pump-7', connected: false, changedAt: ago(30) }
  const refused = said({ thing, connectRefused: { at: ago(3), why: 'AUTHORIZATION_FAILURE' } })
  expect(refused[1]).toBe('It tried to connect and was refused 3 min ago, by the log (AUTHORIZATION_FAILURE).')
})

test('what was handed to a device before its job was queued tells nothing of that job; what it was refused is said', () => {
  const told = (notified: Partial<JobExecutionCauses['notified']>, queuedAt = ago(10)) =>
    causesInWords(
      { ...CAUSES, notified: { outcome: 'read', from: ago(60), ...notified } },
      { status: 'QUEUED', queuedAt },
      NOW,
    ).slice(2)
  expect(told({ at: ago(9) })).toMatchObject([{ id: 'notified', type: 'success' }])
  expect(told({ at: ago(30) })).toMatchObject([
    { id: 'notified', type: 'warning', words: expect.stringContaining('before this job was queued') },
  ])
  // Deliveries are logged by the millisecond, executions are queued by the second.
  expect(told({ at: '2026-11-29T11:50:00.100Z' }, '2026-11-29T11:50:00.900Z')).toMatchObject([{ type: 'success' }])
  expect(told({})).toMatchObject([{ words: expect.stringContaining('The log of the last 1 h has no notification') }])
  expect(
    told({ refused: { at: ago(3), eventType: 'Subscribe', topicName: 'a/b', why: 'AUTHORIZATION_FAILURE' } }),
  ).toMatchObject([
    {
      id: 'refused',
      type: 'error',
      words: 'It was refused 3 min ago, by the log: Subscribe a/b (AUTHORIZATION_FAILURE).',
    },
    { id: 'notified' },
  ])
})

test('the plan is the sum of its minutes, and ends with all that are meant', () => {
  const { told, minutes } = planRollout({ maximumPerMinute: 40 }, 100, 1_000)
  expect(minutes).toBe(3)
  expect(told[0]).toEqual({ atMs: 1_000, count: 0 })
  expect(told.at(-1)).toEqual({ atMs: 1_000 + 3 * 60_000, count: 100 })
  expect(planRollout(undefined, 0, 0).told).toEqual([{ atMs: 0, count: 0 }])
})

test('what was canceled or left its group is not through', () => {
  const ended = (['SUCCEEDED', 'CANCELED', 'REMOVED', 'FAILED', 'TIMED_OUT'] as const).map(
    (status, index): JobExecutionSummary => ({
      jobId: 'fw',
      thingName: `pump-${index}`,
      status,
      executionNumber: 1,
      lastUpdatedAt: ago(9 - index),
    }),
  )
  expect(donePace(ended, NOW - 600_000).at(-1)?.count).toBe(3)
  const again = ended.map((execution) => ({ ...execution, executionNumber: 2, retryAttempt: 1 }))
  expect(donePace([...ended, ...again], NOW - 600_000).at(-1)?.count).toBe(3) // devices, and not attempts
})

test('when it is done is said by its latest pace, and not where too little has happened', () => {
  const ended = Array.from(
    { length: 9 },
    (_, index): JobExecutionSummary => ({
      jobId: 'fw',
      thingName: `pump-${index}`,
      status: 'SUCCEEDED',
      executionNumber: 1,
      lastUpdatedAt: ago(9 - index),
    }),
  )
  const pace = donePace(ended, NOW - 10 * 60_000)
  expect(pace.at(-1)?.count).toBe(9)
  const at = doneAt(pace, 3, NOW) ?? 0
  expect(Math.round((at - NOW) / 60_000)).toBe(4) // three were done in the latest four minutes
  expect(doneAt(pace, 0, NOW)).toBeUndefined()
  expect(doneAt(pace, 3, NOW + 3 * 60_000)).toBeUndefined() // it stands still
  expect(doneAt(pace.slice(0, 2), 3, NOW)).toBeUndefined()
})

test('a new job is summed up before it begins, and what would be missed is warned of', () => {
  const counted: JobTargetsCount = {
    count: 100,
    isAtLeast: false,
    sample: [],
    missing: [],
    connected: 88,
    toldBy: 'index',
  }
  const values = { ...NEW_JOB, perMinute: '5', aborts: [{ failureType: 'ALL', percent: '10', least: '30' }] } as const
  const sentences = summaryOf(values, counted)
  expect(sentences[0]).toBe('It begins at once.')
  expect(sentences).toContain('100 devices get it. 12 of them are offline and get it when they come.')
  expect(sentences.join(' ')).toContain('5 (5 %), 5 (5 %), 5 (5 %), 5 (5 %) and so on; all are told after 20 min')
  expect(sentences.join(' ')).toContain('at 3 failures at the earliest')
  expect(sentences.join(' ')).not.toContain('never comes to pass')
  const tooFew = summaryOf(values, { ...counted, count: 3 }).join(' ')
  expect(tooFew).toContain('once 30 devices are through. With 3 devices that never comes to pass.')
  const missing = ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6']
  expect(summaryOf(values, { ...counted, missing })[1]).toBe(
    'AWS refuses it: 6 things are not there: p-1, p-2, p-3, p-4, p-5, and 1 other.',
  )
  expect(summaryOf({ ...values, retryFailed: '9' }, { ...counted, count: 3 }).join(' ')).not.toContain('never comes')
  expect(warningsOf(values, counted)).toEqual([expect.stringContaining('no time-out')])
  expect(warningsOf({ ...values, timeout: '30' }, counted)).toEqual([])
  expect(warningsOf({ ...values, timeout: '30', perMinute: '', aborts: [] }, counted)).toHaveLength(2)
})

test('times of a schedule go to AWS in UTC and come back', () => {
  expect(formatTime(NOW)).toBe('2026-11-29 12:00')
  expect(scheduleMs('2026-11-29 12:00')).toBe(NOW)
  expect(scheduleMs('2026-11-29T12:00')).toBe(NOW)
  expect(scheduleMs('tomorrow')).toBeUndefined()
})

test('targets are named where there is one, else counted', () => {
  const arn = (end: string) => `arn:aws:iot:us-east-1:123456789012:${end}`
  expect(targetsInWords([arn('thinggroup/halls'), arn('thing/a'), arn('thing/b')])).toBe('group halls and 2 things')
  expect(targetsInWords([])).toBe('nothing')
})

test('two runs: what only one of them managed is named', () => {
  const run = (jobId: string, states: Readonly<Record<string, string>>) => ({
    job: {
      jobId,
      jobArn: '',
      status: 'COMPLETED',
      targetSelection: 'SNAPSHOT',
      targets: [],
      processingTargets: [],
      scheduledJobRollouts: [],
      counts: counts({ SUCCEEDED: 1, FAILED: 1 }),
    } satisfies Job,
    executions: Object.entries(states).map(
      ([thingName, status]): JobExecutionSummary => ({
        jobId,
        thingName,
        status,
        executionNumber: 1,
        startedAt: ago(10),
        lastUpdatedAt: ago(8),
      }),
    ),
  })
  const { better, worse, rows } = compareRuns(
    run('new', { a: 'SUCCEEDED', b: 'FAILED', c: 'SUCCEEDED' }),
    run('old', { a: 'FAILED', b: 'SUCCEEDED', c: 'QUEUED' }),
  )
  expect(better).toEqual(['a'])
  expect(worse).toEqual(['b'])
  expect(rows.find(({ what }) => what === 'A device took, at the median')).toMatchObject({ mine: '2 min' })
})
