/**
 * Clients that wish the others ill, in a process of their own, until it is killed: some never read what floods them,
 * some send SUBSCRIBE packets as fast as the broker takes them, some let a queue grow and come back without a session.
 */
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { connected, type Door, open, packet, subscribed, text } from './wire.ts'

const door: Door = { port: Number(process.argv[2]) }

const NEVER_READ = 30
const FLOOD = 5
const SUBSCRIBE = 30
const RECONNECT = 10

function connect(clientId: string, clean: boolean): Buffer {
  return packet(0x10, text('MQTT'), Buffer.of(4, clean ? 2 : 0), Buffer.of(0, 60), text(clientId))
}

const subscribeToAll = packet(0x82, Buffer.of(0, 1), text('bench/#'), Buffer.of(1))

/** Publishes as much as one client may, to those that do not read, and into the queues of those that are away. */
async function flood(index: number): Promise<void> {
  const socket = await connected(door, `flood${index}`)
  socket.resume()
  const publish = packet(0x32, text(`bench/flood${index}/t`), Buffer.of(0, 1), Buffer.alloc(4000))
  setInterval(() => socket.write(publish), 10)
}

/** Writes the same packet on and on, as fast as it is taken. */
function repeat(socket: Socket, bytes: Buffer): void {
  const batch = Buffer.concat(Array.from({ length: Math.ceil(65_536 / bytes.length) }, () => bytes))
  const write = () => {
    while (socket.write(batch));
  }
  socket.on('drain', write)
  socket.resume()
  write()
}

function subscribePacket(index: number): Buffer {
  const filters = Array.from({ length: 6 }, (_, filter) => [text(`bench/${index}/${filter}`), Buffer.of(0)])
  return packet(0x82, Buffer.of(0, 1), ...filters.flat())
}

async function reconnect(index: number): Promise<void> {
  for (let round = 0; ; round++) {
    const socket = await open(door)
    socket.on('error', () => {})
    socket.resume()
    socket.write(connect(`reconnect${index}`, round % 2 === 1))
    if (round % 2 === 0) socket.write(subscribeToAll)
    await setTimeout(100)
    socket.destroy()
    await setTimeout(round % 2 === 0 ? 700 : 0)
  }
}

for (let index = 0; index < NEVER_READ; index++) (await subscribed(door, `never${index}`, 'bench/#', 1)).pause()
for (let index = 0; index < FLOOD; index++) await flood(index)
for (let index = 0; index < SUBSCRIBE; index++) {
  repeat(await connected(door, `subscribe${index}`), subscribePacket(index))
}
for (let index = 0; index < RECONNECT; index++) void reconnect(index)
process.send?.('there')
