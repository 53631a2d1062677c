import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { portProblem } from '../foundation/startup-error.ts'

/** One listening port, on one or more addresses. */
export interface OpenPort {
  readonly port: number
  /** Hands over every connection from now on, and those that came earlier. */
  serve(onSocket: (socket: Socket) => void): void
  /** Stops accepting; the sockets that are open stay. */
  shut(): void
  /** Stops accepting, drops the sockets that are still open and frees the port. */
  close(): Promise<void>
}

export interface OpenPortOptions {
  /** 0 lets the system choose. */
  readonly port: number
  /** An address, or `loopback` for 127.0.0.1 and, where the machine has it, ::1. */
  readonly listen: string
  /** The command line option that sets this port, for complaints. */
  readonly option: string
}

/**
 * Opens a port; connections wait until it is served, since what serves it may have to know its number first.
 * @throws {StartupError} when the port cannot be listened on
 */
export async function openPort({ port, listen, option }: OpenPortOptions): Promise<OpenPort> {
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  const waiting: Socket[] = []
  let onSocket = (socket: Socket): void => void waiting.push(socket)

  const open = async (address: string, number: number): Promise<number> => {
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      // A peer that resets the connection is nobody's fault; 'close' follows and says enough.
      socket.on('error', () => {})
      onSocket(socket)
    })
    // The default of 511 waiting connections is soon full when a whole fleet reconnects at once.
    server.listen({ host: address, port: number, backlog: 4096 })
    await once(server, 'listening')
    servers.push(server)
    const bound = server.address()
    return typeof bound === 'object' && bound ? bound.port : number
  }

  let closed: Promise<unknown> | undefined
  const shut = (): Promise<unknown> => {
    closed ??= Promise.all(servers.map((server) => once(server, 'close')))
    for (const server of servers) server.close()
    return closed
  }
  const close = async () => {
    const shutting = shut()
    for (const socket of sockets) socket.destroy()
    await shutting
  }

  try {
    const number = listen === '::' ? await openEverywhere(open, port) : await open(ADDRESSES[listen] ?? listen, port)
    if (listen === 'loopback') await openIpv6Loopback(open, number, port !== 0)
    const serve = (handler: (socket: Socket) => void) => {
      onSocket = handler
      for (const socket of waiting.splice(0)) handler(socket)
    }
    return { port: number, serve, shut: () => void shut(), close }
  } catch (error) {
    await close()
    throw portProblem(error, port, option) ?? error
  }
}

const ADDRESSES: Readonly<Record<string, string>> = { loopback: '127.0.0.1' }

const isWithoutIpv6 = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')

/** `::` takes IPv4 too; many containers have no IPv6 at all. */
async function openEverywhere(open: (address: string, port: number) => Promise<number>, port: number): Promise<number> {
  try {
    return await open('::', port)
  } catch (error) {
    if (isWithoutIpv6(error)) return open('0.0.0.0', port)
    throw error
  }
}

/**
 * `localhost` names both loopback addresses, and clients differ in which they try. Machines without IPv6 have one;
 * a port that the system chose for IPv4 may by chance be taken on IPv6, and is then still good for IPv4.
 */
async function openIpv6Loopback(
  open: (address: string, port: number) => Promise<number>,
  port: number,
  chosenByUser: boolean,
): Promise<void> {
  try {
    await open('::1', port)
  } catch (error) {
    if (isWithoutIpv6(error)) return
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!isTaken || chosenByUser) throw error
  }
}
