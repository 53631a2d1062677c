import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { KeptDeduplication } from './kept-deduplication.ts'

const MINUTE_MS = 60_000
const NOW_MS = Date.UTC(2026, 0, 1)

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS }))
afterEach(() => void vi.useRealTimers())

test('a queue is told of the last five minutes, the oldest first, and forgets each when its time is over', () => {
  const database = new DatabaseSync(':memory:')
  database.exec("CREATE TABLE sqs_queues (name TEXT PRIMARY KEY); INSERT INTO sqs_queues VALUES ('q.fifo'), ('r.fifo')")
  const deduplication = new KeptDeduplication(database)
  const keep = (queueName: string, id: string, minutesAgo: number) =>
    deduplication.keep(queueName, {
      messageId: `message ${id}`,
      sentTimestamp: NOW_MS - minutesAgo * MINUTE_MS,
      messageDeduplicationId: id,
      sequenceNumber: '1',
    })
  keep('q.fifo', 'too old', 5)
  keep('q.fifo', 'b', 4)
  keep('r.fifo', 'of another queue', 3)
  keep('q.fifo', 'a', 2)
  const known = new Map<string, unknown>()
  deduplication.restore('q.fifo', known)
  expect([...known]).toEqual(['b', 'a'].map((id) => [id, { messageId: `message ${id}`, sequenceNumber: '1' }]))
  vi.advanceTimersByTime(MINUTE_MS)
  expect([...known.keys()]).toEqual(['a'])
  vi.advanceTimersByTime(2 * MINUTE_MS)
  expect([...known.keys()]).toEqual([])
})
