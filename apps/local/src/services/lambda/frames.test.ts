import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, FrameReader } from './frames.ts'

const frames = fc.array(fc.record({ kind: fc.string(), body: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 8 })

test('frames are the same, in whatever pieces they come', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat({ max: 100 })), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ kind, body }) => encodeFrame({ kind }, body)))
      const reader = new FrameReader<{ kind: string }>(300)
      const places = [
        0,
        ...cuts.map((cut) => Math.floor((cut / 100) * bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ]
      const read = places.slice(1).flatMap((end, index) => reader.read(bytes.subarray(places[index], end)))
      expect(read.map(({ head, body }) => ({ kind: head.kind, body: new Uint8Array(body) }))).toEqual(
        sent.map(({ kind, body }) => ({ kind, body: new Uint8Array(body) })),
      )
    }),
  )
})

test.each([
  ['a line without an end', Buffer.alloc(70_000, 'x')],
  ['what is no JSON', Buffer.from('hello\n')],
  ['no length', Buffer.from('{"kind":"log"}\n')],
  ['a negative length', Buffer.from('{"bytes":-1}\n')],
  ['more than may come', Buffer.from('{"bytes":301}\n')],
  ['nothing', Buffer.from('null\n')],
])('%s is no frame', (_, bytes) => {
  expect(() => new FrameReader(300).read(bytes)).toThrow(Error)
})
