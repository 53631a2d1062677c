import { messageOf } from '../../../../shared/message-of.ts'
import { readRecording } from '../../../../shared/recording/read-recording.ts'
import type { RecordingHeader } from '../../../../shared/recording/recording-format.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Task } from '../tasks/task.ts'
import { TURN_MS, type Turns } from '../turns.ts'

/**
 * Reads a recording into a stream. `onBegun` is called once the header and the first messages are in; the promise
 * resolves at the end. A file that breaks off, or in which something is wrong, gives what comes before, and the origin says
 * that it is not whole.
 * @throws {RecordingError}
 */
export async function openRecording(
  stream: LiveStream,
  { file, fileName }: { readonly file: Blob; readonly fileName: string },
  { task, turns, onBegun }: { readonly task: Task; readonly turns: Turns; readonly onBegun: () => void },
): Promise<void> {
  let header: RecordingHeader | undefined
  let endedAtMs = 0
  let messages = 0
  let isWhole = false
  let reading: 'under-way' | 'stopped' | 'over' = 'under-way'
  const tell = (more: { readonly problem?: string } = {}) => {
    if (!header) return
    stream.setOrigin({ kind: 'recording', fileName, ...header, endedAtMs, reading, isWhole, ...more })
  }

  let startedMs = turns.nowMs()
  try {
    for await (const part of readRecording(file)) {
      if (part.kind === 'header') {
        header = part.header
        endedAtMs = header.startedAtMs
        tell()
      } else if (part.kind === 'end') isWhole = true
      else if (part.kind === 'gap') stream.pushGap(part.gap)
      else if (part.kind === 'message') {
        stream.push(part.message)
        messages += 1
        endedAtMs = Math.max(endedAtMs, part.message.receivedAtMs)
      }
      // Nothing is there to see yet: what is wrong in the next line refuses the file.
      if (part.kind === 'header' || turns.nowMs() - startedMs < TURN_MS) continue
      tell()
      task.progress(messages)
      onBegun()
      await new Promise<void>((resolve) => turns.next(resolve))
      if (task.signal.aborted) break
      startedMs = turns.nowMs()
    }
  } catch (error) {
    // What was read stays, and nobody may wait for more of it.
    reading = 'over'
    tell({ problem: messageOf(error) })
    task.progress(messages)
    throw error
  }
  reading = task.signal.aborted ? 'stopped' : 'over'
  tell()
  task.progress(messages, messages)
  onBegun()
  task.finish(isWhole || reading === 'stopped' ? undefined : 'The recording breaks off: its last line is missing.')
}
