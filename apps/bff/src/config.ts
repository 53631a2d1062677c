import { type ApiRates, readApiRates } from './aws/calls/api-rates.ts'
import { type EnvironmentConfig, readEnvironment } from './environment-config.ts'
import { readSignIn, type SignInConfig } from './sign-in-config.ts'
import { readTracing, type TracingConfig } from './tracing-config.ts'
import { readTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'

/** Everything the BFF reads from its environment. AWS endpoints and credentials are read by the AWS SDK itself. */
export interface Config {
  /** Address to listen on. Loopback unless said otherwise: in production a proxy with TLS stands before it. */
  readonly host: string
  readonly port: number
  /** Where browsers reach the console, e.g. `https://console.example.com`; decides cookies, origins and redirects. */
  readonly publicUrl: URL
  /** Whose `X-Forwarded-For` is believed: the nearest so many proxies, or those at these addresses. `false`: nobody's. */
  readonly trustedProxies: TrustedProxies
  readonly signIn: SignInConfig
  readonly account: string
  /** The account's name for people, where it is known. */
  readonly accountAlias?: string
  readonly region: string
  readonly environment: EnvironmentConfig
  /** Endpoint of the IoT data plane from the standard AWS variables; undefined: ask DescribeEndpoint. */
  readonly dataPlaneEndpoint?: URL
  /** The same of jobs and commands. */
  readonly jobsDataPlaneEndpoint?: URL
  /** Where devices connect by MQTT over TLS; undefined: port 8883 of what DescribeEndpoint answers. */
  readonly deviceMqttUrl?: URL
  /** Where devices get credentials by a role alias; undefined: what DescribeEndpoint answers. */
  readonly deviceCredentialsUrl?: URL
  /** Where the certificate is that devices trust. */
  readonly deviceRootCaUrl: URL
  /** Endpoint of all AWS APIs from the standard AWS variable, where there is one. */
  readonly awsEndpointUrl?: string
  /** How often AWS is asked: its own quotas, unless said otherwise. */
  readonly apiRates: ApiRates
  /** ARN of the managed policy that bounds what roles may that the console makes; without it nothing does. */
  readonly iotRoleBoundary?: string
  /** Signs the session cookie; at least 32 characters. Without one it is random, and sessions end with the process. */
  readonly sessionSecret?: string
  /** Redis or Valkey that consoles share: sessions, audit trail, bulk changes. Without one they live in this process. */
  readonly redisUrl?: string
  /** Where the audit trail of a single console is kept, as JSON lines. Without it, and without Redis: in memory. */
  readonly auditFile?: string
  /** Where a single console keeps what people share, and in a folder beside it bulk changes, as JSON. Without it, and without Redis: in memory. */
  readonly sharedFile?: string
  /** How many entries of the audit trail are kept. */
  readonly auditKeeps: number
  /** Folder of the built web app. */
  readonly webRoot: string
  readonly logLevel: string
  /** What has to be said to read the console's own metrics; without it there are none to be read. */
  readonly metricsToken?: string
  /** How traces are sent; undefined: there are none, and nothing for them is loaded. */
  readonly tracing?: TracingConfig
  /** How long it goes on answering once it was asked to end, saying that it is not ready. */
  readonly drainMs: number
}

/** Amazon Root CA 1 (AWS IoT developer guide, "Server authentication"). */
const AMAZON_ROOT_CA_URL = 'https://www.amazontrust.com/repository/AmazonRootCA1.pem'
const DEFAULT_AUDIT_KEEPS = 50_000
/** Longer than any load balancer takes to notice. */
const MOST_DRAIN_SECONDS = 300
const SHORTEST_METRICS_TOKEN = 16

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * @throws {ConfigError} one message that names every variable that is missing or wrong
 */
export function readConfig(env: Environment, defaults: { webRoot: string }): Config {
  const problems: string[] = []
  const required = (name: string, what: string): string => {
    const value = env[name]
    if (!value) problems.push(`${name} is missing: ${what}`)
    return value ?? ''
  }
  const url = (name: string, value: string): URL => {
    const parsed = URL.parse(value)
    if (value && !/^https?:$/.test(parsed?.protocol ?? '')) problems.push(`${name} is not an http(s) URL: '${value}'`)
    return parsed ?? new URL('http://invalid')
  }

  const port = Number(env.PORT ?? 7300)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push(`PORT is not a port number: '${env.PORT}'`)
  const account = required('AWS_ACCOUNT_ID', 'the AWS account, 12 digits')
  if (account && !/^\d{12}$/.test(account)) problems.push(`AWS_ACCOUNT_ID is not 12 digits: '${account}'`)
  const { SESSION_SECRET: sessionSecret, AWS_ACCOUNT_ALIAS: accountAlias } = env
  if (sessionSecret && sessionSecret.length < 32) problems.push('SESSION_SECRET is shorter than 32 characters')
  const { REDIS_URL: redisUrl, AUDIT_FILE: auditFile, SHARED_FILE: sharedFile } = env
  if (redisUrl && !/^rediss?:$/.test(URL.parse(redisUrl)?.protocol ?? '')) {
    problems.push('REDIS_URL is not a URL like redis://HOST:6379') // not repeated: there may be a password in it
  }
  if (redisUrl && !sessionSecret) {
    problems.push('SESSION_SECRET is missing: consoles that share sessions by REDIS_URL have to share it too')
  }
  const trustedProxies = readTrustedProxies(env.TRUSTED_PROXIES)
  if (trustedProxies === undefined) {
    problems.push(
      `TRUSTED_PROXIES is neither a number of proxies nor addresses like 10.0.0.0/8: '${env.TRUSTED_PROXIES}'`,
    )
  }
  const apiRates = readApiRates(env.AWS_API_RATES)
  if (apiRates === undefined) {
    problems.push(
      `AWS_API_RATES is neither off nor calls a second like ListThings=20,SearchIndex=50: '${env.AWS_API_RATES}'`,
    )
  }
  const { IOT_ROLE_BOUNDARY: iotRoleBoundary } = env
  if (iotRoleBoundary && !/^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(iotRoleBoundary)) {
    problems.push(
      `IOT_ROLE_BOUNDARY is not the ARN of a managed policy, arn:aws:iam::ACCOUNT:policy/NAME: '${iotRoleBoundary}'`,
    )
  }
  const auditKeeps = Number(env.AUDIT_KEEP ?? DEFAULT_AUDIT_KEEPS)
  if (!Number.isSafeInteger(auditKeeps) || auditKeeps < 1) {
    problems.push(`AUDIT_KEEP is not a number of entries: '${env.AUDIT_KEEP}'`)
  }
  const { METRICS_TOKEN: metricsToken } = env
  if (metricsToken && metricsToken.length < SHORTEST_METRICS_TOKEN) {
    problems.push(`METRICS_TOKEN is shorter than ${SHORTEST_METRICS_TOKEN} characters`)
  }
  const drainSeconds = Number(env.DRAIN_SECONDS ?? 0)
  if (!(drainSeconds >= 0 && drainSeconds <= MOST_DRAIN_SECONDS)) {
    problems.push(`DRAIN_SECONDS is not a number of seconds up to ${MOST_DRAIN_SECONDS}: '${env.DRAIN_SECONDS}'`)
  }
  const tracing = readTracing(env)
  if (typeof tracing === 'string') problems.push(tracing)
  // The order in which the AWS SDKs look (AWS SDKs and Tools reference, "Service-specific endpoints").
  const endpoint = env.AWS_ENDPOINT_URL_IOT_DATA_PLANE ?? env.AWS_ENDPOINT_URL
  const jobsEndpoint = env.AWS_ENDPOINT_URL_IOT_JOBS_DATA_PLANE ?? env.AWS_ENDPOINT_URL

  const { DEVICE_MQTT_URL: deviceMqtt, AWS_ENDPOINT_URL: awsEndpointUrl } = env
  const deviceMqttUrl = URL.parse(deviceMqtt ?? '')
  if (deviceMqtt && deviceMqttUrl?.protocol !== 'mqtts:') {
    problems.push(`DEVICE_MQTT_URL is not a URL like mqtts://HOST:8883: '${deviceMqtt}'`)
  }

  const deviceCredentialsUrl = URL.parse(env.DEVICE_CREDENTIALS_URL ?? '')
  if (env.DEVICE_CREDENTIALS_URL && deviceCredentialsUrl?.protocol !== 'https:') {
    problems.push(`DEVICE_CREDENTIALS_URL is not a URL like https://HOST:8443: '${env.DEVICE_CREDENTIALS_URL}'`)
  }

  const reader = { env, problems, required, url }
  const config: Config = {
    host: env.HOST ?? 'localhost',
    port,
    publicUrl: url('PUBLIC_URL', env.PUBLIC_URL ?? `http://localhost:${port}`),
    trustedProxies: trustedProxies ?? false,
    signIn: readSignIn(reader),
    account,
    ...(accountAlias && { accountAlias }),
    region: required('AWS_REGION', 'the AWS region'),
    environment: readEnvironment(reader, account),
    ...(endpoint && { dataPlaneEndpoint: url('AWS_ENDPOINT_URL', endpoint) }),
    ...(jobsEndpoint && { jobsDataPlaneEndpoint: url('AWS_ENDPOINT_URL', jobsEndpoint) }),
    ...(deviceMqttUrl && { deviceMqttUrl }),
    ...(deviceCredentialsUrl && { deviceCredentialsUrl }),
    deviceRootCaUrl: url('DEVICE_ROOT_CA_URL', env.DEVICE_ROOT_CA_URL ?? AMAZON_ROOT_CA_URL),
    ...(awsEndpointUrl && { awsEndpointUrl }),
    apiRates: apiRates ?? (() => undefined),
    ...(iotRoleBoundary && { iotRoleBoundary }),
    ...(sessionSecret && { sessionSecret }),
    ...(redisUrl && { redisUrl }),
    ...(auditFile && { auditFile }),
    ...(sharedFile && { sharedFile }),
    auditKeeps,
    webRoot: env.WEB_ROOT ?? defaults.webRoot,
    logLevel: env.LOG_LEVEL ?? 'info',
    ...(metricsToken && { metricsToken }),
    ...(typeof tracing === 'object' && { tracing }),
    drainMs: drainSeconds * 1_000,
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config
}
