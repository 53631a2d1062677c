import type { WatchInput } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import type { RefusalEntry } from './access/refusals.ts'
import { compose, OIDC_CLIENT_ID } from './compose.ts'
import type { Config } from './config.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import type { OpenPorts } from './doors/doors.ts'
import { type OpenPort, openPort } from './doors/open-port.ts'
import { AdjustableClock } from './foundation/clock.ts'
import type { LocalContext } from './foundation/context.ts'
import { Faults } from './foundation/faults.ts'
import type { MakeService } from './foundation/service.ts'
import { dataDirectoryProblem } from './foundation/startup-error.ts'
import type { LocalUrls } from './urls.ts'

/** A running embedded AWS IoT Core. */
export interface LocalServer {
  readonly urls: LocalUrls
  readonly identityPoolId: string
  readonly oidcClientId: string
  readonly rootCaPem: string
  /** A file with the same. */
  readonly rootCaPath: string
  /** Absolute, or `:memory:`. */
  readonly dataPath: string
  /** Empties the account and drops every connection. */
  reset(): void
  /** The latest first. */
  refusals(): readonly RefusalEntry[]
  /** Puts the server's clock forward. */
  advanceClock(ms: number): void
  /**
   * Says goodbye to every client, writes what is left, frees the ports.
   * @throws what went wrong, once all was tried
   */
  close(): Promise<void>
}

/** What a server is made of beside its configuration. */
export interface ServerParts {
  /** Services beside its own. */
  readonly services?: readonly MakeService[]
  /** What the handlers of the AWS APIs are given for their inputs. */
  readonly watchInput?: WatchInput
}

/** What was written for the broker and waits for no answer is durable within this time. */
const COMMIT_INTERVAL_MS = 1000
const RENEWAL_INTERVAL_MS = 12 * 3_600_000

/** @throws {StartupError} for whatever the person at the terminal can mend, and where two services claim the same */
export async function startServer(config: Config, log: Logger, parts: ServerParts = {}): Promise<LocalServer> {
  const { services = [], watchInput } = parts
  const clock = new AdjustableClock((error) => log.error({ err: error }, 'what was due could not be done'))
  const ports = await openPorts(config)
  try {
    const data = await openDataDirectory(config, () => clock.now())
    try {
      const server = compose({ config, log, clock, ports, data, services, watchInput })
      const stopTimers = startTimers(server.context, () => server.renewCertificates())
      return {
        urls: server.urls,
        identityPoolId: server.identityPoolId,
        oidcClientId: OIDC_CLIENT_ID,
        rootCaPem: data.authority.rootCaPem,
        get rootCaPath() {
          return data.rootCaPath
        },
        dataPath: data.path,
        reset: () => server.reset(),
        refusals: () => server.refusals(),
        advanceClock: (ms) => clock.advance(ms),
        close: async () => {
          stopTimers()
          const faults = new Faults()
          await faults.attemptAsync(() => server.close())
          clock.stop()
          faults.attempt(() => data.close())
          faults.throwAny('The server could not be closed as it should')
        },
      }
    } catch (error) {
      clock.stop() // of the services that were made until then
      closeAnyhow(data)
      // What the services write at their start meets a full or failing disk, too.
      throw dataDirectoryProblem(error, data.path) ?? error
    }
  } catch (error) {
    await closePorts(ports)
    throw error
  }
}

/** After a failure, which is what matters: that closing fails as well tells nobody more. */
function closeAnyhow(data: DataDirectory): void {
  try {
    data.close()
  } catch {
    // as said
  }
}

/** @returns what stops them */
function startTimers({ database, log }: LocalContext, renew: () => Promise<void>): () => void {
  const commit = setInterval(() => {
    try {
      database.commitDeferred()
    } catch (error) {
      log.error({ err: error }, 'the database could not be written')
    }
  }, COMMIT_INTERVAL_MS)
  const renewal = setInterval(() => {
    renew().catch((error: unknown) => log.error({ err: error }, 'the server certificate could not be renewed'))
  }, RENEWAL_INTERVAL_MS)
  const timers = [commit, renewal]
  for (const timer of timers) timer.unref()
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

async function openPorts({ port, mqttPort, httpsPort, listen }: Config): Promise<OpenPorts> {
  const opening = await Promise.allSettled([
    openPort({ port, listen, option: '--port' }),
    openPort({ port: mqttPort, listen, option: '--mqtt-port' }),
    openPort({ port: httpsPort, listen, option: '--https-port' }),
  ])
  const [http, mqtts, https] = opening.map((result) => (result.status === 'fulfilled' ? result.value : undefined))
  if (http && mqtts && https) return { http, mqtts, https }
  await Promise.all([http, mqtts, https].map((open: OpenPort | undefined) => open?.close()))
  throw opening.find((result) => result.status === 'rejected')?.reason
}

async function closePorts({ http, mqtts, https }: OpenPorts): Promise<void> {
  await Promise.all([http.close(), mqtts.close(), https.close()])
}
