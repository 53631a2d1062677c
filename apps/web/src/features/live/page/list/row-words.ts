import type { Gap, GapCause } from '../../../../shared/recording/gap.ts'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { formatDateTime, formatSpan, formatTimeOfDay } from '../../../../shared/time.tsx'
import type { MessageRowView } from '../../protocol/stream.ts'

/** What is said of a message that is out of order by its sequence number. */
export const ORDER_WORDS = {
  skipped: { short: 'skip', long: 'Some before it are missing, by its sequence number' },
  repeated: { short: 'again', long: 'The same sequence number as before' },
  late: { short: 'late', long: 'A lower sequence number than one before it' },
} as const

/** Names of what a payload was decoded from. */
export const ENCODING_WORDS = {
  cbor: 'CBOR',
  'message-pack': 'MessagePack',
  protobuf: 'Protobuf',
  sparkplug: 'Sparkplug B',
} as const

export function gapWords(cause: GapCause, reason: string): { readonly what: string; readonly why: string } {
  switch (cause) {
    case 'disconnected':
      return { what: 'disconnected', why: `${reason}. What was published then at QoS 0 is not here.` }
    case 'broker-limit':
      return { what: 'at the broker’s limit', why: reason }
    case 'paused':
      return { what: 'paused', why: reason }
    case 'ring-full':
      return { what: 'ring full', why: reason }
    case 'stood-still':
      return { what: 'stood still', why: `${reason}: they are marked ≤.` }
  }
}

/** A gap in one sentence: what it is, from when to when, and why. */
export function gapSentence(gap: Gap): string {
  const span = `${formatTimeOfDay(gap.fromMs)} – ${formatTimeOfDay(gap.toMs)} (${formatSpan(gap.toMs - gap.fromMs)})`
  const { what, why } = gapWords(gap.cause ?? 'disconnected', gap.reason)
  return `${what} ${span}: ${why}`
}

/** When a message came, as closely as that is known. */
export const receivedWords = ({ receivedAtMs, notBeforeMs }: Pick<MessageRowView, 'receivedAtMs' | 'notBeforeMs'>) =>
  notBeforeMs === undefined
    ? formatTimeOfDay(receivedAtMs)
    : `${formatTimeOfDay(notBeforeMs)} ≤ received ≤ ${formatTimeOfDay(receivedAtMs)}`

/** What a cell tells on hover: the whole of what it shows in short. Undefined where it shows all. */
export function cellTitle(column: string, row: MessageRowView): string | undefined {
  switch (column) {
    case 'time':
      return row.notBeforeMs === undefined
        ? formatDateTime(row.receivedAtMs)
        : `Came from ${formatDateTime(row.notBeforeMs)} to ${formatDateTime(row.receivedAtMs)}: the page stood still, so when is not known`
    case 'own':
      if (row.ownTimeWithoutZone !== undefined) {
        return `${row.ownTimeWithoutZone}, without a time zone: how long ago that was is not known`
      }
      return row.ownTimeMs === undefined
        ? undefined
        : `${formatDateTime(row.ownTimeMs)}, ${lagWords(row.receivedAtMs - row.ownTimeMs)}`
    case 'topic':
      return visibleText(row.topic)
    case 'client':
      return row.client && visibleText(row.client)
    case 'payload': {
      const preview = visibleText(row.preview)
      return row.encoding ? `${ENCODING_WORDS[row.encoding]}: ${preview}` : preview
    }
    case 'mark':
      return row.subscription < 0 ? 'No subscription of the list brought it' : undefined
    default:
      return undefined
  }
}

function lagWords(lagMs: number): string {
  if (Math.abs(lagMs) < 1_000) return `${Math.round(lagMs)} ms before it was received`
  return lagMs > 0
    ? `${formatSpan(lagMs)} before it was received`
    : `${formatSpan(-lagMs)} after it was received: a clock is wrong`
}
