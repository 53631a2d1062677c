import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import { AwsError, coverage, type WatchInput } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import { createAccess, peerValidity } from './access/access.ts'
import { ControlPlaneAuthorization } from './access/control-plane-authorization.ts'
import { DataPlaneAuthorization } from './access/data-plane-authorization.ts'
import { type RefusalEntry, Refusals } from './access/refusals.ts'
import { SignedCallers } from './access/signed-callers.ts'
import { accountOperations } from './account-operations.ts'
import { type AccountServices, composeAccount } from './compose-account.ts'
import { type AdmissionServices, composeAdmission } from './compose-admission.ts'
import { type ApiParts, composeApi } from './compose-api.ts'
import { forwardingRoute } from './compose-forwarding.ts'
import type { Config } from './config.ts'
import type { DataDirectory } from './data-directory.ts'
import { AuthenticationFailures } from './doors/authentication-failures.ts'
import { createBrowserGuard } from './doors/browser-guard.ts'
import { type OpenPorts, openDoors } from './doors/doors.ts'
import type { HttpRoute } from './doors/http-front.ts'
import { landingPage } from './doors/landing-page.ts'
import { localRoutes } from './doors/local-routes.ts'
import { PeerRegister } from './doors/peer-register.ts'
import { SECURITY_POLICIES } from './doors/security-policies.ts'
import { durableRoute, httpRoute } from './doors/service-routes.ts'
import { signedParts } from './doors/signed-parts.ts'
import { HttpStrangers } from './doors/strangers.ts'
import { AWS_ACCOUNT_LIMITS } from './foundation/account-limits.ts'
import { Changes } from './foundation/changes.ts'
import type { AdjustableClock } from './foundation/clock.ts'
import { type ConnectionHistory, socketOf } from './foundation/connections.ts'
import type { LocalContext } from './foundation/context.ts'
import { checkIntegrity, joinReports } from './foundation/database-check.ts'
import { Faults } from './foundation/faults.ts'
import type { ShadowChange, ThingConnectivity } from './foundation/fleet-sources.ts'
import { IotLog } from './foundation/iot-log.ts'
import type { JobChange } from './foundation/job-change.ts'
import { Metrics } from './foundation/metrics.ts'
import type { MakeService, StorageBudgets } from './foundation/service.ts'
import { Traffic } from './foundation/traffic.ts'
import { ConnectionLog } from './messaging/connection-log.ts'
import { createMessaging, type Messaging } from './messaging/messaging.ts'
import { OperationsTold } from './operations-told.ts'
import { ServiceList } from './service-list.ts'
import { type CloudwatchLogsService, cloudwatchLogsService } from './services/cloudwatch-logs/index.ts'
import { lambdaService } from './services/lambda/index.ts'
import { shadowFinder, shadowReader, shadowsReader } from './services/shadows/index.ts'
import { packageCatalog } from './services/software-packages/index.ts'
import { SERVICES } from './services.ts'
import { type LocalUrls, urlsOf } from './urls.ts'
import { WholeRequests } from './whole-requests.ts'

/** The console's id at the embedded issuer. */
export const OIDC_CLIENT_ID = 'thingdeck-console'

/** What is there before any room of the server. */
export interface Foundations {
  readonly config: Config
  readonly log: Logger
  readonly clock: AdjustableClock
  readonly ports: OpenPorts
  readonly data: DataDirectory
  /** Services beside those of the server. */
  readonly services: readonly MakeService[]
  readonly watchInput?: WatchInput | undefined
}

/** The rooms of the server, open. */
export interface Composition {
  readonly context: LocalContext
  readonly urls: LocalUrls
  readonly identityPoolId: string
  /** Empties the account and drops every connection. */
  reset(): void
  /** The latest first. */
  refusals(): readonly RefusalEntry[]
  /** Makes those of the server's certificates anew that end soon. */
  renewCertificates(): Promise<void>
  /**
   * Says goodbye to every client and frees the ports.
   * @throws what went wrong, once all was tried
   */
  close(): Promise<void>
}

/**
 * Joins the rooms of the server, from the ground up: the account's services, access, messaging, the services that stand
 * on these, doors. Each is made from what is there already.
 * @throws {StartupError} where two services claim the same
 */
