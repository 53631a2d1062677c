import { MOST_TOPICS, type ReportedWrite } from '@thingdeck/contract'
import { parseReservedTopic } from '@thingdeck/topics'

/** What every report of something published says, whichever its kind. */
export type PublishedCounts = Omit<Extract<ReportedWrite, { readonly kind: 'publish' }>, 'kind'>

/** One message, as it went out. */
export interface TalliedMessage {
  /** With its placeholders replaced. */
  readonly topic: string
  readonly qos: 0 | 1
  readonly retain: boolean
  /** Of the payload. */
  readonly bytes: number
}

/** Topics of which each is counted; placeholders can make any number of them. */
const MOST_COUNTED = 10_000
const LONGEST_TOPIC = 512

/** Adds up what is published, for a report of it. Knows no page: a worker can have one, too. */
export class PublishTally {
  readonly #topics = new Map<string, number>()
  readonly #qos = new Set<0 | 1>()
  #uncounted = 0
  #retained = 0
  #bytes = 0
  #sent = 0
  #failed = 0
  #refusal: PublishedCounts['refusal']

  /** @param refusal why it failed; undefined: it was acknowledged, or at QoS 0 handed to the connection */
  count({ topic, qos, retain, bytes }: TalliedMessage, refusal?: { readonly code: string; readonly message: string }) {
    const known = this.#topics.get(topic)
    if (known !== undefined || this.#topics.size < MOST_COUNTED) this.#topics.set(topic, (known ?? 0) + 1)
    else this.#uncounted += 1
    this.#qos.add(qos)
    if (retain) this.#retained += 1
    this.#bytes += bytes
    if (refusal) {
      this.#failed += 1
      this.#refusal ??= { code: refusal.code.slice(0, 64), message: refusal.message.slice(0, 1_024) }
    } else this.#sent += 1
  }

  /** Undefined while nothing was counted: there is nothing to report then. */
  counts(): PublishedCounts | undefined {
    if (this.#topics.size === 0) return undefined
    const topics = [...this.#topics]
      .map(([topic, messages]) => ({ topic: topic.slice(0, LONGEST_TOPIC), messages, writes: writesShadow(topic) }))
      .sort((one, other) => Number(other.writes) - Number(one.writes) || other.messages - one.messages)
    const leftOut = topics.length - MOST_TOPICS + (this.#uncounted > 0 ? 1 : 0)
    return {
      topics: topics.slice(0, MOST_TOPICS).map(({ topic, messages }) => ({ topic, messages })),
      ...(leftOut > 0 ? { topicsLeftOut: leftOut } : {}),
      qos: [...this.#qos].sort(),
      retained: this.#retained,
      bytes: this.#bytes,
      sent: this.#sent,
      failed: this.#failed,
      ...(this.#refusal ? { refusal: this.#refusal } : {}),
    }
  }
}

/** Whether publishing there writes a shadow: those topics are never left out. */
function writesShadow(topic: string): boolean {
  const parsed = parseReservedTopic(topic)
  return parsed?.kind === 'shadow' && parsed.suffix === undefined && parsed.operation !== 'get'
}
