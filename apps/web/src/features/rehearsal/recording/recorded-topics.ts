import { readRecording } from '../../../shared/recording/read-recording.ts'

/** A topic that messages of a recording came on. */
export interface RecordedTopic {
  readonly topic: string
  readonly count: number
  /** So many of these came as retained: they had been published to be. */
  readonly retained: number
}

/** What a rehearsal of policies needs of messages that were received. Plain data. */
export interface RecordedTopics {
  /** Each once; the most frequent first. */
  readonly topics: readonly RecordedTopic[]
  readonly messages: number
  /** So many messages are on topics beyond {@link MOST_TOPICS}, and not among `topics`. */
  readonly untold: number
  /** When the first and the last message came, epoch ms; undefined without any. */
  readonly firstAtMs: number | undefined
  readonly lastAtMs: number | undefined
  /** False for a file that breaks off. */
  readonly isWhole: boolean
  /** Host that they came from; undefined where it is not told. */
  readonly endpoint: string | undefined
}

/** So many different topics are told apart. */
export const MOST_TOPICS = 50_000

interface Received {
  readonly topic: string
  readonly retain: boolean
  readonly receivedAtMs: number
}

/**
 * Reads a recording, gzip or plain, of any size: only its topics are kept.
 * @throws {RecordingError} for a file that is no recording
 */
export async function readRecordedTopics(file: Blob): Promise<RecordedTopics> {
  const tally = new Tally()
  let isWhole = false
  let endpoint: string | undefined
  for await (const part of readRecording(file)) {
    if (part.kind === 'header') endpoint = part.header.endpoint
    else if (part.kind === 'message') tally.add(part.message)
    else if (part.kind === 'end') isWhole = true
  }
  return { ...tally.told(), isWhole, endpoint }
}

/** The same of messages that are at hand. */
export function topicsOfMessages(messages: Iterable<Received>): RecordedTopics {
  const tally = new Tally()
  for (const message of messages) tally.add(message)
  return { ...tally.told(), isWhole: true, endpoint: undefined }
}

class Tally {
  readonly #topics = new Map<string, { count: number; retained: number }>()
  #messages = 0
  #untold = 0
  #firstAtMs: number | undefined
  #lastAtMs: number | undefined

  add({ topic, retain, receivedAtMs }: Received): void {
    this.#messages += 1
    this.#firstAtMs = Math.min(this.#firstAtMs ?? receivedAtMs, receivedAtMs)
    this.#lastAtMs = Math.max(this.#lastAtMs ?? receivedAtMs, receivedAtMs)
    const known = this.#topics.get(topic)
    if (known) {
      known.count += 1
      known.retained += retain ? 1 : 0
    } else if (this.#topics.size < MOST_TOPICS) this.#topics.set(topic, { count: 1, retained: retain ? 1 : 0 })
    else this.#untold += 1
  }

  told(): Omit<RecordedTopics, 'isWhole' | 'endpoint'> {
    return {
      topics: [...this.#topics]
        .map(([topic, counts]) => ({ topic, ...counts }))
        .toSorted((one, other) => other.count - one.count),
      messages: this.#messages,
      untold: this.#untold,
      firstAtMs: this.#firstAtMs,
      lastAtMs: this.#lastAtMs,
    }
  }
}
