import mqtt, { type IClientPublishOptions, type MqttClient } from 'mqtt'
import { serverNow } from '../clock/server-clock.ts'
import {
  type Line,
  type LineHandlers,
  type LineOptions,
  type OpenLine,
  type PublishReceipt,
  PublishRefused,
} from './line.ts'
import type { MessageProperties, PublishRequest, SubscriptionRequest } from './message.ts'
import { PublishReader } from './publish-reader.ts'
import { reasonInWords } from './reason-codes.ts'
import type { SubscriptionStatus } from './subscription-table.ts'

/** AWS closes a connection whose SUBSCRIBE holds more (AWS IoT quotas: subscriptions per subscribe request). */
const FILTERS_PER_PACKET = 8
/**
 * Nobody subscribes to it. To be told that there was no such subscription changes nothing and needs no permission, and a
 * broker answers in the order in which it sends (the `mqtt` package hands over no PINGRESP).
 */
const NOBODYS_FILTER = 'thingdeck/round-trip'
/** MQTT 5.0 §2.4. */
const MALFORMED_PACKET = 0x81
const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_SECONDS = 30
/** How long the broker keeps QoS 1 messages for a console that dropped. */
const SESSION_EXPIRY_SECONDS = 300

/** A connection by the `mqtt` package, which here neither reconnects nor resubscribes: the session does. */
export const openMqttLine: OpenLine = (options, handlers) => {
  const client = mqtt.connect(options.url, {
    protocolVersion: 5,
    clientId: options.clientId,
    clean: options.cleanStart,
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    subscribeBatchSize: FILTERS_PER_PACKET,
    timerVariant: 'native', // the default starts a worker from a blob, which the security policy forbids
    transformWsUrl: () => options.url, // as signed: the package would spell out port 443, and break the signature
    properties: { sessionExpiryInterval: SESSION_EXPIRY_SECONDS, requestProblemInformation: true },
  })
  return opened(client, options, handlers)
}

function opened(client: MqttClient, options: LineOptions, handlers: LineHandlers): Promise<Line> {
  return new Promise((resolve, reject) => {
    let reason = 'the network connection was lost'
    let isOpen = false
    let isOver = false

    const over = () => {
      if (isOver) return
      isOver = true
      client.end(true)
      if (isOpen) handlers.onClose(reason)
      else
        reject(new Error(reason === 'the network connection was lost' ? 'the endpoint could not be reached' : reason))
    }
    client.on('connect', () => {
      isOpen = true
      resolve(lineOf(client, options.clientId, () => (isOver = true)))
    })
    readMessages(client, handlers, () => {
      reason = reasonInWords(MALFORMED_PACKET)
      over()
    })
    client.on('disconnect', (packet) => {
      reason = packet.properties?.reasonString ?? reasonInWords(packet.reasonCode ?? 0x80)
    })
    client.on('error', (error) => {
      const code: unknown = 'code' in error ? error.code : undefined
      reason = typeof code === 'number' && code >= 0x80 ? reasonInWords(code) : error.message || reason
      over()
    })
    client.on('close', over)
  })
}

/** Messages are taken out of what the connection's stream is given, before the package's own parser reads from it. */
function readMessages({ stream }: MqttClient, handlers: LineHandlers, onMalformed: () => void): void {
  const push = stream.push.bind(stream)
  let takesMore = true
  const reader = new PublishReader({
    onMessage: (message) => handlers.onMessage(message),
    passOn: (packet) => {
      takesMore = push(packet)
    },
    onMalformed,
    arrivedAtMs: () => {
      handlers.onArrival()
      return serverNow()
    },
  })
  stream.push = (bytes: Uint8Array | null) => {
    if (!bytes) return push(bytes)
    takesMore = true
    reader.take(bytes)
    return takesMore
  }
}

function lineOf(client: MqttClient, clientId: string, onEnd: () => void): Line {
  const receipts = receiptsOf(client)
  return {
    clientId,
    subscribe: (requests) => subscribe(client, requests),
    unsubscribe: (filters) => unsubscribe(client, filters),
    roundTrip: () => unsubscribe(client, [NOBODYS_FILTER]),
    publish: (request) => publish(client, request, receipts),
    end() {
      onEnd()
      client.end(false, { reasonCode: 0, properties: { sessionExpiryInterval: 0 } })
    },
  }
}

async function unsubscribe(client: MqttClient, filters: readonly string[]): Promise<void> {
  for (let start = 0; start < filters.length; start += FILTERS_PER_PACKET) {
    const batch = filters.slice(start, start + FILTERS_PER_PACKET)
    await new Promise<void>((resolve, reject) => {
      client.unsubscribe([...batch], {}, (error) => (error ? reject(error) : resolve()))
    })
  }
}

