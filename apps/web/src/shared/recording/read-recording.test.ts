// @vitest-environment node
import { expect, test } from 'vitest'
import type { MqttMessage } from '../mqtt/message.ts'
import { GzipWriter } from './gzip-writer.ts'
import { readRecording } from './read-recording.ts'
import { endLine, headerLine, messageLine } from './recording-format.ts'

const message = (topic: string): MqttMessage => ({
  topic,
  payload: new TextEncoder().encode('{}'),
  qos: 0,
  retain: false,
  dup: false,
  receivedAtMs: 1,
})

async function recording(topics: readonly string[]): Promise<Blob> {
  const writer = new GzipWriter()
  writer.line(headerLine({ startedAtMs: 1, subscriptions: [], endpoint: 'broker.test' }))
  for (const topic of topics) writer.line(messageLine(message(topic)))
  writer.line(endLine({ atMs: 2, messages: topics.length, gaps: 0 }))
  return await writer.finish()
}

test('who wants one topic gets its messages, and hears that there were others', async () => {
  const kinds: string[] = []
  for await (const part of readRecording(await recording(['a', 'b', 'a']), { wants: (topic) => topic === 'a' })) {
    kinds.push(part.kind === 'message' ? part.message.topic : part.kind)
  }
  expect(kinds).toEqual(['header', 'a', 'skipped', 'a', 'end'])
})

test('the header says where the messages came from', async () => {
  const { value } = await readRecording(await recording([])).next()
  expect(value).toEqual({ kind: 'header', header: { startedAtMs: 1, subscriptions: [], endpoint: 'broker.test' } })
})

test('progress is told in bytes of the file, up to all of them', async () => {
  const file = await recording(Array.from({ length: 2_000 }, (_, index) => `topic/${Math.sin(index)}`))
  const told: number[] = []
  for await (const _ of readRecording(file, { onBytes: (bytes) => told.push(bytes) }));
  expect(told.at(-1)).toBe(file.size)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
})
