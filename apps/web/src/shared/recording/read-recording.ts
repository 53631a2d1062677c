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
  if (number === 0) throw new RecordingError('This file is empty.')
}

/** The lines of a file, gzip or not. A gzip that breaks off ends where it does. */
async function* linesOf(file: Blob, onBytes: ReadOptions['onBytes']): AsyncGenerator<string> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b
  const raw = onBytes ? file.stream().pipeThrough(byteCounter(onBytes)) : file.stream()
  const bytes = isGzip ? raw.pipeThrough(new DecompressionStream('gzip')) : raw
  const reader = bytes.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let isFirst = true
  try {
    for (;;) {
      const chunk = await reader.read().catch(() => undefined)
      if (!chunk || chunk.done) break
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) isFirst = false
      yield* lines
      if (rest.length > MAX_LINE_CHARACTERS) {
        throw new RecordingError('This file has a line that is longer than a message can be.')
      }
    }
  } finally {
    await reader.cancel().catch(() => {}) // who stops reading needs no more of the file
  }
  // A line without its end was cut off in the middle: it is not a message that came so. The first one says what it is.
  if (rest !== '' && (isFirst || parseLine(rest))) yield rest
}

function byteCounter(
  onBytes: (readBytes: number) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let readBytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      readBytes += chunk.length
      onBytes(readBytes)
      controller.enqueue(chunk)
    },
  })
}
