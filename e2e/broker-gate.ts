import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The network before the broker: what passes it can be held up, cut off, or refused for credentials that ended. */
export interface BrokerGate extends AsyncDisposable {
  readonly url: string
  /** MQTT connections that are open. */
  readonly connections: number
  /** Handshakes that were refused because their credentials had ended. */
  readonly refusals: number
  /** All credentials that MQTT connections were made with so far end: connections stay, new ones are refused. */
  expireCredentials(): void
  /** From now on nothing that the page sends over MQTT arrives, or nothing that is answered. */
  hold(direction: 'to-broker' | 'to-page'): void
  /** Breaks every MQTT connection; what was held up is lost. */
  cut(): void
}

interface Passage {
  readonly page: Socket
  readonly broker: Socket
  held: 'to-broker' | 'to-page' | undefined
}

const REFUSED = [
  'HTTP/1.1 403 Forbidden',
  'x-amzn-ErrorType: ExpiredTokenException',
  'content-length: 0',
  'connection: close',
  '\r\n',
].join('\r\n')

/** What AWS's own edge does in front of the broker, as far as these tests need it. Everything else passes untouched. */
export async function openBrokerGate(target: URL): Promise<BrokerGate> {
  const passages = new Set<Passage>()
  const known = new Set<string>()
  const ended = new Set<string>()
  let refusals = 0

  const server = createServer((page) => {
    page.on('error', () => page.destroy())
    page.once('data', (head) => {
      const key = /^GET \/mqtt\?\S*X-Amz-Credential=([A-Z0-9]+)/.exec(head.toString('latin1'))?.[1]
      if (key !== undefined && ended.has(key)) {
        refusals += 1
        page.end(REFUSED)
        return
      }
      const broker = connect(Number(target.port), target.hostname)
      const passage: Passage = { page, broker, held: undefined }
      if (key !== undefined) {
        known.add(key)
        passages.add(passage)
      }
      broker.write(head)
      page.on('data', (bytes) => passage.held !== 'to-broker' && broker.write(bytes))
      broker.on('data', (bytes) => passage.held !== 'to-page' && page.write(bytes))
      for (const [from, to] of [
        [page, broker],
        [broker, page],
      ] as const) {
        from.on('error', () => to.destroy())
        from.on('close', () => {
          passages.delete(passage)
          to.destroy()
        })
      }
    })
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const cut = () => {
    for (const { page, broker } of passages) {
      page.destroy()
      broker.destroy()
    }
  }
  return {
    url: `http://localhost:${port}`,
    get connections() {
      return passages.size
    },
    get refusals() {
      return refusals
    },
    expireCredentials() {
      for (const key of known) ended.add(key)
    },
    hold(direction) {
      for (const passage of passages) passage.held = direction
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
