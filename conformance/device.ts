import { presignMqttUrl } from '@thingdeck/sigv4'
import { connect, type IClientOptions, type IClientPublishOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Identity } from './identity.ts'
import type { Target } from './target.ts'
import type { UsageCounter } from './usage.ts'

/** What a device may be told of its connection; the rest is the client's own. */
export interface DeviceOptions {
  readonly clientId: string
  readonly protocolVersion?: 4 | 5
  readonly clean?: boolean
  readonly keepalive?: number
  readonly will?: IClientOptions['will']
  readonly properties?: IClientOptions['properties']
}

/** Keys of AWS, for MQTT over WebSocket. */
export type AwsKeys = Parameters<typeof presignMqttUrl>[0]['credentials']

/** Longest wait for a message, a CONNACK or an acknowledgement. */
const PATIENCE_MS = 15_000
const GOODBYE_MS = 1_000

/** What an observation says of a message. */
export interface Message {
  readonly topic: string
  /** JSON where it is some, else text. */
  readonly payload: unknown
  readonly qos: number
  readonly retain: boolean
  readonly properties?: unknown
}

/** What came of connecting. */
export type Connection =
  | { readonly isOpen: true; readonly device: Device; readonly connack: Readonly<Record<string, unknown>> }
  /** The code of CONNACK; undefined where the connection was closed without one. */
  | { readonly isOpen: false; readonly reasonCode: number | undefined; readonly why: string }

type Where = Pick<Target, 'mqtts' | 'webSocket' | 'rootCa' | 'region'>

/** By a certificate over TLS. */
export function connectByCertificate(
  where: Where,
  identity: Identity,
  options: DeviceOptions,
  counter: UsageCounter,
): Promise<Connection> {
  const { hostname, port } = where.mqtts
  const client = connect({
    ...clientOptions(where, options),
    protocol: 'mqtts',
    host: hostname,
    port: Number(port || 8883),
    servername: hostname,
    cert: identity.cert,
    key: identity.key,
  })
  return opened(client, counter)
}

/** By a signed URL over WebSocket. */
export async function connectByKeys(
  where: Where,
  credentials: AwsKeys,
  options: DeviceOptions,
  counter: UsageCounter,
): Promise<Connection> {
  const url = await presignMqttUrl({ url: where.webSocket.href, region: where.region, credentials })
  const wsOptions = where.rootCa === undefined ? {} : { ca: where.rootCa }
  return opened(connect(url, { ...clientOptions(where, options), wsOptions }), counter)
}

function clientOptions({ rootCa }: Where, options: DeviceOptions): Omit<IClientOptions, 'protocol'> {
  return {
    protocolVersion: 5,
    reconnectPeriod: 0,
    connectTimeout: PATIENCE_MS,
    ...(rootCa !== undefined && { ca: rootCa }),
    ...options,
  }
}

function opened(client: MqttClient, counter: UsageCounter): Promise<Connection> {
  counter.connection()
  counter.messages()
  const { promise, resolve } = Promise.withResolvers<Connection>()
  const device = new Device(client, counter)
  client.once('connect', ({ reasonCode = 0, sessionPresent, properties = {} }) =>
    resolve({ isOpen: true, device, connack: { reasonCode, sessionPresent, properties } }),
  )
  client.once('error', (error) => resolve({ isOpen: false, reasonCode: codeOf(error), why: error.message }))
  client.once('close', () => {
    client.end(true)
    resolve({ isOpen: false, reasonCode: undefined, why: 'The connection was closed' })
  })
  client.on('error', () => {}) // 'close' follows
  return promise
}

/** Errors of TLS have codes that are words. */
function codeOf(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined
}

/** The codes of a SUBACK that refused something. */
function grantedOf(error: Error): readonly number[] | undefined {
  const packet = 'packet' in error ? (error.packet as { granted?: readonly number[] } | undefined) : undefined
  return packet?.granted
}

/** A connected client and what came for it. */
export class Device implements AsyncDisposable {
  readonly client: MqttClient
  readonly #counter: UsageCounter
  #messages: IPublishPacket[] = []
  #wake = Promise.withResolvers<void>()
  readonly #closed: Promise<number | undefined>

