import { startConsole } from '../scripts/run/console.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { type BrokerGate, openBrokerGate } from './broker-gate.ts'

/** A console on an embedded server of its own, with nothing kept, for what the shared one cannot have. */
export interface OwnStack extends AsyncDisposable {
  readonly console: string
  readonly server: EmbeddedServer
  /** What the page's way to the broker leads through. The account's administrator does not go through it. */
  readonly gate: BrokerGate
  /** Ends the console as a crash does, and starts it anew at the same address: sessions that it held are gone. */
  restartConsole(): Promise<void>
}

/** @param limits of the broker that differ from AWS's, as the option `--limit` takes them: `queuedMessages=off` */
export async function startOwnStack(
  limits: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<OwnStack> {
  await using started = new AsyncDisposableStack()
  const url = `http://localhost:${await freePort()}`
  const server = started.use(await startEmbeddedServer({ consoleUrl: url, limits }))
  const gate = started.use(await openBrokerGate(new URL(server.http)))
  const named = { THINGDECK_ENVIRONMENT: 'e2e', THINGDECK_ENVIRONMENT_KIND: 'embedded' }
  const environment = { ...named, AWS_ENDPOINT_URL_IOT_DATA_PLANE: gate.url, ...more }
  let console = await startConsole({ server, url, environment })
  started.defer(() => console[Symbol.asyncDispose]())
  const restartConsole = async () => {
    console.kill()
    await console.ended
    console = await startConsole({ server, url, environment })
  }
  const parts = started.move()
  return { console: url, server, gate, restartConsole, [Symbol.asyncDispose]: () => parts.disposeAsync() }
}
