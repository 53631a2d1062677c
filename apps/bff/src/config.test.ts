import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const ENOUGH = {
  AWS_ACCOUNT_ID: '123456789012',
  AWS_REGION: 'us-east-1',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_CLIENT_ID: 'console',
  COGNITO_IDENTITY_POOL_ID: 'us-east-1:pool',
}
const read = (environment: Record<string, string>) =>
  readConfig({ ...ENOUGH, ...environment }, { webRoot: '/nonexistent' })

test('left out, the console ends at once and tells nobody its figures', () => {
  const { drainMs, metricsToken } = read({})
  expect({ drainMs, metricsToken }).toEqual({ drainMs: 0, metricsToken: undefined })
})

test('seconds are seconds', () => {
  expect(read({ DRAIN_SECONDS: '20' }).drainMs).toBe(20_000)
})

test.each([
  [
    { THINGDECK_ENVIRONMENT_KIND: 'toy' },
    "THINGDECK_ENVIRONMENT_KIND is one of embedded, development, staging, production, not 'toy'",
  ],
  [{ SIGN_IN: 'ldap' }, "SIGN_IN is issuer or aws, not 'ldap'"],
  [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN is shorter than 16 characters'],
  [{ DRAIN_SECONDS: '-1' }, "DRAIN_SECONDS is not a number of seconds up to 300: '-1'"],
  [{ DRAIN_SECONDS: '301' }, "DRAIN_SECONDS is not a number of seconds up to 300: '301'"],
  [{ DRAIN_SECONDS: '20s' }, "DRAIN_SECONDS is not a number of seconds up to 300: '20s'"],
  [{ IOT_ROLE_BOUNDARY: 'bounds' }, 'IOT_ROLE_BOUNDARY is not the ARN of a managed policy'],
  [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET is shorter than 32 characters'],
  [{ REDIS_URL: 'http://user:password@redis' }, 'REDIS_URL is not a URL like redis://HOST:6379'],
])('%j is refused: %s', (environment, message) => {
  expect(() => read(environment)).toThrow(ConfigError)
  expect(() => read(environment)).toThrow(message)
})

test('no secret is repeated', () => {
  const secrets = { METRICS_TOKEN: 'hush-1', SESSION_SECRET: 'hush-2', REDIS_URL: 'http://user:hush-3@redis' }
  expect(() => read(secrets)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hush') }))
})

test('a console with its person’s own credentials is for this machine alone', () => {
  const own = { SIGN_IN: 'aws', AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'us-east-1' }
  const readOwn = (more: Record<string, string>) => readConfig({ ...own, ...more }, { webRoot: '/nonexistent' })
  expect(readOwn({ HOST: '127.0.0.1' }).signIn).toEqual({ kind: 'aws', isReadOnly: false })
  for (const elsewhere of [{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'http://console.example:7300' }]) {
    expect(() => readOwn(elsewhere)).toThrow('of another machine than this')
  }
  expect(() => readOwn({ LIVE_ROLE_ARN: 'live' })).toThrow('LIVE_ROLE_ARN is not the ARN of a role')
  expect(() => readOwn({ READ_ONLY: 'yes' })).toThrow("READ_ONLY is on or off, not 'yes'")
  expect(() => read({ READ_ONLY: 'on' })).toThrow('READ_ONLY is for SIGN_IN=aws alone')
})

test.each([
  [{}, { name: '123456789012', kind: 'production' }],
  [{ AWS_ACCOUNT_ALIAS: 'plant' }, { name: 'plant', kind: 'production' }],
  [{ THINGDECK_ENVIRONMENT: 'staging' }, { name: 'staging', kind: 'staging' }],
  [{ THINGDECK_ENVIRONMENT: 'plant' }, { name: 'plant', kind: 'production' }],
  [
    { THINGDECK_ENVIRONMENT: 'plant', THINGDECK_ENVIRONMENT_KIND: 'development' },
    { name: 'plant', kind: 'development' },
  ],
] as const)('of %j the environment is %j', (environment, expected) => {
  expect(read(environment).environment).toEqual(expected)
})

const document = readFileSync(new URL('../../../docs/reference/configuration.md', import.meta.url), 'utf8')
const [, table = ''] = /\n## Console\n([\s\S]*?)\n<!--/.exec(document) ?? []
/** The rows of the reference: variable and default. */
const rows = [...table.matchAll(/^\| `(\w+)` \| (\*required\*|`[^`]+`|) ?\| /gm)].map(
  ([, name = '', value = '']) => [name, value.replaceAll('`', '')] as const,
)

test('docs/reference/configuration.md lists every variable that is read', () => {
  const asked = new Set<string>()
  const environment = new Proxy<Record<string, string>>(ENOUGH, {
    get(target, name: string) {
      asked.add(name)
      return target[name]
    },
  })
  readConfig(environment, { webRoot: '/nonexistent' })
  expect(rows.map(([name]) => name).sort()).toEqual([...asked].sort())
})

test.each(rows.filter(([, value]) => value !== '' && value !== '*required*'))(
  'its default of %s, %s, is what holds where nothing is said',
  (name, value) => {
    expect({ ...read({ [name]: value }), apiRates: undefined }).toEqual({ ...read({}), apiRates: undefined })
  },
)

test('without what it calls required nothing starts', () => {
  const required = rows.filter(([, value]) => value === '*required*').map(([name]) => name)
  expect(required.sort()).toEqual(Object.keys(ENOUGH).sort())
  for (const name of required) expect(() => read({ [name]: '' })).toThrow(name)
})