export function compose(foundations: Foundations): Composition {
  const { config, log, clock, ports, data } = foundations
  const { database, authority } = data
  const urls = urlsOf(config, { http: ports.http.port, https: ports.https.port, mqtts: ports.mqtts.port })
  const context: LocalContext = {
    account: { id: config.account, region: config.region },
    clock: () => clock.now(),
    database,
    log,
    metrics: new Metrics(() => clock.now()),
    iotLog: new IotLog(),
  }
  const storage = {
    logBytes: config.logStorageBytes,
    logEntriesPerSecond: config.logEntriesPerSecond,
    metricBytes: config.metricStorageBytes,
  }
  const dataDirectory = data.path === ':memory:' ? undefined : data.path
  const logs = cloudwatchLogsService({ ...context, storage, dataDirectory })
  const traffic = new Traffic(log)
  const refusals = new Refusals(log, context.clock, traffic)
  const connections = new ConnectionLog(database, context.clock)
  const shadowChanges = new Changes<ShadowChange>((error) => log.error({ err: error }, 'a listener to shadows failed'))
  const account = composeAccount(context, {
    authority,
    traffic,
    otherAccounts: config.otherAccounts,
    after: (delayMs, callback) => clock.after(delayMs, callback),
    fleet: {
      shadowChanges,
      shadowsOf: shadowsReader(context),
      shadows: shadowFinder(context),
      connectivityOf: (name) => connectivityOf(connections, name),
      connectionNames: (sought, after, count) => connections.clientIds(sought, after, count),
      socketOf: (clientId) => {
        const client = messaging.broker.client(clientId) // asked when all is there
        return client && socketOf(client.transport)
      },
    },
    issuer: {
      url: new URL(urls.oidcIssuer),
      clientId: OIDC_CLIENT_ID,
      redirectUris: [new URL('/auth/callback', config.consoleUrl).href],
      postLogoutRedirectUris: [new URL('/', config.consoleUrl).href],
    },
  })
  const { findCertificate, offers } = account
  const { things, policies } = offers
  const isValid = peerValidity(findCertificate, offers.accessKeys)
  const messaging = createMessaging({
    context,
    clock,
    access: createAccess(things, policies, isValid),
    admissions: { admit: (...stranger) => admission.admissions.admit(...stranger) }, // asked when all is there
    things,
    traffic,
    connections,
    changes: account.changes,
    limits: config.limits,
  })
  const { services, admission } = composeServices(foundations, {
    context,
    storage,
    dataDirectory,
    logs,
    shadowChanges,
    account,
    messaging,
    traffic,
    ownUrl: urls.http,
  })
  const reset = () => {
    messaging.clear()
    database.clear()
    refusals.clear()
    services.reset()
  }
  const requests = new WholeRequests({
    database,
    log,
    reread: () => {
      messaging.reread()
      services.reread()
    },
  })
  const callers = new SignedCallers(context, offers.accessKeys)
  const peers = new PeerRegister(isValid)
  const devices = new PeerRegister(isValid)
  const { admissions, domains } = admission
  const strangers = new HttpStrangers({ domains, admissions, deviceOf: (request) => devices.of(request) })
  const failures = new AuthenticationFailures({
    tell: (failure) => traffic.authenticationFailures.tell(failure),
    isEndpoint: domains.isEndpoint,
  })
  const allowedOrigins = [new URL(config.consoleUrl).origin, ...config.allowedOrigins]
  const controlPlane = new ControlPlaneAuthorization(policies, traffic)
  const apiParts: ApiParts = {
    context,
    services,
    roles: offers.roles,
    callers,
    controlPlane,
    dataPlane: new DataPlaneAuthorization({
      account: context.account,
      things,
      policies,
      traffic,
      needs: services.needs,
    }),
    operations: new OperationsTold(traffic, context.clock),
    requests,
    failures,
    allowedOrigins,
    watchInput: foundations.watchInput,
    peerOf: (request) => peers.of(request),
    strangers,
    admissions,
  }
  const api = composeApi(apiParts)
  const ownRoutes: HttpRoute[] = [
    landingPage({ 'AWS APIs': urls.http, 'AWS APIs over TLS': urls.https, MQTT: urls.mqtts, ...context.account }),
    localRoutes({
      rootCaPem: authority.rootCaPem,
      rsaRootCaPem: async () => (await authority.rsa()).rootCaPem,
      coverage: () => coverage(api),
      integrity: async () => joinReports([await checkIntegrity(database), ...(await services.integrity())]),
      reset: config.allowReset ? reset : undefined,
      refusals: () => refusals.latest(),
      whyNotAdministrator: (request) => whyNotAdministrator(callers, request),
    }),
  ]
  const forwarded = forwardingRoute({ ...context, apis: services.forwardedApis, callers, controlPlane })
  const serviceRoutes = services.routes.map((route) =>
    httpRoute(
      durableRoute(route, (work) => database.durably(() => requests.perform(work))),
      apiParts.peerOf,
    ),
  )
  const doors = openDoors({
    ports,
    identities: authority,
    securityPolicy: SECURITY_POLICIES[config.securityPolicy],
    identify: account.identify,
    authenticateMqtt: (request) => callers.authenticateMqtt(request),
    acceptMqtt: (stream, transport) => messaging.broker.accept(stream, transport),
    onRegistration: async (registration, from) => {
      messaging.messages.publish(registration.topic, Buffer.from(JSON.stringify(registration.event)))
      await services.onRegistration?.(registration, from)
    },
    guard: createBrowserGuard({ allowedOrigins, names: [config.host, ...config.otherHosts, hostname()] }),
    routes: [...ownRoutes, forwarded, ...serviceRoutes],
    api,
    peers,
    devices,
    domains,
    admissions,
    strangers,
    failures,
    log,
  })
  return {
    context,
    urls,
    identityPoolId: account.identityPoolId,
    reset,
    refusals: () => refusals.latest(),
    renewCertificates: () => authority.renew(),
    close: async () => {
      const faults = new Faults()
      doors.shut() // whoever comes now would meet a broker and services that are closed
      await faults.attemptAsync(() => messaging.close())
      await faults.attemptAsync(() => doors.close())
      await faults.attemptAsync(() => services.close())
      faults.throwAny('The server could not be closed as it should')
    },
  }
}

