import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** What browsers take `localhost` for, whatever the machine's own resolver says, and `::1` first. */
const LOOPBACK = ['127.0.0.1', '::1'] as const

/** The machine has no such address: nobody else can be there either. */
const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/**
 * Listens where the console is to be reached; at `localhost` on both addresses that browsers have for it. Fastify leaves out
 * one that is taken, or that the resolver does not name: another user's program would wait there, and be sent the
 * session's cookie and the code that opens the console.
 * @throws {NodeJS.ErrnoException} EADDRINUSE, EACCES
 * @see RFC 8305, "Happy Eyeballs"; W3C Secure Contexts, §3.1, on `localhost`
 */
export async function listen(
  app: FastifyInstance,
  at: { readonly host: string; readonly port: number },
): Promise<void> {
  await app.listen(at)
  if (at.host !== 'localhost') return
  const bound = app.addresses().filter((each) => typeof each !== 'string')
  const { port = at.port } = bound[0] ?? {}
  for (const host of LOOPBACK) {
    if (!bound.some(({ address }) => address === host)) await listenAlso(app, { host, port })
  }
}

async function listenAlso(app: FastifyInstance, at: Pick<AddressInfo, 'port'> & { readonly host: string }) {
  const { requestTimeout } = app.server
  const server = createServer({ requestTimeout }, (request, response) => app.routing(request, response))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(at, resolve)
  try {
    await promise
  } catch (error) {
    if (!NO_ADDRESS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    return
  }
  app.server.once('close', () => server.close())
}
