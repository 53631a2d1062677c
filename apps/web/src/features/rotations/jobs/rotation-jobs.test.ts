// @vitest-environment node
import { expect, test } from 'vitest'
import { installJobs, requestIn, requestJobPrefix, requestJobs } from './rotation-jobs.ts'

const ROTATION = '0b7c5a52-8a2e-4d35-9f0b-0c2d3a4b5c6d'

test('jobs have as many things as one may have, the same id each time, and a document that AWS takes', async () => {
  const names = Array.from({ length: 201 }, (_, index) => `pump-${index}`)
  const jobs = await requestJobs(ROTATION, names)
  expect(jobs.map(({ targets }) => targets.thingNames.length)).toEqual([100, 100, 1])
  expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(3)
  expect((await requestJobs(ROTATION, names.slice(0, 100).toReversed()))[0]?.jobId).toBe(jobs[0]?.jobId)
  const issued = names.slice(0, 21).map((name) => {
    return { thingName: name.padEnd(128, 'x'), certificateId: name, certificatePem: `${'A'.repeat(64)}\n`.repeat(20) }
  })
  const installs = await installJobs(ROTATION, issued)
  expect(installs.map(({ certificateIds }) => certificateIds.length)).toEqual([20, 1])
  for (const { jobId, document = '' } of [...jobs, ...installs]) {
    expect(jobId).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(document.length).toBeLessThanOrEqual(32_768)
  }
  expect(jobs.every(({ jobId }) => jobId.startsWith(requestJobPrefix(ROTATION)))).toBe(true)
})

test('what a device answers becomes PEM, and anything else nothing', () => {
  expect(requestIn({ csr: 'A'.repeat(65) })?.split('\n')).toEqual([
    '-----BEGIN CERTIFICATE REQUEST-----',
    'A'.repeat(64),
    'A',
    '-----END CERTIFICATE REQUEST-----',
    '',
  ])
  for (const csr of ['', 'A B', '-----BEGIN', '{}']) expect(requestIn({ csr })).toBeUndefined()
  expect(requestIn({})).toBeUndefined()
})
