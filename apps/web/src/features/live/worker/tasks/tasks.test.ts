import { expect, test } from 'vitest'
import { TestClock } from '../../../../shared/mqtt/test-clock.ts'
import { Tasks } from './tasks.ts'

test('a task is followed in several places at once, and each hears how it ends', async () => {
  const tasks = new Tasks(new TestClock())
  const { 'live.task': follow } = tasks.procedures()
  const task = tasks.start('replay-1', 'replay')
  const knownRevision = (await follow({ task: 'replay-1' }))?.revision ?? Number.NaN
  const waiting = [1, 2, 3].map(() => follow({ task: 'replay-1', knownRevision }))
  task.finish('All sent.')
  for (const view of await Promise.all(waiting)) expect(view).toMatchObject({ state: 'done', note: 'All sent.' })
})
