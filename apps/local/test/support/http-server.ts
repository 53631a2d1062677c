import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A part of the server alone, behind a free port. */
export interface HttpServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
}

/** @param handle hears of requests as soon as the port is known */
export async function serveHttp(handle: RequestListener): Promise<HttpServer> {
  const server = createServer(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port, not on a pipe
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
