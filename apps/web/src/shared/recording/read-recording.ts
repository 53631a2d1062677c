import { MEMBER_HEAD_BYTES, memberLength } from './gzip-member.ts'
import { RecordingError } from './recording-error.ts'
import { parseHeader, parseLine, type RecordingHeader, type RecordingLine } from './recording-format.ts'

/** Longest line read: a payload of 128 KB in base64 with its properties is far below. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024

export type RecordingPart = { readonly kind: 'header'; readonly header: RecordingHeader } | RecordingLine

export interface ReadOptions {
  /** Messages of other topics are told as `skipped`, without their payload being decoded. Left out: all are wanted. */
  readonly wants?: (topic: string) => boolean
  /** Told how many bytes of the file have been read so far. */
  readonly onBytes?: (readBytes: number) => void
}

/**
 * The parts of a recording, gzip or plain, in their order: the header first, and `end` last if the file is whole. It
 * is read as it is asked for, so a recording of any size takes the memory of a chunk.
 * @throws {RecordingError}
 */
export async function* readRecording(file: Blob, { wants, onBytes }: ReadOptions = {}): AsyncGenerator<RecordingPart> {
  let number = 0
  for await (const line of linesOf(file, onBytes)) {
    number += 1
    if (number === 1) {
      const header = parseHeader(line)
      if (typeof header === 'string') throw new RecordingError(header)
      yield { kind: 'header', header }
    } else if (line !== '') {
      const part = parseLine(line, wants)
      if (!part) throw new RecordingError(`Line ${number} is none of a recording.`)
      yield part
    }
  }
  if (number > 0) return
  const isEmpty = file.size === 0
  throw new RecordingError(
    isEmpty ? 'This file is empty.' : 'Nothing in this file can be read: it is empty, or breaks off.',
  )
}

/** The lines of a file, gzip or not. A gzip that breaks off ends where it does. */
async function* linesOf(file: Blob, onBytes: ReadOptions['onBytes']): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let isFirst = true
  for await (const chunk of chunksOf(file, onBytes)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) isFirst = false
    for (const line of lines) yield ofFitLength(line)
    ofFitLength(rest)
  }
  // A line without its end was cut off in the middle: it is not a message that came so. The first one says what it is.
  if (rest !== '' && (isFirst || parseLine(rest))) yield rest
}

/** How much of a file comes at once is the browser's: a long line is refused whether it came whole or in parts. */
function ofFitLength(line: string): string {
  if (line.length <= MAX_LINE_CHARACTERS) return line
  throw new RecordingError('This file has a line that is longer than a message can be.')
}

/** What a file says, member by member where it is gzip. */
async function* chunksOf(file: Blob, onBytes: ReadOptions['onBytes']): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let readBytes = 0
  const count = (bytes: number) => {
    readBytes += bytes
    onBytes?.(readBytes)
  }
  let at = 0
  while (at < file.size) {
    const head = new Uint8Array(await file.slice(at, at + MEMBER_HEAD_BYTES).arrayBuffer())
    const isGzip = head[0] === 0x1f && head[1] === 0x8b
    const end = at + ((isGzip ? memberLength(head) : undefined) ?? file.size - at)
    const raw = file.slice(at, end).stream().pipeThrough(byteCounter(count))
    const reader = (isGzip ? raw.pipeThrough(new DecompressionStream('gzip')) : raw).getReader()
    try {
      for (;;) {
        const chunk = await reader.read().catch(() => undefined)
        if (!chunk) return // it breaks off
        if (chunk.done) break
        yield chunk.value
      }
    } finally {
      await reader.cancel().catch(() => {}) // who stops reading needs no more of the file
    }
    at = end
  }
}

function byteCounter(
  onBytes: (bytes: number) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.length)
      controller.enqueue(chunk)
    },
  })
}
