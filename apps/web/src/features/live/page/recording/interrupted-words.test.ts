import { expect, test } from 'vitest'
import { formatDateTime } from '../../../../shared/time.tsx'
import { interruptedWords, tooMuchWords } from './interrupted-words.ts'

const startedAtMs = new Date(2026, 10, 28, 14, 2, 7).getTime()
const recording = (more: object) => ({ id: '1', startedAtMs, sizeBytes: 1_000, ...more })

test.each([
  [{ messages: 12_345, gaps: 0, endedAtMs: startedAtMs + 1_743_000 }, '12,345 messages from … to 14:31:10'],
  [{ messages: 1, gaps: 2, endedAtMs: startedAtMs }, '1 message from … to 14:02:07, 2 gaps marked'],
  [{}, 'Messages from … on'],
])('%j: %s', (more, words) => {
  expect(interruptedWords(recording(more))).toBe(words.replace('…', formatDateTime(startedAtMs)))
})

test('over midnight the second day is named', () => {
  const endedAtMs = startedAtMs + 86_400_000
  expect(interruptedWords(recording({ messages: 2, endedAtMs }))).toContain(`to ${formatDateTime(endedAtMs)}`)
})

test('many or large ones are said to be too much', () => {
  expect(tooMuchWords([recording({})])).toBeUndefined()
  expect(tooMuchWords(Array.from({ length: 11 }, () => recording({})))).toContain('10.7 KB')
  expect(tooMuchWords([recording({ sizeBytes: 3 * 1024 ** 3 })])).toContain('3072.0 MB')
})