  constructor(client: MqttClient, counter: UsageCounter) {
    this.client = client
    this.#counter = counter
    client.on('message', (_topic, _payload, packet) => {
      counter.messages()
      this.#messages.push(packet)
      this.#wake.resolve()
      this.#wake = Promise.withResolvers()
    })
    let reasonCode: number | undefined
    client.on('disconnect', (packet) => {
      reasonCode = packet.reasonCode
    })
    this.#closed = new Promise((resolve) => client.once('close', () => resolve(reasonCode)))
  }

  /** @returns the codes of SUBACK: the granted QoS, or 128 and more for a refusal; that the connection was closed instead */
  async subscribe(filter: string | readonly string[], qos: 0 | 1 = 1): Promise<readonly number[] | 'closed'> {
    this.#counter.messages()
    const filters = typeof filter === 'string' ? [filter] : [...filter]
    const asked = this.client.subscribeAsync(filters, { qos }).then(
      (granted) => granted.map((each) => each.qos),
      (error: Error) => grantedOf(error) ?? [codeOf(error) ?? 128],
    )
    return Promise.race([asked, this.#closed.then(() => 'closed' as const)])
  }

  /** @returns the code of PUBACK; that the connection was closed before there was one; 0 of QoS 0 */
  async publish(
    topic: string,
    payload: string | Buffer | object,
    options: IClientPublishOptions = {},
  ): Promise<number | 'closed'> {
    this.#counter.messages()
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload)
    const sent = this.client.publishAsync(topic, bytes, { qos: 1, ...options }).then(
      (packet) => (packet && 'reasonCode' in packet ? Number(packet.reasonCode ?? 0) : 0),
      (error: Error) => codeOf(error) ?? ('closed' as const),
    )
    return Promise.race([sent, this.#closed.then(() => 'closed' as const)])
  }

  /**
   * Takes out the first message on a topic, and waits for it.
   * @throws {Error} when none came within {@link PATIENCE_MS}
   */
  async next(topic: string): Promise<Message> {
    const deadlineMs = performance.now() + PATIENCE_MS
    for (;;) {
      const message = this.#take(topic)
      if (message !== undefined) return message
      const leftMs = deadlineMs - performance.now()
      if (leftMs <= 0) throw new Error(`Nothing came on ${topic} within ${PATIENCE_MS / 1_000} s`)
      await Promise.race([this.#wake.promise, pause(leftMs)])
    }
  }

  /** The payload of the first message on a topic; undefined where none comes in this time. */
  async within(topic: string, ms: number): Promise<unknown> {
    const deadlineMs = performance.now() + ms
    for (;;) {
      const message = this.#take(topic)
      if (message !== undefined) return message.payload
      const leftMs = deadlineMs - performance.now()
      if (leftMs <= 0) return undefined
      await Promise.race([this.#wake.promise, pause(leftMs)])
    }
  }

  /** The payload of {@link next}. */
  async payload(topic: string): Promise<unknown> {
    const { payload } = await this.next(topic)
    return payload
  }

  #take(topic: string): Message | undefined {
    const index = this.#messages.findIndex((message) => message.topic === topic)
    const [found] = index < 0 ? [] : this.#messages.splice(index, 1)
    return found === undefined ? undefined : readMessage(found)
  }

  /** What came and was not taken out, by topic, in the order in which it came. */
  rest(): readonly Message[] {
    return this.#messages.splice(0).map(readMessage)
  }

  /**
   * That the connection ends.
   * @returns the code of DISCONNECT, where there was one
   * @throws {Error} when it does not within `withinMs`
   */
  async closed(withinMs = PATIENCE_MS): Promise<number | undefined> {
    const late = pause(withinMs).then(() => {
      throw new Error(`The connection was still there after ${withinMs / 1_000} s`)
    })
    late.catch(() => {})
    return Promise.race([this.#closed, late])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What was refused is in flight for ever: a goodbye would wait for it.
    if (this.client.connected) await Promise.race([this.client.endAsync(), this.#closed, pause(GOODBYE_MS)])
    this.client.end(true)
  }
}

/** Does not keep the process from ending. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

function readMessage({ topic, payload, qos, retain, properties }: IPublishPacket): Message {
  const text = payload.toString()
  const { topicAlias: _topicAlias, ...rest } = properties ?? {}
  const told = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString() : value]),
  )
  return {
    topic,
    payload: parseJson(text),
    qos,
    retain,
    ...(Object.keys(told).length > 0 && { properties: told }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
