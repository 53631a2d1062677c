import { jsonIdentical } from '@thingdeck/json'
import { formatState } from '@thingdeck/shadows'
import type { HistoryEntry } from '../model/history.ts'
import type { SeenDocument } from '../model/seen-document.ts'
import { documentOf, type RecordedVersion } from './recorded-version.ts'
import type { ShadowRecording } from './shadow-recording.ts'

interface MomentBase {
  /** Tells it from all others of the timeline. */
  readonly key: string
  readonly version: number | undefined
  readonly seenAtMs: number
  /** By the service's clock where it told, else by the listener's. */
  readonly atSeconds: number
  readonly clientToken: string | undefined
  readonly isMine: boolean
  /** Name of the recording that holds it, if one does. */
  readonly recording: string | undefined
  /** Whether this page saw it itself. */
  readonly isSeenHere: boolean
}

/** One moment in the life of a shadow, as this page saw it or as a recording has it. */
export type Moment =
  | (MomentBase & { readonly kind: 'document'; readonly version: number; readonly document: SeenDocument })
  /** Only what the update named was recorded, in `text`. */
  | (MomentBase & { readonly kind: 'update'; readonly version: number; readonly text: string })
  | (MomentBase & { readonly kind: 'deleted' })

/** An opened recording; the key tells it from others of the same file name. */
export interface OpenRecording {
  readonly key: string
  readonly recording: ShadowRecording
}

/**
 * The session's history with the recordings in it, oldest first, each version once.
 *
 * The order is that of the service: its timestamps, and within a second the versions. The clocks of the machines that
 * listened are asked only where the service told no time.
 */
export function timelineOf(history: readonly HistoryEntry[], recordings: readonly OpenRecording[]): readonly Moment[] {
  const seen = history.map(seenMoment)
  if (recordings.length === 0) return seen
  const recorded = recordings.flatMap(({ key, recording }) => recordedMoments(key, recording))
  const ordered = [...recorded, ...seen]
  return onceEach(ordered.sort((a, b) => a.atSeconds - b.atSeconds || placeOf(a) - placeOf(b) || rankOf(a) - rankOf(b)))
}

/** A deletion that nobody told of comes last within its second. */
const placeOf = ({ version = Number.MAX_SAFE_INTEGER }: Moment) => version

function seenMoment(entry: HistoryEntry): Moment {
  const about = { key: `seen:${entry.id}`, isMine: entry.isMine, recording: undefined, isSeenHere: true }
  if (entry.kind === 'deleted') {
    const { version, seenAtMs, clientToken } = entry
    return { ...about, kind: 'deleted', version, seenAtMs, clientToken, atSeconds: secondsOf(seenAtMs) }
  }
  const { document } = entry
  const { version, seenAtMs, clientToken, timestampSeconds = secondsOf(seenAtMs) } = document
  return { ...about, kind: 'document', version, seenAtMs, clientToken, atSeconds: timestampSeconds, document }
}

const recordedCache = new WeakMap<ShadowRecording, readonly Moment[]>()

/** Made once for a recording: what its documents hold is read only when it is looked at. */
function recordedMoments(key: string, recording: ShadowRecording): readonly Moment[] {
  let moments = recordedCache.get(recording)
  if (!moments) {
    moments = recording.versions.map((each, index) => recordedMoment(`${key}:${index}`, recording.fileName, each))
    recordedCache.set(recording, moments)
  }
  return moments
}

function recordedMoment(key: string, recording: string, recorded: RecordedVersion): Moment {
  const { version, seenAtMs, clientToken, timestampSeconds: atSeconds = secondsOf(seenAtMs), text } = recorded
  const about = { key, version, seenAtMs, atSeconds, clientToken, isMine: false, recording, isSeenHere: false }
  if (recorded.kind === 'deleted') return { ...about, kind: 'deleted' }
  const document = documentOf(recorded)
  return document ? { ...about, kind: 'document', document } : { ...about, kind: 'update', text }
}

const rankOf = ({ kind }: Moment) => (kind === 'deleted' ? 1 : 0)

const secondsOf = (atMs: number) => Math.floor(atMs / 1_000)

/** What both heard of is one moment: what tells more of it stays, with where it was seen. */
function onceEach(moments: readonly Moment[]): readonly Moment[] {
  const kept: Moment[] = []
  for (const moment of moments) {
    const last = kept.at(-1)
    if (last && isSame(last, moment)) kept[kept.length - 1] = merged(last, moment)
    else kept.push(moment)
  }
  return kept
}

function isSame(a: Moment, b: Moment): boolean {
  if (a.version !== b.version) return a.kind === 'deleted' && b.kind === 'deleted'
  if (a.kind === 'deleted' || b.kind === 'deleted') return a.kind === b.kind
  if (a.kind === 'update' || b.kind === 'update') return true
  const [first, second] = [a.document, b.document]
  // Two that made the version, at different times: the counter began afresh between them.
  if (first.source === 'documents' && second.source === 'documents') {
    return first.timestampSeconds === second.timestampSeconds
  }
  return jsonIdentical(formatState(first.shadow.state), formatState(second.shadow.state))
}

function merged(a: Moment, b: Moment): Moment {
  const [more, less] = worthOf(b) > worthOf(a) ? [b, a] : [a, b]
  return {
    ...more,
    clientToken: more.clientToken ?? less.clientToken,
    isMine: a.isMine || b.isMine,
    isSeenHere: a.isSeenHere || b.isSeenHere,
    recording: more.recording ?? less.recording,
  }
}

function worthOf(moment: Moment): number {
  if (moment.kind !== 'document') return 0
  const base = { documents: 6, get: 4, reckoned: 2 }[moment.document.source]
  return moment.isSeenHere ? base + 1 : base
}
