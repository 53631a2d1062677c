import { pino } from 'pino'
import type { RefusalEntry } from './access/refusals.ts'
import { DEFAULTS, type LocalLimits, readAccount, readFolder, readOrigin } from './config.ts'
import type { SecurityPolicyName } from './foundation/security-policy-name.ts'
import type { LogLevel } from './log-level.ts'
import { startServer } from './start.ts'
import type { LocalUrls } from './urls.ts'

export type { RefusalEntry } from './access/refusals.ts'
export type { SecurityPolicyName } from './foundation/security-policy-name.ts'
export { StartupError } from './foundation/startup-error.ts'
export type { LogLevel } from './log-level.ts'
export type { LocalUrls } from './urls.ts'

export interface StartLocalOptions {
  /** Twelve digits; default 123456789012. */
  readonly account?: string
  /** Ids of accounts that certificates can be transferred to and from; each is its administrator's access key. */
  readonly otherAccounts?: readonly string[]
  /** Default us-east-1. */
  readonly region?: string
  /** Directory that keeps the account; default `:memory:`, which keeps nothing. */
  readonly data?: string
  /** Web pages that may call, e.g. `http://localhost:5173`; default none. What sends no `Origin` may in any case. */
  readonly allowedOrigins?: readonly string[]
  /** Limits of the broker and of the account that differ from AWS's; `Infinity` for none. */
  readonly limits?: Partial<LocalLimits>
  /** Bytes of CloudWatch log events that are kept; default 256 MiB. */
  readonly logStorageBytes?: number
  /** Bytes of CloudWatch data points that are kept; default 128 MiB. */
  readonly metricStorageBytes?: number
  /** A folder of modules that are Lambda functions: `pump.mjs` is the function `pump`; default none. */
  readonly functions?: string
  /** Where alarms of CloudWatch publish to topics of SNS, e.g. `http://localhost:4566`; default nowhere. */
  readonly snsEndpoint?: string
  /** Entries of AWS IoT's own log that are made in a second; default 10,000, `Infinity` for no such bound. */
  readonly logEntriesPerSecond?: number
  /** How often topic rules are evaluated in a second; default 20,000, `Infinity` for no such bound. */
  readonly ruleEvaluationsPerSecond?: number
  /** TLS versions and cipher suites, as AWS calls them; default IoTSecurityPolicy_TLS13_1_2_2022_10. */
  readonly securityPolicy?: SecurityPolicyName
  /** What is logged to standard error; default `silent`. */
  readonly logLevel?: LogLevel
}

/** An embedded AWS IoT Core for a test. */
export interface Local extends AsyncDisposable {
  /** Spread it into the configuration of any AWS SDK client: `new IoTClient(local.sdk)`. */
  readonly sdk: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
  readonly urls: LocalUrls
  /** Of the Cognito identity pool. */
  readonly identityPoolId: string
  /** The client id that the embedded OpenID Connect issuer knows. */
  readonly oidcClientId: string
  /** What MQTT and HTTPS clients must trust, PEM. */
  readonly rootCa: string
  /** Empties the account and drops every connection. */
  reset(): void
  /** What was refused lately and why, the latest first. */
  refusals(): readonly RefusalEntry[]
  /** Puts the server's clock forward, so that what waits for a time happens. */
  advanceClock(ms: number): void
  close(): Promise<void>
}

/**
 * Starts a server on free ports; any number of them run side by side.
 *
 *     await using local = await startLocal()
 *     const iot = new IoTClient(local.sdk)
 */
export async function startLocal(options: StartLocalOptions = {}): Promise<Local> {
  const { account, securityPolicy, region = 'us-east-1', data = ':memory:', limits = {}, logLevel = 'silent' } = options
  const allowedOrigins = (options.allowedOrigins ?? []).map(readOrigin)
  const otherAccounts = (options.otherAccounts ?? []).map(readAccount)
  const config = {
    ...DEFAULTS,
    ...{ port: 0, mqttPort: 0, httpsPort: 0, data, region, limits, logLevel, allowedOrigins, otherAccounts },
    ...(account !== undefined && { account }),
    ...(options.logStorageBytes !== undefined && { logStorageBytes: options.logStorageBytes }),
    ...(options.logEntriesPerSecond !== undefined && { logEntriesPerSecond: options.logEntriesPerSecond }),
    ...(options.ruleEvaluationsPerSecond !== undefined && {
      ruleEvaluationsPerSecond: options.ruleEvaluationsPerSecond,
    }),
    ...(options.metricStorageBytes !== undefined && { metricStorageBytes: options.metricStorageBytes }),
    ...(options.functions !== undefined && { functions: readFolder(options.functions) }),
    ...(options.snsEndpoint !== undefined && { snsEndpoint: options.snsEndpoint }),
    ...(securityPolicy !== undefined && { securityPolicy }),
  }
  const log = pino({ name: 'local', level: logLevel }, pino.destination(2))
  const server = await startServer(config, log)
  const close = () => server.close()
  return {
    sdk: {
      endpoint: server.urls.http,
      region: config.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
    urls: server.urls,
    identityPoolId: server.identityPoolId,
    oidcClientId: server.oidcClientId,
    rootCa: server.rootCaPem,
    reset: () => server.reset(),
    refusals: () => server.refusals(),
    advanceClock: (ms) => server.advanceClock(ms),
    close,
    [Symbol.asyncDispose]: close,
  }
}
