import { awsEnvironment, type EmbeddedServerReady } from './embedded-server.ts'
import { Service, type ServiceOptions } from './service.ts'

export interface ConsoleOptions {
  /** The AWS IoT Core that it is a console of. */
  readonly server: EmbeddedServerReady
  /** Where browsers find it. It listens on the port of this URL. */
  readonly url: string
  /** Variables to set otherwise or beside. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The variables of a BFF before an embedded server. */
export function consoleEnvironment({ server, url, environment }: ConsoleOptions): Record<string, string> {
  return {
    ...awsEnvironment(server),
    AWS_API_RATES: 'off', // an embedded server takes as many calls as come
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    OIDC_ISSUER: server.oidcIssuer,
    OIDC_CLIENT_ID: server.oidcClientId,
    COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
    DEVICE_MQTT_URL: server.mqtts,
    DEVICE_CREDENTIALS_URL: server.https,
    DEVICE_ROOT_CA_URL: `${server.http}/_local/root-ca.pem`,
    ...environment,
  }
}

/** The console as `new Service()` takes it. */
export function consoleService(options: ConsoleOptions): ServiceOptions {
  const environment = { ...process.env, ...consoleEnvironment(options) }
  return { name: 'console', program: 'apps/bff/src/main.ts', environment }
}

/**
 * Starts a console that says nothing but errors, and waits until it answers.
 * @throws {Error} with what it said, when it does not start
 */
export async function startConsole(options: ConsoleOptions): Promise<Service> {
  const environment = { LOG_LEVEL: 'error', ...options.environment }
  const service = new Service(consoleService({ ...options, environment }))
  await service.ready()
  return service
}
