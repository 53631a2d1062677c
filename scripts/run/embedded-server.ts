import { Service, type ServiceOptions } from './service.ts'

/** What the embedded server says of itself once its ports answer. */
export interface EmbeddedServerReady {
  readonly http: string
  readonly https: string
  /** `mqtts://HOST:PORT` */
  readonly mqtts: string
  readonly ws: string
  readonly wss: string
  readonly rootCaPath: string
  readonly dataDir: string
  readonly account: string
  readonly region: string
  readonly oidcIssuer: string
  readonly oidcClientId: string
  readonly identityPoolId: string
}

/** A running embedded server: the apps and it meet over HTTP and MQTT only. */
export interface EmbeddedServer extends EmbeddedServerReady, AsyncDisposable {
  readonly sdk: ReturnType<typeof sdkOf>
  readonly service: Service
  /** From the start of the process to its ready line. */
  readonly readyMs: number
}

export interface EmbeddedServerOptions {
  /** Where it keeps the account; left out, it keeps nothing. */
  readonly data?: string
  /** Left out, the system chooses free ones. */
  readonly ports?: { readonly http: string; readonly mqtt: string; readonly https: string }
  /** Where its sign-in page may send people back to, where that matters. */
  readonly consoleUrl?: string
  /** Limits of the broker that differ from AWS's, each as `NAME=NUMBER` or `NAME=off`. */
  readonly limits?: readonly string[]
  /** Further options, as its command line takes them. */
  readonly args?: readonly string[]
}

/** Anybody's key to an embedded server: it takes every one, and every one is the administrator's. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' }

/** The embedded server as `new Service()` takes it. */
export function embeddedServer({
  data = ':memory:',
  ports = { http: '0', mqtt: '0', https: '0' },
  consoleUrl,
  limits = [],
  args = [],
}: EmbeddedServerOptions = {}): ServiceOptions {
  return {
    name: 'embedded server',
    program: 'apps/local/src/main.ts',
    args: [
      ...['--data', data, '--port', ports.http, '--mqtt-port', ports.mqtt, '--https-port', ports.https],
      ...(consoleUrl === undefined ? [] : ['--console-url', consoleUrl]),
      ...limits.flatMap((limit) => ['--limit', limit]),
      ...args,
    ],
  }
}

/**
 * Starts an embedded server that says nothing but errors, and waits until it answers.
 * @param process how it runs, where that differs: its environment, its folder, who gets what it says
 * @throws {Error} with what it said, when it does not start
 */
export async function startEmbeddedServer(
  options: EmbeddedServerOptions = {},
  process: Pick<ServiceOptions, 'environment' | 'cwd' | 'onError'> = {},
): Promise<EmbeddedServer> {
  const startMs = performance.now()
  const described = embeddedServer({ ...options, args: ['--log-level', 'error', ...(options.args ?? [])] })
  const service = new Service({ ...described, ...process })
  const ready = await service.ready<EmbeddedServerReady>()
  return {
    ...ready,
    service,
    readyMs: performance.now() - startMs,
    sdk: sdkOf(ready),
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  }
}

/** Configuration of a client of the AWS SDK that is the account's administrator. */
export function sdkOf({ http, region }: Pick<EmbeddedServerReady, 'http' | 'region'>) {
  return { endpoint: http, region, credentials: CREDENTIALS }
}

/** The standard variables of AWS that say where an embedded server is: all that programs before it are told of it. */
export function awsEnvironment(server: EmbeddedServerReady): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: server.http,
    AWS_REGION: server.region,
    AWS_DEFAULT_REGION: server.region, // all that the AWS CLI 1 and boto3 read
    AWS_ACCOUNT_ID: server.account,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    NODE_EXTRA_CA_CERTS: server.rootCaPath,
  }
}
