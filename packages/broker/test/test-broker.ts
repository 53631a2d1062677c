import { type Duplex, duplexPair } from 'node:stream'
import {
  type Broker,
  type BrokerHooks,
  type BrokerOptions,
  type ClientView,
  createBroker,
  type Limits,
  type TransportInfo,
} from '../src/index.ts'
import { FakeClock } from './fake-clock.ts'
import { PacketClient } from './packet-client.ts'

/** Rates and pacing off, so that a test that is not about them does not have to move time. */
const UNHURRIED: Partial<Limits> = {
  inboundPublishesPerSecond: Number.POSITIVE_INFINITY,
  outboundPublishesPerSecond: Number.POSITIVE_INFINITY,
  inboundBytesPerSecond: Number.POSITIVE_INFINITY,
  filtersPerSecond: Number.POSITIVE_INFINITY,
  storedMessagesPerSecond: Number.POSITIVE_INFINITY,
  sharedMessagesPerSecond: Number.POSITIVE_INFINITY,
}

export const TRANSPORT: TransportInfo = {
  kind: 'tcp',
  remoteAddress: '198.51.100.20',
  remotePort: 50_000,
  localAddress: '127.0.0.1',
  localPort: 1883,
  identity: undefined,
}

export type TestContext = { user: string }

/** Everything the broker told its hooks, as `[event, client id, detail]`. */
export type Events = (readonly [event: string, clientId: string, detail?: unknown])[]

/** A broker on a clock that stands still, with hooks that allow everything and note what they hear. */
export class TestBroker implements AsyncDisposable {
  readonly clock: FakeClock
  readonly events: Events = []
  readonly errors: unknown[] = []
  readonly broker: Broker<TestContext>
  readonly #clients: PacketClient[] = []

  constructor(
    options: Partial<Omit<BrokerOptions<TestContext>, 'hooks'>> & { hooks?: Partial<BrokerHooks<TestContext>> } = {},
  ) {
    this.clock = options.clock instanceof FakeClock ? options.clock : new FakeClock()
    const note = (event: string, client: ClientView<TestContext>, detail?: unknown) =>
      this.events.push([event, client.clientId, detail])
    this.broker = createBroker<TestContext>({
      clock: this.clock,
      onError: (error) => this.errors.push(error),
      ...options,
      limits: { ...UNHURRIED, ...options.limits },
      hooks: {
        authenticate: (request) => ({ ok: true, context: { user: request.clientId } }),
        authorizePublish: () => true,
        authorizeSubscribe: () => true,
        authorizeReceive: () => true,
        onConnected: (client) => note('connected', client),
        onConnectFailed: ({ clientId }, _, reason) => this.events.push(['connect-failed', clientId, reason]),
        onDisconnected: (client, { reason }) => note('disconnected', client, reason),
        onSubscribed: (client, filters) => note('subscribed', client, filters),
        onUnsubscribed: (client, filters) => note('unsubscribed', client, filters),
        ...options.hooks,
      },
    })
  }

  /** The client's end of a connection on which nothing was said yet. */
  openStream(): Duplex {
    const [ours, theirs] = duplexPair()
    this.broker.accept(theirs, TRANSPORT)
    ours.once('close', () => theirs.destroy()) // as a socket does
    return ours
  }

  /** A client that has not sent anything yet. */
  open(version: 4 | 5 = 4): PacketClient {
    const client = new PacketClient(this.openStream(), version)
    this.#clients.push(client)
    return client
  }

  /** A client that is connected. */
  async connect(
    version: 4 | 5,
    clientId: string,
    options: Parameters<PacketClient['connect']>[0] = {},
  ): Promise<PacketClient> {
    const client = this.open(version)
    await client.connect({ clientId, ...options })
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.stream.destroy()
    await this.broker.close()
  }
}