interface ServiceGround {
  readonly ownUrl: string
  readonly context: LocalContext
  readonly storage: StorageBudgets
  readonly dataDirectory: string | undefined
  readonly logs: CloudwatchLogsService
  readonly shadowChanges: Changes<ShadowChange>
  readonly account: AccountServices
  readonly messaging: Messaging
  readonly traffic: Traffic
}

interface Composed {
  readonly services: ServiceList
  readonly admission: AdmissionServices
}

/** Makes the services that stand on all that is there, and lets those answer that have reserved topics. */
function composeServices({ clock, services, config, data }: Foundations, ground: ServiceGround): Composed {
  const { account, messaging, logs, storage, dataDirectory, ownUrl } = ground
  const base = {
    ...ground.context,
    ...account.offers,
    host: config.host,
    otherHosts: config.otherHosts,
    ownUrl,
    storage,
    limits: { ...AWS_ACCOUNT_LIMITS, ...config.limits },
    ruleEvaluationsPerSecond: config.ruleEvaluationsPerSecond,
    snsEndpoint: config.snsEndpoint,
    dataDirectory,
    readShadow: shadowReader(ground.context),
    shadowChanges: ground.shadowChanges,
    jobChanges: new Changes<JobChange>((error) =>
      ground.context.log.error({ err: error }, 'a listener to jobs failed'),
    ),
    softwarePackages: packageCatalog(ground.context),
    logs: logs.sink,
    traffic: ground.traffic,
    after: (delayMs: number, callback: () => void) => clock.after(delayMs, callback),
    messages: messaging.messages,
    broker: messaging.broker,
    connections: messaging.connections,
  }
  const lambda = lambdaService({ ...base, functionsFolder: config.functions })
  const admission = composeAdmission(ground.context, {
    config,
    authority: data.authority,
    account,
    functions: lambda.functions,
    traffic: ground.traffic,
    after: base.after,
  })
  const operations = accountOperations({
    context: ground.context,
    roles: account.offers.roles,
    policies: account.offers.policies,
    changes: account.changes,
    prepareCertificate: account.offers.certificates.prepare,
    services: () => list,
  })
  const context = { ...base, functions: lambda.functions, operations }
  const made = [...SERVICES, ...services].map((make) => make(context))
  const list: ServiceList = new ServiceList([logs, ...account.services, lambda, ...admission.services, ...made])
  messaging.serve(list.reservedTopics)
  return { services: list, admission }
}

function connectivityOf(connections: ConnectionHistory, thingName: string): ThingConnectivity | undefined {
  const record = connections.latest(thingName)
  if (!record) return undefined
  const { clientId, connectedAtMs, disconnected, cleanSession, keepAliveSeconds, sessionExpirySeconds } = record
  return {
    clientId,
    ...(disconnected
      ? { connected: false, timestamp: disconnected.atMs, disconnectReason: disconnected.reason }
      : { connected: true, timestamp: connectedAtMs }),
    cleanSession,
    keepAliveDuration: keepAliveSeconds,
    sessionExpiry: sessionExpirySeconds,
  }
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
