/** Opens mutual TLS connections that do nothing, in a process of its own; with `mqtt`, each is an MQTT client. */
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { connected, open } from '../broker/wire.ts'

export interface IdleLoad {
  port: number
  count: number
  mqtt: boolean
  ca: string
  cert: string
  key: string
}

const load: IdleLoad = JSON.parse(process.argv[2] ?? '{}')
const [ca, cert, key] = [readFileSync(load.ca), readFileSync(load.cert), readFileSync(load.key)]
const door = { port: load.port, tls: { ca, cert, key, secureContext: createSecureContext({ ca, cert, key }) } }
const sockets: Socket[] = []
const CONCURRENCY = 50
let next = 0

async function work(): Promise<void> {
  while (next < load.count) {
    const clientId = `idle-${next++}`
    const socket = load.mqtt ? await connected(door, clientId, 1200) : await open(door)
    socket.on('error', (error) => console.error(clientId, error.message))
    socket.resume()
    sockets.push(socket)
  }
}

await Promise.all(Array.from({ length: CONCURRENCY }, work))
process.send?.({ open: sockets.filter(({ destroyed }) => !destroyed).length })
