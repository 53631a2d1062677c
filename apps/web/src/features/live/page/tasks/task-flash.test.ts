import { expect, test } from 'vitest'
import type { TaskView } from '../../protocol/task.ts'
import { endingType, progressWords } from './task-flash.tsx'

const task = (more: Partial<TaskView>): TaskView => ({
  revision: 1,
  id: 't',
  kind: 'replay',
  state: 'done',
  done: 1_571,
  total: 1_571,
  startedAtMs: 0,
  ...more,
})
const refused = { publish: { sent: 3, succeeded: 1, refused: 2, perSecond: 0 } }

test.each([
  [{}, 'success', 'all was done'],
  [{ state: 'stopped', done: 3 }, 'info', 'somebody stopped it: no success'],
  [{ state: 'stopped', done: 3, ...refused }, 'warning', 'what was refused is not known to who stopped it'],
  [{ done: 1_570 }, 'warning', 'one had aged out'],
  [refused, 'warning', 'some were refused'],
  [{ state: 'failed' }, 'error', 'the connection stayed away'],
] as const)('%j ends as %s: %s', (more, type, _why) => {
  expect(endingType(task(more))).toBe(type)
})

test('the words say how many of how many', () => {
  expect(progressWords(task({ state: 'stopped', done: 3 }))).toBe('3 of 1,571 messages')
})
