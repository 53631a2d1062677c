import { deployment } from './deployment.ts'

/**
 * Where the product under test listens: ports apart from the default ones, so that a running console is left alone.
 * Each worker of Playwright has a product of its own, ten ports on from the one before. `THINGDECK_E2E_PORTS` moves all
 * of them (17000 is the default), so that two checkouts can be tested side by side.
 */
const base = Number(process.env.THINGDECK_E2E_PORTS ?? 17_000) + 10 * Number(process.env.TEST_PARALLEL_INDEX ?? 0)
const ports = { console: base + 300, http: base + 400, mqtt: base + 883, https: base + 443 }

/** Configuration of an AWS SDK client. */
export interface SdkConfig {
  /** Left out where the SDK finds it by itself. */
  readonly endpoint?: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
}

const ADMINISTRATOR: SdkConfig = {
  endpoint: `http://localhost:${ports.http}`,
  region: process.env.AWS_REGION ?? 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

/** What the tests are about: a product of the worker's own, or a deployment. */
export const stack = {
  ports,
  console: deployment?.console ?? `http://localhost:${ports.console}`,
  http: `http://localhost:${ports.http}`,
  mqttPort: ports.mqtt,
  account: deployment?.account ?? '123456789012',
  /** Configuration of an AWS SDK client, as the account's administrator. */
  sdk: deployment === undefined ? ADMINISTRATOR : { region: deployment.region, credentials: deployment.credentials },
} as const

/** That certificates can be transferred to and from; its id is its access key. */
export const OTHER_ACCOUNT = '210987654321'
