// @vitest-environment node
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gzipMember, memberLength } from './gzip-member.ts'
import { readRecording } from './read-recording.ts'
import { endLine, headerLine, messageLine } from './recording-format.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const topicsOf = async (file: Blob) => {
  const topics: string[] = []
  for await (const part of readRecording(file)) topics.push(part.kind === 'message' ? part.message.topic : part.kind)
  return topics
}
const lineOf = (topic: string) =>
  `${messageLine({ topic, payload: bytesOf('{}'), qos: 0, retain: false, dup: false, receivedAtMs: 1 })}\n`

/** Lines that begin in one member and end in the next. */
async function members(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const text = [
    `${headerLine({ startedAtMs: 1, subscriptions: [] })}\n`,
    ...['é/a', 'b', 'c'].map(lineOf),
    `${endLine({ atMs: 2, messages: 3, gaps: 0 })}\n`,
  ].join('')
  const bytes = bytesOf(text)
  const cut = bytes.indexOf(0xc3) + 1 // within é
  return await Promise.all([gzipMember([bytes.slice(0, cut)]), gzipMember([bytes.slice(cut, 300), bytes.slice(300)])])
}

test('a member says how long it is, and every gunzip reads it', async () => {
  const member = await gzipMember([bytesOf('one '), bytesOf('two')])
  expect(memberLength(member)).toBe(member.length)
  expect(gunzipSync(member).toString()).toBe('one two')
  const plain = await new Response(new Blob(['x']).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
  expect(memberLength(new Uint8Array(plain))).toBeUndefined()
})

test('a recording in several members is one recording, here and for gunzip', async () => {
  const file = new Blob([...(await members())])
  expect(await topicsOf(file)).toEqual(['header', 'é/a', 'b', 'c', 'end'])
  expect(gunzipSync(Buffer.from(await file.arrayBuffer())).toString()).toContain('"end"')
})

test('one that breaks off in its second member gives what the first has', async () => {
  const [first = new Uint8Array(), second = new Uint8Array()] = await members()
  const file = new Blob([first, second.slice(0, second.length / 2)])
  expect((await topicsOf(file))[0]).toBe('header')
  expect(await topicsOf(file)).not.toContain('end')
})
