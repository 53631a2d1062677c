import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FarEndpoint extends AsyncDisposable {
  readonly url: string
  /** So much later arrives what is sent to it; 0 at first. */
  delayMs: number
}

/** An endpoint that can be as far away as AWS, on as many connections as come. */
export async function startFarEndpoint(endpoint: string): Promise<FarEndpoint> {
  const { hostname, port } = new URL(endpoint)
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port), noDelay: true })
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk) => setTimeout(() => upstream.write(chunk), far.delayMs))
    client.on('end', () => setTimeout(() => upstream.end(), far.delayMs))
    upstream.pipe(client)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port: ownPort } = server.address() as AddressInfo // it listens on a port
  const far: FarEndpoint = {
    url: `http://localhost:${ownPort}`,
    delayMs: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return far
}
