import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { formatDateTime } from '../../../../shared/time.tsx'
import type { StoredRecording } from '../../protocol/record.ts'

const MAX_RECORDINGS = 10
const MAX_BYTES = 2 * 1024 * 1024 * 1024

/** `12,345 messages from 2026-11-28 14:02:07 +01:00 to 14:31:10`, the second day only where it is another. */
export function interruptedWords({ startedAtMs, endedAtMs, messages, gaps = 0 }: StoredRecording): string {
  const from = formatDateTime(startedAtMs)
  if (endedAtMs === undefined || messages === undefined) return `Messages from ${from} on`
  const [day, time, offset] = formatDateTime(endedAtMs).split(' ')
  const isSameDay = from.startsWith(`${day} `) && from.endsWith(` ${offset}`)
  const count = `${formatCount(messages)} ${messages === 1 ? 'message' : 'messages'}`
  const holes = gaps === 0 ? '' : `, ${formatCount(gaps)} ${gaps === 1 ? 'gap' : 'gaps'} marked`
  return `${count} from ${from} to ${isSameDay ? time : `${day} ${time} ${offset}`}${holes}`
}

/** What to do when they take too much room; undefined while they do not. */
export function tooMuchWords(recordings: readonly StoredRecording[]): string | undefined {
  const bytes = recordings.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (recordings.length <= MAX_RECORDINGS && bytes <= MAX_BYTES) return undefined
  return `They take ${formatBytes(bytes)} of this browser's storage, in which new recordings are kept too. Save or discard the oldest, which come first.`
}
