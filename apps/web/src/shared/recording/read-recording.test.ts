// @vitest-environment node
import { expect, test, vi } from 'vitest'
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

test('a line longer than a message can be is refused, however much of the file comes at once', async () => {
  const line = messageLine({ ...message('a'), payload: new Uint8Array(4 << 20) })
  const file = new Blob([`${headerLine({ startedAtMs: 1, subscriptions: [] })}\n${line}\n`])
  // Of a file in memory a browser gives all at once, as here; of one on a disk a part at a time.
  const whole = new Response(await file.arrayBuffer()).body
  vi.spyOn(Blob.prototype, 'stream').mockReturnValueOnce(whole as ReadableStream<Uint8Array<ArrayBuffer>>)
  for (const _ of ['at once', 'in parts']) {
    const reading = readRecording(file)
    await reading.next() // the header
    await expect(reading.next()).rejects.toThrow('This file has a line that is longer than a message can be.')
  }
})
