import { expect, test } from 'vitest'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import { Jobs } from './tasks.ts'

test('a job is followed in several places at once, and each hears how it ends', async () => {
  const jobs = new Jobs(new TestClock())
  const { 'live.job': follow } = jobs.procedures()
  const job = jobs.start('replay-1', 'replay')
  const knownRevision = (await follow({ job: 'replay-1' }))?.revision ?? Number.NaN
  const waiting = [1, 2, 3].map(() => follow({ job: 'replay-1', knownRevision }))
  job.finish('All sent.')
  for (const view of await Promise.all(waiting)) expect(view).toMatchObject({ state: 'done', note: 'All sent.' })
})
