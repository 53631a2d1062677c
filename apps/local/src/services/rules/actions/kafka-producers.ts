import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import type { MessageToProduce, Producer } from '@platformatic/kafka'
import { type KafkaProperties, type KafkaSettings, readKafkaProperties } from './kafka-properties.ts'
import { tlsOf } from './key-stores.ts'

/** Connecting and each request may take so long, and so long all of a record. */
const TIMEOUT_MS = 3_000
const TOTAL_TIMEOUT_MS = 10_000
const RETRIES = 2
const RETRY_DELAY_MS = 100

/** Properties may be made of messages: an action has so many producers at once. */
const MAX_PRODUCERS = 4

type KafkaProducer = Producer<Buffer, Buffer, Buffer, Buffer>

interface Kept {
  readonly producer: Promise<KafkaProducer>
  underWay: number
  isClosing: boolean
}

/** Producers of one action: one for each set of client properties. */
export class KafkaProducers {
  readonly #kept = new Map<string, Kept>()

  /**
   * Sends one record, and waits for what `acks` asks for.
   * @throws {Error} whose sentence says why the brokers did not take it
   */
  async send(properties: KafkaProperties, message: MessageToProduce): Promise<void> {
    const settings = readKafkaProperties(properties)
    const { acks, compression } = settings
    const kept = this.#keep(properties, settings)
    kept.underWay += 1
    try {
      const producer = await kept.producer
      await within(TOTAL_TIMEOUT_MS, producer.send({ messages: [message], acks, compression }))
    } catch (error) {
      throw new Error(wordsOf(error), { cause: error })
    } finally {
      kept.underWay -= 1
      if (kept.isClosing) end(kept)
    }
  }

  close(): void {
    for (const key of [...this.#kept.keys()]) this.#forget(key)
  }

  #keep(properties: KafkaProperties, settings: KafkaSettings): Kept {
    // Of secrets the digest is kept alone.
    const key = createHash('sha256').update(JSON.stringify(properties)).digest('base64')
    const known = this.#kept.get(key)
    if (known) return known
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= MAX_PRODUCERS && oldest !== undefined) this.#forget(oldest)
    const kept = { producer: makeProducer(properties, settings), underWay: 0, isClosing: false }
    kept.producer.catch(() => this.#kept.delete(key))
    this.#kept.set(key, kept)
    return kept
  }

  #forget(key: string): void {
    const kept = this.#kept.get(key)
    if (!kept) return
    this.#kept.delete(key)
    kept.isClosing = true
    end(kept)
  }
}

/** The library is loaded by the first record. */
async function makeProducer(
  properties: KafkaProperties,
  { servers, isTls, sasl }: KafkaSettings,
): Promise<KafkaProducer> {
  // An address is no name that a server could be asked for.
  const tlsServerName = servers.every(({ host }) => isIP(host) === 0)
  const tls = isTls ? { tls: tlsOf(properties), tlsServerName } : {}
  const { Producer } = await import('@platformatic/kafka')
  return new Producer<Buffer, Buffer, Buffer, Buffer>({
    clientId: 'aws-iot-rule',
    bootstrapBrokers: [...servers],
    connectTimeout: TIMEOUT_MS,
    requestTimeout: TIMEOUT_MS,
    timeout: TIMEOUT_MS,
    retries: RETRIES,
    retryDelay: RETRY_DELAY_MS,
    // As the Java client has it: whether topics are made is for the brokers to say.
    autocreateTopics: true,
    ...tls,
    ...(sasl && { sasl }),
  })
}

function end(kept: Kept): void {
  if (kept.underWay > 0) return
  kept.producer.then((producer) => producer.close(true)).catch(() => undefined) // it may never have been connected
}

async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`there was no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The innermost reasons: what is around them says only that an operation failed. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return [...new Set(error.errors.map(wordsOf))].join('; ')
  }
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${wordsOf(error.cause)})` : error.message
}
