import type { PersonName } from './signed-in.ts'

/**
 * A deployment that the tests tagged `@aws` are pointed at by `E2E_TARGET=aws`: the console, the account behind it, and who
 * signs in there. docs/conformance.md has the variables.
 */
export interface Deployment {
  readonly console: string
  readonly account: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Where devices connect; undefined where DescribeEndpoint says it. */
  readonly mqtts: string | undefined
  /** That rules may be made with. */
  readonly ruleRoleArn: string | undefined
  /** How somebody signs in at the hosted page. */
  personOf(person: PersonName): { readonly name: string; readonly password: string | undefined }
}

/** By whom a deployment knows the people of the embedded issuer. */
const ROLES: Readonly<Record<PersonName, string>> = { Vera: 'VIEWER', Ada: 'OPERATOR', Grace: 'ADMIN' }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * @returns undefined where the tests have products of their own
 * @throws {Error} which names the variables that are missing
 */
export function readDeployment(env: Environment): Deployment | undefined {
  if (env.E2E_TARGET === undefined) return undefined
  if (env.E2E_TARGET !== 'aws') throw new Error(`E2E_TARGET is aws or left out, not ${env.E2E_TARGET}`)
  const required = ['CONSOLE_URL', 'AWS_ACCOUNT_ID', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
  const people = Object.values(ROLES).map((role) => `E2E_${role}`)
  const missing = [...required, ...people].filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`E2E_TARGET=aws needs ${missing.join(', ')}`)
  const { CONSOLE_URL = '', AWS_ACCOUNT_ID = '', AWS_REGION = '', AWS_ACCESS_KEY_ID = '' } = env
  const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = env
  return {
    console: new URL(CONSOLE_URL).origin,
    account: AWS_ACCOUNT_ID,
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
    },
    mqtts: env.DEVICE_MQTT_URL,
    ruleRoleArn: env.E2E_RULE_ROLE_ARN,
    personOf: (person) => ({
      name: env[`E2E_${ROLES[person]}`] ?? '',
      password: env[`E2E_${ROLES[person]}_PASSWORD`],
    }),
  }
}

export const deployment = readDeployment(process.env)
