// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gzipMember } from '../../../../shared/recording/gzip-member.ts'
import { readRecording } from '../../../../shared/recording/read-recording.ts'
import { endLine, gapLine, headerLine, messageLine } from '../../../../shared/recording/recording-format.ts'
import type { FileHandle } from './append-file.ts'
import { type RecordingBatch, RecordingFile } from './recording-file.ts'
import { readTail } from './recording-tail.ts'

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder()

/** A disk of so many bytes, which both files share. A write that does not fit is done in part, as browsers do it. */
function disk(sizeBytes: number) {
  const files: Uint8Array<ArrayBuffer>[] = []
  const used = () => files.reduce((sum, { length }) => sum + length, 0)
  const open = (): FileHandle => {
    const number = files.push(new Uint8Array()) - 1
    const bytesOf = () => files[number] ?? new Uint8Array()
    return {
      write(bytes, { at }) {
        const part = bytes.slice(0, Math.max(0, Math.min(bytes.length, sizeBytes - used())))
        const next = new Uint8Array(Math.max(bytesOf().length, at + part.length))
        next.set(bytesOf())
        next.set(part, at)
        files[number] = next
        if (part.length < bytes.length && part.length === 0) throw new DOMException('full', 'QuotaExceededError')
        return part.length
      },
      truncate(bytes) {
        files[number] = bytesOf().slice(0, bytes)
      },
      flush() {},
      close() {},
    }
  }
  const file = new RecordingFile(open(), open())
  return { file, members: () => files[0] ?? new Uint8Array(), tail: () => files[1] ?? new Uint8Array() }
}

const header = `${headerLine({ startedAtMs: 1, subscriptions: [] })}\n`

function batchOf(first: number, count: number, payloadBytes: number): RecordingBatch {
  const lines = Array.from({ length: count }, (_, index) =>
    messageLine({
      topic: `t/${first + index}`,
      payload: crypto.getRandomValues(new Uint8Array(payloadBytes)), // so that compressing gains little
      qos: 0,
      retain: false,
      dup: false,
      receivedAtMs: first + index,
    }),
  )
  const text = `${first === 0 ? header : ''}${lines.map((line) => `${line}\n`).join('')}`
  return { bytes: ENCODER.encode(text), messages: count, gaps: 0, lastAtMs: first + count - 1 }
}

/** What a page finds that comes after a crash at this moment. */
async function found(of: ReturnType<typeof disk>) {
  const read = readTail(DECODER.decode(of.tail()), of.members().length)
  const parts = read
    ? [of.members().slice(0, read.afterBytes), await gzipMember([ENCODER.encode(read.lines)])]
    : [of.members()]
  const topics: string[] = []
  let isWhole = false
  for await (const part of readRecording(new Blob(parts))) {
    if (part.kind === 'message') topics.push(part.message.topic)
    else if (part.kind === 'end') isWhole = true
  }
  return { read, topics, isWhole }
}

const topicsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `t/${index}`)

test('at any moment, and on a full disk, what was taken is there once and in order, and is counted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ count: fc.integer({ min: 1, max: 6 }), payloadBytes: fc.constantFrom(2, 100_000) }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 1_000, max: 4_000_000 }),
      async (batches, diskBytes) => {
        const stored = disk(diskBytes)
        let taken = 0
        for (const { count, payloadBytes } of batches) {
          try {
            await stored.file.append(batchOf(taken, count, payloadBytes))
          } catch {
            break
          }
          taken += count
          const { read, topics } = await found(stored)
          expect(topics).toEqual(topicsUpTo(taken))
          expect(read).toMatchObject({ messages: taken, lastAtMs: taken - 1, isEnded: false })
        }
        if (taken > 0) expect((await found(stored)).topics).toEqual(topicsUpTo(taken))
      },
    ),
    { numRuns: 10 },
  )
})

test('the last line says that it is whole, and a tail that was cut off in a line gives the lines before', async () => {
  const stored = disk(1e6)
  await stored.file.append(batchOf(0, 3, 10))
  const gap = `${gapLine({ fromMs: 1, toMs: 2, reason: 'gone' })}\n`
  await stored.file.append({ bytes: ENCODER.encode(gap), messages: 0, gaps: 1, lastAtMs: 2 })
  const text = DECODER.decode(stored.tail())
  expect(readTail(text.slice(0, -5), 0)).toMatchObject({ messages: 3, gaps: 0 })
  stored.file.end(ENCODER.encode(`${endLine({ atMs: 9, messages: 3, gaps: 1 })}\n`))
  expect(await found(stored)).toMatchObject({ read: { messages: 3, gaps: 1, isEnded: true }, isWhole: true })
})

test('without its first line a tail says nothing: all is in the members then', () => {
  expect(readTail('', 10)).toBeUndefined()
  expect(readTail('{"tail":{"afterBy', 10)).toBeUndefined()
})
