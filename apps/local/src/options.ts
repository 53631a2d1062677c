import { DEFAULT_SECURITY_POLICY } from './doors/security-policies.ts'
import { LOG_LEVELS } from './log-level.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: true
  readonly value?: string
  readonly env: string
  readonly help: string
}

/** Every option with its environment variable. `docs/local.md` lists the same. */
export const OPTIONS = {
  port: {
    type: 'string',
    value: 'PORT',
    env: 'THINGDECK_LOCAL_PORT',
    help: 'AWS APIs, MQTT over WebSocket and OpenID Connect over plain HTTP (7400)',
  },
  'mqtt-port': {
    type: 'string',
    value: 'PORT',
    env: 'THINGDECK_LOCAL_MQTT_PORT',
    help: 'MQTT over TLS with client certificates (8883)',
  },
  'https-port': {
    type: 'string',
    value: 'PORT',
    env: 'THINGDECK_LOCAL_HTTPS_PORT',
    help: 'everything over TLS, with or without a client certificate (8443)',
  },
  data: {
    type: 'string',
    value: 'DIR',
    env: 'THINGDECK_LOCAL_DATA',
    help: 'directory that keeps the account; :memory: keeps nothing (.thingdeck)',
  },
  host: {
    type: 'string',
    value: 'NAME',
    env: 'THINGDECK_LOCAL_HOST',
    help: 'name under which clients reach this server (localhost)',
  },
  'other-host': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    env: 'THINGDECK_LOCAL_OTHER_HOSTS',
    help: 'another name under which clients reach this server, e.g. that of its container; may be given often (the variable: with commas)',
  },
  listen: {
    type: 'string',
    value: 'ADDRESS',
    env: 'THINGDECK_LOCAL_LISTEN',
    help: 'address to listen on (loopback for --host localhost, else all: ::)',
  },
  'console-url': {
    type: 'string',
    value: 'URL',
    env: 'THINGDECK_LOCAL_CONSOLE_URL',
    help: 'address of the console that people sign in to (http://localhost:7300)',
  },
  'allow-origin': {
    type: 'string',
    multiple: true,
    value: 'ORIGIN',
    env: 'THINGDECK_LOCAL_ALLOW_ORIGINS',
    help: 'web pages that may call beside the console, e.g. http://localhost:5173; may be given often (the variable: with commas)',
  },
  account: { type: 'string', value: 'ID', env: 'THINGDECK_LOCAL_ACCOUNT', help: 'AWS account id (123456789012)' },
  'other-account': {
    type: 'string',
    multiple: true,
    value: 'ID',
    env: 'THINGDECK_LOCAL_OTHER_ACCOUNTS',
    help: 'another account, to and from which certificates can be transferred; its id is its access key; may be given often (the variable: with commas)',
  },
  region: { type: 'string', value: 'NAME', env: 'AWS_REGION', help: 'AWS region (us-east-1)' },
  'allow-reset': {
    type: 'boolean',
    env: 'THINGDECK_LOCAL_ALLOW_RESET',
    help: 'let anyone who reaches the port empty the account by POST /_local/reset',
  },
  limit: {
    type: 'string',
    multiple: true,
    value: 'NAME=N',
    env: 'THINGDECK_LOCAL_LIMITS',
    help: 'a limit of the broker or the account other than AWS has it, or NAME=off; may be given often (the variable: with commas)',
  },
  'log-storage': {
    type: 'string',
    value: 'MEGABYTES',
    env: 'THINGDECK_LOCAL_LOG_STORAGE',
    help: 'how much of CloudWatch Logs is kept, of all log groups together; the oldest events go first (256)',
  },
  'log-entries-per-second': {
    type: 'string',
    value: 'N',
    env: 'THINGDECK_LOCAL_LOG_ENTRIES_PER_SECOND',
    help: "how many entries of AWS IoT's own log are made; what is more is dropped and counted; or off (10000)",
  },
  'rule-evaluations-per-second': {
    type: 'string',
    value: 'N',
    env: 'THINGDECK_LOCAL_RULE_EVALUATIONS_PER_SECOND',
    help: 'how often topic rules are evaluated, as AWS has it for an account; what is more is dropped and counted; or off (20000)',
  },
  'metric-storage': {
    type: 'string',
    value: 'MEGABYTES',
    env: 'THINGDECK_LOCAL_METRIC_STORAGE',
    help: 'how much of CloudWatch metrics is kept, of all metrics together; the oldest data points go first (128)',
  },
  functions: {
    type: 'string',
    value: 'DIR',
    env: 'THINGDECK_LOCAL_FUNCTIONS',
    help: 'a folder of modules that are Lambda functions, e.g. pump.mjs; each is loaded anew when it changes',
  },
  'sns-endpoint': {
    type: 'string',
    value: 'URL',
    env: 'AWS_ENDPOINT_URL_SNS',
    help: 'where alarms of CloudWatch publish to topics of SNS (nowhere: their history says so)',
  },
  'security-policy': {
    type: 'string',
    value: 'NAME',
    env: 'THINGDECK_LOCAL_SECURITY_POLICY',
    help: `TLS versions and cipher suites, as a domain configuration of AWS has them (${DEFAULT_SECURITY_POLICY})`,
  },
  'log-level': {
    type: 'string',
    value: 'LEVEL',
    env: 'THINGDECK_LOCAL_LOG_LEVEL',
    help: `one of ${LOG_LEVELS.join(', ')} (info); the log goes to standard error`,
  },
} as const satisfies Record<string, Option>

export type ListName = 'limit' | 'allow-origin' | 'other-account' | 'other-host'
export type SingleName = Exclude<keyof typeof OPTIONS, ListName>

/** The text of `--help`. */
export function usage(): string {
  const options = Object.entries<Option>(OPTIONS).map(([name, { value, env, help }]) => ({
    left: `  --${name}${value === undefined ? '' : ` ${value}`}`,
    env,
    help,
  }))
  const width = 2 + Math.max(...options.map(({ left }) => left.length))
  const rows = options.map(({ left, env, help }) => `${left.padEnd(width)}${help}\n${''.padEnd(width)}[${env}]`)
  return ['The embedded AWS IoT Core of Thingdeck.', '', ...rows, ''].join('\n')
}
