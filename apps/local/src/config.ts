import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AWS_LIMITS, type Limits } from '@thingdeck/broker'
import { DEFAULT_SECURITY_POLICY } from './doors/security-policies.ts'
import { type AccountLimits, AWS_ACCOUNT_LIMITS } from './foundation/account-limits.ts'
import { isSecurityPolicy, SECURITY_POLICY_NAMES, type SecurityPolicyName } from './foundation/security-policy-name.ts'
import { StartupError } from './foundation/startup-error.ts'
import { LOG_LEVELS, type LogLevel } from './log-level.ts'
import { type ListName, OPTIONS, type Option, type SingleName } from './options.ts'
import { parseOrigin } from './origin.ts'

/** What `--limit` names: of each connection and of the account. */
export type LocalLimits = Limits & AccountLimits

/** How an embedded server is run. Every port may be 0: the system then chooses a free one. */
export interface Config {
  readonly port: number
  readonly mqttPort: number
  readonly httpsPort: number
  /** Directory of the database and the root CA, or `:memory:`. */
  readonly data: string
  /** The name under which clients reach this server: in `DescribeEndpoint`, the server certificate and the URLs. */
  readonly host: string
  /** Further names: in the server certificate, and in the answer of `DescribeEndpoint` to whoever asks by one of them. */
  readonly otherHosts: readonly string[]
  /** Address to listen on; `loopback` is 127.0.0.1 and, where the machine has it, ::1. */
  readonly listen: string
  /** Where the console answers: the sign-in page may send people back there, and its pages may call. */
  readonly consoleUrl: string
  /** Further origins whose pages may call, as browsers write them: `http://localhost:5173`. */
  readonly allowedOrigins: readonly string[]
  readonly account: string
  /** Accounts beside it that certificates can be transferred to, and from. */
  readonly otherAccounts: readonly string[]
  readonly region: string
  readonly allowReset: boolean
  /** Limits of the broker and of the account that differ from AWS's; `Infinity` for none. */
  readonly limits: Partial<LocalLimits>
  /** Bytes of CloudWatch log events that are kept; the oldest go first. */
  readonly logStorageBytes: number
  /** Entries of AWS IoT's own log that are made in a second; what is more is dropped. `Infinity` for no such bound. */
  readonly logEntriesPerSecond: number
  /** How often rules are evaluated in a second; `Infinity` for no such bound. */
  readonly ruleEvaluationsPerSecond: number
  /** Bytes of CloudWatch data points that are kept; the oldest go first. */
  readonly metricStorageBytes: number
  /** A folder of modules that are Lambda functions: an absolute path. */
  readonly functions: string | undefined
  /** Where alarms publish to topics of SNS; undefined: nowhere, and their history says so. */
  readonly snsEndpoint: string | undefined
  /** TLS versions and cipher suites of the TLS ports. */
  readonly securityPolicy: SecurityPolicyName
  readonly logLevel: LogLevel
}

/** What holds where nothing else is said. */
export const DEFAULTS: Config = {
  port: 7400,
  mqttPort: 8883,
  httpsPort: 8443,
  data: '.thingdeck',
  host: 'localhost',
  otherHosts: [],
  listen: 'loopback',
  consoleUrl: 'http://localhost:7300',
  allowedOrigins: [],
  account: '123456789012',
  otherAccounts: [],
  region: 'us-east-1',
  allowReset: false,
  limits: {},
  logStorageBytes: 256 * 1024 * 1024,
  logEntriesPerSecond: 10_000,
  ruleEvaluationsPerSecond: 20_000,
  metricStorageBytes: 128 * 1024 * 1024,
  functions: undefined,
  snsEndpoint: undefined,
  securityPolicy: DEFAULT_SECURITY_POLICY,
  logLevel: 'info',
}

/**
 * Reads options, then environment variables, then defaults.
 * @returns undefined when `--help` was asked for
 * @throws {StartupError} naming the option at fault
 */
