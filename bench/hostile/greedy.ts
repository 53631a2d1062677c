import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Attack, Finding, type Tally } from './attack.ts'
import { MQTT_DOORS, portOf } from './doors.ts'
import { connectPacket, greedyPackets } from './packets.ts'
import type { Random } from './random.ts'
import { Siege } from './siege.ts'

const CLIENTS = 60
/** How often a bystander looks while they are there, and how long they stay in between. */
const LOOKS = 5
const LOOK_MS = 300
/** How long the server may take to let go of connections whose peers are gone. */
const PATIENCE_MS = 60_000

/** Holds on to the server, until it is destroyed. */
type Guest = (siege: Siege, random: Random, index: number) => Promise<Socket>

const GUESTS: readonly Guest[] = [
  // Says nothing, before TLS and after.
  async ({ server }) => connect(portOf(server.ready.mqtts), 'localhost'),
  async ({ server, identity }) => server.open(server.ready.mqtts, identity),
  async ({ server }) => connect(portOf(server.ready.http), 'localhost'),
  // Stops in the middle: of a handshake, of a request, of a packet.
  async ({ server }) => said(connect(portOf(server.ready.https), 'localhost'), Buffer.of(0x16, 3, 1, 2, 0)),
  async ({ server }) =>
    said(connect(portOf(server.ready.http), 'localhost'), Buffer.from('POST /things/a HTTP/1.1\r\nHost')),
  async (siege, random) => {
    const whole = connectPacket(random, 5)
    return said(siege.server.open(siege.server.ready.mqtts, siege.identity), whole.subarray(0, whole.length - 1))
  },
  // Takes everything and reads nothing, or sends one thing over and over.
  ...Object.values(greedyPackets).map(
    (make): Guest =>
      async ({ server, identity }, random, index) => {
        const { socket, wrap } = await random.pick(MQTT_DOORS)(server, identity)
        const { once, again, isDeaf } = make(`greedy-${index}`)
        socket.write(wrap(once))
        if (isDeaf) socket.pause()
        else socket.resume()
        if (again) repeat(socket, wrap(again))
        return socket
      },
  ),
]

/** Clients that hold on and say nothing, and clients that want more than their share, with AWS's own rates. */
export class Greedy implements Attack {
  readonly name = 'greedy'
  #siege: Siege | undefined

  async round(random: Random): Promise<Tally> {
    this.#siege ??= await Siege.begin({ isPaced: true })
    const siege = this.#siege
    await siege.check()
    const filesBefore = siege.openFiles
    const guests = await Promise.all(
      Array.from({ length: CLIENTS }, (_, index) => random.pick(GUESTS)(siege, random, index)),
    )
    for (const socket of guests) socket.on('error', () => {})
    for (let look = 0; look < LOOKS; look++) {
      await delay(LOOK_MS)
      await siege.check()
    }
    for (const socket of guests) socket.destroy()
    await this.#untilGone(siege, filesBefore)
    return { clients: CLIENTS, looks: LOOKS }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#siege?.[Symbol.asyncDispose]()
  }

  /** A few files more may be the server's own by now. */
  async #untilGone(siege: Siege, filesBefore: number): Promise<void> {
    const lateMs = performance.now() + PATIENCE_MS
    while (siege.openFiles > filesBefore + 5) {
      if (performance.now() > lateMs) {
        throw new Finding(`${siege.openFiles - filesBefore} connections are open whose peers are gone`)
      }
      await delay(50)
    }
    await siege.check()
  }
}

function said(socket: Socket, bytes: Buffer): Socket {
  socket.on('error', () => {})
  socket.write(bytes)
  return socket
}

/** Writes the same on and on, as fast as it is taken. */
function repeat(socket: Socket, bytes: Buffer): void {
  const batch = Buffer.concat(Array.from({ length: Math.ceil(16_384 / bytes.length) }, () => bytes))
  const write = () => {
    while (!socket.destroyed && socket.write(batch));
  }
  socket.on('drain', write)
  write()
}
