import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import { AwsError, coverage } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import { createLocalApi } from './api.ts'
import { AdjustableClock } from './clock.ts'
import type { Config } from './config.ts'
import type { LocalContext } from './context.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { type OpenPorts, openDoors, PeerRegister, signedParts } from './doors.ts'
import { createBrowserGuard } from './gateway/browser-guard.ts'
import type { ConnectionLog } from './gateway/connection-log.ts'
import { credentialsRoute } from './gateway/credentials-route.ts'
import { createGateway } from './gateway/gateway.ts'
import { routeUnder } from './gateway/http-front.ts'
import { landingPage } from './gateway/landing-page.ts'
import { localRoutes } from './gateway/local-routes.ts'
import { type OpenPort, openPort } from './gateway/open-port.ts'
import { type RefusalEntry, Refusals } from './gateway/refusals.ts'
import type { ThingConnectivity } from './registry/fleet-index/shadow-sections.ts'
import { createServices, OIDC_CLIENT_ID } from './services.ts'
import { shadowsOfThing } from './shadows/shadow-sections.ts'
import type { SignedCallers } from './signed-callers.ts'
import { dataDirectoryProblem } from './startup-error.ts'
import { type LocalUrls, urlsOf } from './urls.ts'

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
  /** Says goodbye to every client, writes what is left, frees the ports. */
  close(): Promise<void>
}

/** What was written for the broker and waits for no answer is durable within this time. */
const COMMIT_INTERVAL_MS = 1000
const RENEWAL_INTERVAL_MS = 12 * 3_600_000

/** @throws {StartupError} for whatever the person at the terminal can mend */
export async function startServer(config: Config, log: Logger): Promise<LocalServer> {
  const clock = new AdjustableClock()
  const ports = await openPorts(config)
  try {
    const data = await openDataDirectory(config, () => clock.now())
    try {
      return await compose({ config, log, clock, ports, data })
    } catch (error) {
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

interface Foundations {
  readonly config: Config
  readonly log: Logger
  readonly clock: AdjustableClock
  readonly ports: OpenPorts
  readonly data: DataDirectory
}

async function compose({ config, log, clock, ports, data }: Foundations): Promise<LocalServer> {
  const { database, authority } = data
  const urls = urlsOf(config, { http: ports.http.port, https: ports.https.port, mqtts: ports.mqtts.port })
  const account = { id: config.account, region: config.region }
  const context: LocalContext = { account, clock: () => clock.now(), database, log }
  const refusals = new Refusals(log, context.clock)
  const services = createServices({
    context,
    authority,
    config,
    oidcIssuer: urls.oidcIssuer,
    fleet: {
      shadowsOf: (thingName) => shadowsOfThing(gateway.shadows, thingName),
      connectivityOf: (thingName) => connectivityOf(gateway.connections, thingName),
    },
  })
  const { security } = services
  const gateway = createGateway({ context, clock, services, refusals, limits: config.limits })
  const peers = new PeerRegister(services.isValid)
  const peerOf = (request: IncomingMessage) => peers.of(request)
  const { host } = config
  const allowedOrigins = [new URL(config.consoleUrl).origin, ...config.allowedOrigins]
  const api = createLocalApi({ context, services, gateway, refusals, host, allowedOrigins, peerOf })
  const reset = () => {
    gateway.clear()
    database.clear()
    refusals.clear()
    security.reset()
  }
  const doors = openDoors({
    ports,
    credentials: authority.server,
    services,
    gateway,
    api,
    guard: createBrowserGuard({ allowedOrigins, names: [host, hostname()] }),
    peers,
    log,
    routes: [
      landingPage({ 'AWS APIs': urls.http, 'AWS APIs over TLS': urls.https, MQTT: urls.mqtts, ...account }),
      localRoutes({
        rootCaPem: authority.rootCaPem,
        coverage: () => coverage(api),
        reset: config.allowReset ? reset : undefined,
        refusals: () => refusals.latest(),
        whyNotAdministrator: (request) => whyNotAdministrator(services.callers, request),
      }),
      routeUnder(security.issuer.path, (request, response) => security.issuer.handle(request, response)),
      {
        matches: (request) => security.queryApi.serves(request),
        handle: (request, response) => security.queryApi.handle(request, response),
      },
      credentialsRoute({
        provider: security.credentialsProvider,
        certificates: security.certificates,
        peerOf,
        refusals,
      }),
    ],
  })
  const stopTimers = startTimers(context, async () => {
    if (await authority.renew()) doors.renew(authority.server)
  })
  return {
    urls,
    identityPoolId: security.identities.pool.id,
    oidcClientId: OIDC_CLIENT_ID,
    rootCaPem: authority.rootCaPem,
    get rootCaPath() {
      return data.rootCaPath
    },
    dataPath: data.path,
    reset,
    refusals: () => refusals.latest(),
    advanceClock: (ms) => clock.advance(ms),
    close: async () => {
      stopTimers()
      await gateway.broker.close()
      await doors.close()
      data.close()
    },
  }
}

function connectivityOf(connections: ConnectionLog, thingName: string): ThingConnectivity | undefined {
  const record = connections.latest(thingName)
  if (!record) return undefined
  const { connectedAtMs, disconnected } = record
  return disconnected
    ? { connected: false, timestamp: disconnected.atMs, disconnectReason: disconnected.reason }
    : { connected: true, timestamp: connectedAtMs }
}

/** Only the account's own key may read what was refused to whom. */
function whyNotAdministrator(callers: SignedCallers, request: IncomingMessage): string | undefined {
  try {
    const service = { signingNames: ['iot', 'iotdata'] }
    const caller = callers.authenticate(signedParts(request), service, { unsigned: false })
    return caller.kind === 'root' ? undefined : 'Only the administrator of the account may see this'
  } catch (error) {
    if (error instanceof AwsError) return error.message
    throw error
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
