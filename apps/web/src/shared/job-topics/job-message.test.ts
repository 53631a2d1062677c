import { expect, test } from 'vitest'
import { jobMessageOf } from './job-message.ts'

const said = (topic: string, payload: unknown) =>
  jobMessageOf(topic, new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))

test.each<[string, unknown, object]>([
  [
    'pump-7/jobs/notify',
    { timestamp: 1, jobs: { QUEUED: [{ jobId: 'a' }, { jobId: 'b' }] } },
    { thingName: 'pump-7', words: 'AWS IoT tells pump-7 what it has to do now: 2 queued' },
  ],
  [
    'pump-7/jobs/notify',
    { timestamp: 1, jobs: {} },
    { thingName: 'pump-7', words: 'AWS IoT tells pump-7 what it has to do now: nothing' },
  ],
  [
    'pump-7/jobs/notify-next',
    { execution: { jobId: 'fw' } },
    { thingName: 'pump-7', jobId: 'fw', words: 'AWS IoT tells pump-7 that its next job is fw' },
  ],
  [
    'pump-7/jobs/notify-next',
    { timestamp: 1 },
    { thingName: 'pump-7', words: 'AWS IoT tells pump-7 that no job waits for it' },
  ],
  [
    'pump-7/jobs/fw/update',
    { status: 'IN_PROGRESS', statusDetails: { step: 'download' } },
    { thingName: 'pump-7', jobId: 'fw', words: 'pump-7 reports on the job fw: IN_PROGRESS, step download' },
  ],
  [
    'pump-7/jobs/fw/update/rejected',
    { code: 'VersionMismatch', message: 'no' },
    {
      thingName: 'pump-7',
      jobId: 'fw',
      words: 'AWS IoT refuses: pump-7 reports on the job fw; VersionMismatch: no',
    },
  ],
  [
    'pump-7/jobs/start-next/accepted',
    { execution: { jobId: 'fw' } },
    { thingName: 'pump-7', jobId: 'fw', words: 'AWS IoT agrees: pump-7 begins its next job' },
  ],
  ['pump-7/jobs/get', 'no JSON', { thingName: 'pump-7', words: 'pump-7 asks which jobs wait for it' }],
])('%s %j', (topic, payload, expected) => {
  expect(said(`$aws/things/${topic}`, payload)).toEqual(expected)
})

test('events of jobs; what is of no job says nothing', () => {
  expect(said('$aws/events/jobExecution/fw/timed_out', { thingArn: 'arn:aws:iot:r:1:thing/pump-7' })).toEqual({
    jobId: 'fw',
    thingName: 'pump-7',
    words: 'The job fw on pump-7: timed out',
  })
  expect(said('$aws/events/job/fw/completed', {})).toEqual({ jobId: 'fw', words: 'The job fw: completed' })
  expect(said('$aws/things/pump-7/shadow/update', {})).toBeUndefined()
  expect(said('dt/jobs/fw', {})).toBeUndefined()
})
