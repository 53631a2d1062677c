import type { Client, Clients } from '../client.ts'
import { malformed, protocolError } from '../codec/byte-reader.ts'
import { decodePuback } from '../codec/decode.ts'
import { PINGRESP } from '../codec/encode.ts'
import { PacketError } from '../codec/packet-error.ts'
import { PACKET_TYPE } from '../codec/packet-type.ts'
import { REASON } from '../codec/reason-codes.ts'
import type { Connection, PacketHandlers } from '../connection.ts'
import type { Engine } from '../engine.ts'
import { failureOf, type RefusedPublish } from '../observer.ts'
import { handleConnect } from './connect.ts'
import { handleDisconnect } from './disconnect.ts'
import { handlePublish } from './publish.ts'
import { handleSubscribe } from './subscribe.ts'
import { handleUnsubscribe } from './unsubscribe.ts'

/** What is done with each type of packet. */
export class Handlers<Context> implements PacketHandlers<Client<Context>> {
  readonly #engine: Engine<Context>
  readonly #clients: Clients<Context>

  constructor(engine: Engine<Context>, clients: Clients<Context>) {
    this.#engine = engine
    this.#clients = clients
  }

  /** [MQTT-2.1.3-1]: PUBLISH apart, the lower four bits of the first byte are given by the type. */
  checkHeader(connection: Connection<Client<Context>>, firstByte: number, sizeBytes: number): void {
    const type = firstByte >> 4
    if (connection.state === 'awaiting-connect' && type !== PACKET_TYPE.CONNECT) {
      throw protocolError('The first packet is not CONNECT') // [MQTT-3.1.0-1]
    }
    if (sizeBytes > this.#engine.limits.packetBytes) {
      const error = new PacketError(REASON.PACKET_TOO_LARGE, 'The packet is too large') // [MQTT-3.2.2-15]
      if (type === PACKET_TYPE.PUBLISH) connection.client?.onPublishRefused(unread(firstByte), failureOf(error))
      throw error
    }
    if (type === PACKET_TYPE.PUBLISH) return
    const hasFlag2 = type === PACKET_TYPE.SUBSCRIBE || type === PACKET_TYPE.UNSUBSCRIBE || type === PACKET_TYPE.PUBREL
    if ((firstByte & 0x0f) !== (hasFlag2 ? 2 : 0)) throw malformed('Reserved flags of the fixed header are wrong')
  }

  failed({ transport }: Connection<Client<Context>>, error: unknown): void {
    this.#engine.observer?.connectRefused(undefined, transport, failureOf(error))
  }

  handle(connection: Connection<Client<Context>>, firstByte: number, bytes: Buffer, start: number, end: number): void {
    const { client } = connection
    const type = firstByte >> 4
    if (!client) {
      if (connection.state === 'awaiting-connect') {
        handleConnect(this.#engine, this.#clients, connection, bytes, start, end)
      }
      return
    }
    switch (type) {
      case PACKET_TYPE.PUBLISH:
        handlePublish(this.#engine, client, firstByte & 0x0f, bytes, start, end)
        return
      case PACKET_TYPE.PUBACK:
        client.session.outbound.acknowledge(decodePuback(bytes, start, end, client.version))
        return
      case PACKET_TYPE.SUBSCRIBE:
        handleSubscribe(this.#engine, client, bytes, start, end)
        return
      case PACKET_TYPE.UNSUBSCRIBE:
        handleUnsubscribe(this.#engine, client, bytes, start, end)
        return
      case PACKET_TYPE.PINGREQ:
        if (end > start) throw malformed('PINGREQ has a body')
        connection.send(PINGRESP) // [MQTT-3.12.4-1]
        this.#engine.observer?.pinged(client.view, connection.nowMs)
        return
      case PACKET_TYPE.DISCONNECT:
        handleDisconnect(this.#engine, client, bytes, start, end)
        return
      case PACKET_TYPE.CONNECT:
        throw protocolError('A second CONNECT') // [MQTT-3.1.0-2]
      default:
        throw protocolError(`Packet type ${type} is not for the server`)
    }
  }
}

/** What the fixed header says of a PUBLISH. */
function unread(firstByte: number): RefusedPublish {
  return { topic: undefined, retain: (firstByte & 0x01) !== 0 }
}
