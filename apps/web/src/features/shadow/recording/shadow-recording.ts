import { matches, parseReservedTopic, shadowTopics } from '@thingdeck/topics'
import { readRecording } from '../../../shared/recording/read-recording.ts'
import { RecordingError } from '../../../shared/recording/recording-error.ts'
import { formatShadowKey, type ShadowKey } from '../model/shadow-key.ts'
import type { RecordedVersion } from './recorded-version.ts'
import { ShadowCollector } from './shadow-collector.ts'

/** What a recording of live messages holds of one shadow. Plain data. */
export interface ShadowRecording {
  readonly fileName: string
  /** Of the whole recording, epoch ms. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  /** Host that it was recorded from; undefined if it does not say. */
  readonly endpoint: string | undefined
  readonly filters: readonly string[]
  /** Whether it was subscribed to what the shadow service says of this shadow. */
  readonly wasSubscribed: boolean
  /** False for a file that breaks off. */
  readonly isWhole: boolean
  /** Messages in it, of whatever topic. */
  readonly messages: number
  /** In the order in which they came. */
  readonly versions: readonly RecordedVersion[]
  /** Older ones that had to go. */
  readonly agedOut: number
  /** Messages on the shadow's topics that make no sense. */
  readonly unreadable: number
  /** Other shadows that it holds, as `THING` or `THING~NAME`: some of them. */
  readonly otherShadows: readonly string[]
}

export interface ReadingProgress {
  /** Of the file as it is, compressed or not. */
  readonly readBytes: number
  readonly totalBytes: number
  readonly messages: number
  readonly found: number
}

const MAX_OTHERS = 20
/** The clock is looked at once in so many lines. */
const TELL_EVERY_LINES = 500

/**
 * Reads what a recording holds of a shadow. Only that is kept, so the file may be of any size.
 * @throws {RecordingError}
 */
export async function readShadowRecording(
  { file, fileName, shadowKey }: { readonly file: Blob; readonly fileName: string; readonly shadowKey: ShadowKey },
  onProgress: (progress: ReadingProgress) => void,
): Promise<ShadowRecording> {
  const collector = new ShadowCollector(shadowKey)
  const others = new Set<string>()
  let header: { startedAtMs: number; endpoint?: string | undefined; filters: readonly string[] } | undefined
  let isWhole = false
  let messages = 0
  let endedAtMs = 0
  let readBytes = 0
  let lines = 0
  const wants = (topic: string): boolean => {
    if (collector.wants(topic)) return true
    if (others.size < MAX_OTHERS) noteShadow(topic, others)
    return false
  }
  const parts = readRecording(file, {
    wants,
    onBytes: (bytes) => {
      readBytes = bytes
    },
  })
  for await (const part of parts) {
    if (part.kind === 'header') {
      const { startedAtMs, endpoint, subscriptions } = part.header
      header = { startedAtMs, endpoint, filters: subscriptions.map(({ filter }) => filter) }
      endedAtMs = startedAtMs
    } else if (part.kind === 'end') {
      isWhole = true
      endedAtMs = Math.max(endedAtMs, part.atMs ?? 0)
    } else if (part.kind === 'skipped') messages += 1
    else if (part.kind === 'message') {
      const { topic, payload, receivedAtMs } = part.message
      collector.take(topic, payload, receivedAtMs)
      messages += 1
      endedAtMs = Math.max(endedAtMs, receivedAtMs)
    }
    lines += 1
    if (lines % TELL_EVERY_LINES === 0) {
      onProgress({ readBytes, totalBytes: file.size, messages, found: collector.found })
    }
  }
  if (!header) throw new RecordingError('This file is empty.')
  others.delete(formatShadowKey(shadowKey))
  const topics = shadowTopics(shadowKey.thingName, shadowKey.shadowName)
  const told = [topics.updateDocuments, topics.updateAccepted, topics.getAccepted]
  return {
    fileName,
    startedAtMs: header.startedAtMs,
    endedAtMs,
    endpoint: header.endpoint,
    filters: header.filters,
    wasSubscribed: header.filters.some((filter) => told.some((topic) => matches(filter, topic))),
    isWhole,
    messages,
    versions: collector.versions(),
    agedOut: collector.agedOut,
    unreadable: collector.unreadable,
    otherShadows: [...others],
  }
}

function noteShadow(topic: string, names: Set<string>): void {
  if (!topic.startsWith('$aws/things/')) return
  const parsed = parseReservedTopic(topic)
  if (parsed?.kind !== 'shadow') return
  const { thingName, shadowName } = parsed
  names.add(formatShadowKey({ thingName, shadowName }))
}
