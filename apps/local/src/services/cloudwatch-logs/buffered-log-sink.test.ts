import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { BufferedLogSink } from './buffered-log-sink.ts'

afterEach(() => vi.useRealTimers())

test('what is lost is said at once, then in all when the time is over, and never as if the first were all', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const lines: { entries: number; lostSinceStart: number }[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const sink = new BufferedLogSink(log, () => {})
  const lose = (entries: number) => sink.lose({ logGroupName: 'AWSIotLogsV2', entries, reason: 'throttled' })
  lose(3)
  lose(100)
  lose(20)
  expect(lines).toMatchObject([{ entries: 3, lostSinceStart: 3 }])
  vi.advanceTimersByTime(10_000)
  expect(lines).toMatchObject([
    { entries: 3, lostSinceStart: 3 },
    { entries: 120, lostSinceStart: 123 },
  ])
  vi.advanceTimersByTime(60_000)
  expect(lines).toHaveLength(2)
})