export function readConfig(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): Config | undefined {
  const given = parse(args)
  if (given.help === true) return undefined

  /** The value that was given, and how to name its origin in a complaint. */
  const find = (name: SingleName): { value: string; from: string } | undefined => {
    const value = given[name]
    if (value !== undefined) return { value: String(value), from: `--${name}` }
    const variable = OPTIONS[name].env
    const inherited = env[variable]
    return inherited === undefined || inherited === '' ? undefined : { value: inherited, from: variable }
  }
  const text = (name: SingleName, fallback: string, valid: RegExp, hint: string): string => {
    const found = find(name)
    if (!found) return fallback
    if (!valid.test(found.value)) throw new StartupError(`${found.from} must be ${hint}, not "${found.value}".`)
    return found.value
  }
  const port = (name: SingleName, fallback: number): number => {
    const number = Number(text(name, String(fallback), /^\d{1,5}$/, 'a port number from 0 to 65535'))
    if (number > 65_535) throw new StartupError(`--${name} must be a port number from 0 to 65535, not "${number}".`)
    return number
  }

  /** In bytes. */
  const megabytes = (name: SingleName, fallbackBytes: number): number => {
    const hint = 'a whole number of megabytes, from 1 to 999999'
    return Number(text(name, String(fallbackBytes / MEGABYTE), /^[1-9]\d{0,5}$/, hint)) * MEGABYTE
  }

  /** In a second. */
  const rate = (name: SingleName, fallback: number): number => {
    const found = text(name, String(fallback), /^(?:[1-9]\d{0,6}|off)$/, 'a number, or off')
    return found === 'off' ? Number.POSITIVE_INFINITY : Number(found)
  }

  const list = (name: ListName): readonly string[] => given[name] ?? env[OPTIONS[name].env]?.split(',') ?? []

  const host = text('host', DEFAULTS.host, HOST, 'a host name or an IP address')
  const levels = new RegExp(`^(?:${LOG_LEVELS.join('|')})$`)
  return {
    port: port('port', DEFAULTS.port),
    mqttPort: port('mqtt-port', DEFAULTS.mqttPort),
    httpsPort: port('https-port', DEFAULTS.httpsPort),
    data: text('data', DEFAULTS.data, /./, 'a directory'),
    host,
    otherHosts: list('other-host').map(readOtherHost),
    listen: text('listen', host === DEFAULTS.host ? DEFAULTS.listen : '::', /^\S+$/, 'an address of this machine'),
    consoleUrl: text('console-url', DEFAULTS.consoleUrl, /^https?:\/\/\S+$/, 'an http or https URL'),
    allowedOrigins: list('allow-origin').map(readOrigin),
    account: text('account', DEFAULTS.account, /^\d{12}$/, 'twelve digits'),
    otherAccounts: list('other-account').map(readAccount),
    region: text('region', env.AWS_DEFAULT_REGION || DEFAULTS.region, /^[a-z0-9-]+$/, 'a region such as us-east-1'),
    allowReset: /^(?:1|true|yes)$/.test(find('allow-reset')?.value ?? ''),
    limits: readLimits(list('limit')),
    logStorageBytes: megabytes('log-storage', DEFAULTS.logStorageBytes),
    logEntriesPerSecond: rate('log-entries-per-second', DEFAULTS.logEntriesPerSecond),
    ruleEvaluationsPerSecond: rate('rule-evaluations-per-second', DEFAULTS.ruleEvaluationsPerSecond),
    metricStorageBytes: megabytes('metric-storage', DEFAULTS.metricStorageBytes),
    functions: find('functions') && readFolder(text('functions', '', /./, 'a directory')),
    snsEndpoint: find('sns-endpoint') && text('sns-endpoint', '', /^https?:\/\/\S+$/, 'an http or https URL'),
    securityPolicy: readSecurityPolicy(find('security-policy')?.value ?? DEFAULTS.securityPolicy),
    // The expression has let through nothing but one of the levels.
    logLevel: text('log-level', DEFAULTS.logLevel, levels, `one of ${LOG_LEVELS.join(', ')}`) as LogLevel,
  }
}

const MEGABYTE = 1024 * 1024

const HOST = /^[A-Za-z0-9._:-]+$/

function readOtherHost(name: string): string {
  if (HOST.test(name)) return name
  throw new StartupError(`Another host must be a host name or an IP address, not "${name}".`)
}

/** @throws {StartupError} for what is no origin */
export function readOrigin(text: string): string {
  const origin = parseOrigin(text.trim())
  if (origin !== undefined) return origin
  throw new StartupError(`An allowed origin must be one such as http://localhost:5173, not "${text}".`)
}

/** @throws {StartupError} for a name that AWS does not have */
export function readSecurityPolicy(name: string): SecurityPolicyName {
  if (isSecurityPolicy(name)) return name
  throw new StartupError(`A security policy is one of ${SECURITY_POLICY_NAMES.join(', ')}, not "${name}".`)
}

/** @throws {StartupError} for what is no account id */
export function readAccount(id: string): string {
  if (/^\d{12}$/.test(id)) return id
  throw new StartupError(`Another account must be twelve digits, not "${id}".`)
}

/** @throws {StartupError} for what is no folder */
export function readFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return resolve(path)
  throw new StartupError(`The folder of functions must be a directory, not "${path}".`)
}

const LIMIT_NAMES = Object.keys({ ...AWS_LIMITS, ...AWS_ACCOUNT_LIMITS })

function readLimits(settings: readonly string[]): Partial<LocalLimits> {
  const limits: Record<string, number> = {}
  for (const setting of settings) {
    const [, name = '', value = ''] = /^(\w+)=(\d+|off)$/.exec(setting) ?? []
    if (!LIMIT_NAMES.includes(name)) {
      const known = LIMIT_NAMES.join(', ')
      throw new StartupError(`--limit takes NAME=NUMBER or NAME=off, not "${setting}". The names are ${known}.`)
    }
    limits[name] = value === 'off' ? Number.POSITIVE_INFINITY : Number(value)
  }
  return limits
}

type Given = Partial<Record<SingleName | 'help', string | boolean> & Record<ListName, string[]>>

function parse(args: readonly string[]): Given {
  const options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> = { help: { type: 'boolean' } }
  for (const [name, { type, multiple }] of Object.entries<Option>(OPTIONS)) {
    options[name] = { type, multiple: multiple === true }
  }
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    return values as Given // `parseArgs` knows nothing of the names that `options` was made from
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    throw new StartupError(`${reason} Run with --help for the options.`, { cause: error })
  }
}
