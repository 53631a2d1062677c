import type { Job } from '../engine/jobs.ts'
import { LiveError } from '../engine/live-error.ts'
import type { LiveStream } from '../engine/stream.ts'
import { TURN_MS, type Turns } from '../engine/turns.ts'
import { parseHeader, parseLine, type RecordingHeader } from './recording-format.ts'

/** Longest line read: a payload of 128 KB in base64 with its properties is far below. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024

/**
 * Reads a recording into a stream. `onBegun` is called once the header and the first messages are in; the promise
 * resolves at the end. A file that breaks off gives what it has, and the origin says that it is not whole.
 * @throws {LiveError} `NOT_A_RECORDING`
 */
export async function openRecording(
  stream: LiveStream,
  { file, fileName }: { readonly file: Blob; readonly fileName: string },
  { job, turns, onBegun }: { readonly job: Job; readonly turns: Turns; readonly onBegun: () => void },
): Promise<void> {
  let header: RecordingHeader | undefined
  let endedAtMs = 0
  let messages = 0
  let isWhole = false
  const tell = () => {
    if (!header) return
    const { startedAtMs, subscriptions } = header
    stream.setOrigin({ kind: 'recording', fileName, startedAtMs, endedAtMs, subscriptions, isWhole })
  }

  let number = 0
  let startedMs = turns.nowMs()
  for await (const line of linesOf(file)) {
    number += 1
    if (!header) {
      const read = parseHeader(line)
      if (typeof read === 'string') throw new LiveError('NOT_A_RECORDING', read)
      header = read
      endedAtMs = read.startedAtMs
      tell()
      continue
    }
    if (line === '') continue
    const read = parseLine(line)
    if (!read) throw new LiveError('NOT_A_RECORDING', `Line ${number} is none of a recording.`)
    if (read.kind === 'end') isWhole = true
    else if (read.kind === 'gap') stream.pushGap(read.gap)
    else {
      stream.push(read.message)
      messages += 1
      endedAtMs = Math.max(endedAtMs, read.message.receivedAtMs)
    }
    if (turns.nowMs() - startedMs < TURN_MS) continue
    tell()
    job.progress(messages)
    onBegun()
    await new Promise<void>((resolve) => turns.next(resolve))
    if (job.signal.aborted) break
    startedMs = turns.nowMs()
  }
  if (!header) throw new LiveError('NOT_A_RECORDING', 'This file is empty.')
  tell()
  job.progress(messages, messages)
  onBegun()
  job.finish(isWhole ? undefined : 'The recording breaks off: its last line is missing.')
}

/** The lines of a file, gzip or not. A gzip that breaks off ends where it does. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b
  const bytes = isGzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const reader = bytes.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const chunk = await reader.read().catch(() => undefined)
    if (!chunk || chunk.done) break
    const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > MAX_LINE_CHARACTERS) {
      throw new LiveError('NOT_A_RECORDING', 'This file has a line that is longer than a message can be.')
    }
  }
  // A line without its end was cut off in the middle: it is not a message that came so.
  if (rest !== '' && parseLine(rest)) yield rest
}