async function subscribe(
  client: MqttClient,
  requests: readonly SubscriptionRequest[],
): Promise<readonly SubscriptionStatus[]> {
  const answers: SubscriptionStatus[] = []
  for (let start = 0; start < requests.length; start += FILTERS_PER_PACKET) {
    const batch = requests.slice(start, start + FILTERS_PER_PACKET)
    for (const code of await subscribeBatch(client, batch)) answers.push(toStatus(code))
  }
  return answers
}

/** The reason codes of one SUBACK. The package rejects when any filter was refused, but hands the packet over. */
function subscribeBatch(client: MqttClient, batch: readonly SubscriptionRequest[]): Promise<readonly number[]> {
  const filters = Object.fromEntries(batch.map(({ filter, qos }) => [filter, { qos }]))
  return new Promise((resolve, reject) => {
    client.subscribe(filters, (error, _granted, packet) => {
      const codes = packet?.granted
      if (codes) resolve(codes.map(Number))
      else reject(error ?? new Error('the subscription was not answered'))
    })
  })
}

function toStatus(code: number): SubscriptionStatus {
  if (code === 0 || code === 1) return { kind: 'active', qos: code }
  return { kind: 'refused', code, reason: reasonInWords(code) }
}

/** Reason codes of PUBACKs by packet id, for the moment until the package calls back: it does not hand them over. */
function receiptsOf(client: MqttClient): Map<number, number> {
  const codes = new Map<number, number>()
  client.on('packetreceive', (packet) => {
    if (packet.cmd === 'puback' && packet.messageId !== undefined) codes.set(packet.messageId, packet.reasonCode ?? 0)
  })
  return codes
}

function publish(client: MqttClient, request: PublishRequest, receipts: Map<number, number>): Promise<PublishReceipt> {
  const options: IClientPublishOptions = { qos: request.qos, retain: request.retain ?? false }
  if (request.properties) options.properties = toPacketProperties(request.properties)
  return new Promise((resolve, reject) => {
    if (!client.connected) {
      reject(new PublishRefused('NOT_CONNECTED', 'The MQTT session is not connected.'))
      return
    }
    let packetId: number | undefined
    client.publish(request.topic, asBuffer(request.payload), options, (error) => {
      const reasonCode = packetId === undefined ? undefined : receipts.get(packetId)
      if (packetId !== undefined) receipts.delete(packetId)
      if (error) reject(toRefusal(error))
      else resolve(reasonCode === undefined ? {} : { reasonCode })
    })
    if (request.qos === 1) packetId = client.getLastMessageId()
  })
}

/** The package's types ask for Node's `Buffer`, which a browser has not; what it does with one works on any bytes. */
const asBuffer = (bytes: Uint8Array) => bytes as Exclude<Parameters<MqttClient['publish']>[1], string>

function toRefusal(error: Error): PublishRefused {
  const code: unknown = 'code' in error ? error.code : undefined
  if (typeof code !== 'number') return new PublishRefused('NOT_CONNECTED', error.message)
  return new PublishRefused(`MQTT_0x${code.toString(16)}`, `The broker refused the message: ${reasonInWords(code)}.`)
}

type PacketProperties = NonNullable<IClientPublishOptions['properties']>

function toPacketProperties(properties: MessageProperties): PacketProperties {
  const packet: PacketProperties = {}
  if (properties.payloadFormatIndicator !== undefined) packet.payloadFormatIndicator = properties.payloadFormatIndicator
  if (properties.messageExpiryIntervalSeconds !== undefined) {
    packet.messageExpiryInterval = properties.messageExpiryIntervalSeconds
  }
  if (properties.contentType !== undefined) packet.contentType = properties.contentType
  if (properties.responseTopic !== undefined) packet.responseTopic = properties.responseTopic
  if (properties.correlationData) packet.correlationData = asBuffer(properties.correlationData)
  if (properties.userProperties) packet.userProperties = inOrder(properties.userProperties)
  return packet
}

/**
 * One record would send the properties by name, and names that are numbers first. What the package writes of a property
 * that is a list is each of its items, in order; its types know that of Subscription Identifiers alone.
 */
const inOrder = (pairs: NonNullable<MessageProperties['userProperties']>) =>
  pairs.map(([name, value]) => Object.fromEntries([[name, value]])) as unknown as NonNullable<
    PacketProperties['userProperties']
  >
