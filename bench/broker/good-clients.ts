/** Clients that behave: each sends ten messages a second to itself and times them. In a process of its own. */
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { fail, packet, subscribed, text } from './wire.ts'

const PAYLOAD_BYTES = 64
const INTERVAL_MS = 100

class GoodClient {
  delays: number[] = []
  readonly #socket: Socket
  readonly #topic: Buffer
  #rest: Buffer = Buffer.alloc(0)

  constructor(socket: Socket, topic: string) {
    this.#socket = socket
    this.#topic = text(topic)
    socket.on('data', (bytes: Buffer) => this.#receive(bytes))
  }

  send(): void {
    const payload = Buffer.alloc(PAYLOAD_BYTES)
    payload.writeDoubleLE(performance.now())
    this.#socket.write(packet(0x30, this.#topic, payload))
  }

  #receive(bytes: Buffer): void {
    const data = Buffer.concat([this.#rest, bytes])
    const frameBytes = 2 + this.#topic.length + PAYLOAD_BYTES
    const count = Math.floor(data.length / frameBytes)
    const now = performance.now()
    for (let index = 1; index <= count; index++) {
      if (data[(index - 1) * frameBytes] !== 0x30) fail('Not a PUBLISH')
      this.delays.push(now - data.readDoubleLE(index * frameBytes - PAYLOAD_BYTES))
    }
    this.#rest = data.subarray(count * frameBytes)
  }
}

const [port, count] = process.argv.slice(2).map(Number)
const clients: GoodClient[] = []
for (let index = 0; index < (count ?? 0); index++) {
  const clientId = `good${String(index).padStart(3, '0')}`
  const topic = `bench/${clientId}/t`
  clients.push(new GoodClient(await subscribed({ port: port ?? 0 }, clientId, topic, 0), topic))
}
for (const [index, client] of clients.entries()) {
  void setTimeout((index * INTERVAL_MS) / clients.length).then(() => setInterval(() => client.send(), INTERVAL_MS))
}
// Asked for them, it tells the delays, in milliseconds, since it was last asked.
process.on('message', () => {
  process.send?.(clients.flatMap((client) => client.delays))
  for (const client of clients) client.delays = []
})
process.send?.('there')
