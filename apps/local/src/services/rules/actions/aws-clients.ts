import type { Account } from '../../../foundation/account.ts'
import { DESTINATION_START_MS } from '../../../foundation/destination-start.ts'
import type { Functions } from '../../../foundation/functions.ts'
import type { RoleSessions, SessionCredentials } from '../../../foundation/role-sessions.ts'
import { iotServiceRole } from '../../../foundation/roles.ts'
import type { SigningCredentials } from './request-signer.ts'

/** As far as clients of the SDK are alike. */
export interface AwsClient {
  // biome-ignore lint/suspicious/noExplicitAny: each client takes the commands of its own package alone
  send<Answer = unknown>(command: any, options?: { readonly abortSignal?: AbortSignal }): Promise<Answer>
  destroy(): void
}

export interface ClientSettings {
  readonly region: string
  readonly endpoint: string
  readonly maxAttempts: number
  readonly requestHandler: {
    readonly requestTimeout: number
    readonly connectionTimeout: number
    /** Without it a request that is late is warned of, and waited for all the same. */
    readonly throwOnRequestTimeout: true
  }
  /** Absent for what the environment names: its own credentials are for it. */
  readonly credentials?: () => Promise<SessionCredentials>
}

/** A service of AWS as actions know it. */
export interface AwsTarget {
  /** How AWS calls it in messages: `Amazon S3`. */
  readonly title: string
  /** The environment's variable for its endpoint: `AWS_ENDPOINT_URL_S3`, as for every SDK. */
  readonly variable: string
  /** Whether this server has it too, at its own endpoint. */
  readonly isOurs?: boolean
  /** Loads the package, and makes a client: what no rule uses is not loaded. */
  connect(settings: ClientSettings): Promise<AwsClient>
  /** The client of this server's own, where that is asked by other means than its endpoint. */
  readonly own?: (functions: Functions) => AwsClient
}

/**
 * Some services are called at `data.HOST`. Of AWS's own hosts that is a name; of others the host is meant as it was given.
 */
export const withoutHostPrefix = ({ endpoint }: ClientSettings): { readonly disableHostPrefix?: true } =>
  /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname) ? {} : { disableHostPrefix: true }

export interface AwsClientsParts {
  readonly account: Account
  /** Of this server. */
  readonly ownUrl: string
  /** What AWS IoT may be; whether a role trusts it has been asked. */
  readonly sessions: Pick<RoleSessions, 'issue'>
  readonly functions: Functions
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** "Retries": three tries within three seconds, as AWS documents it of HTTP actions alone. */
const MAX_ATTEMPTS = 3
const TIMEOUT_MS = 3_000
/** Of this server's own, where a request may have to wait until a destination has started. */
const OWN_TIMEOUT_MS = DESTINATION_START_MS + 15_000
const SESSION_SECONDS = 3_600

/** Clients of AWS services, one for each service, role and region. */
export class AwsClients {
  readonly #parts: AwsClientsParts
  readonly #clients = new Map<string, Promise<AwsClient>>()

  constructor(parts: AwsClientsParts) {
    this.#parts = parts
  }

  /** Milliseconds that all tries of a call may take together. */
  timeoutOf(target: AwsTarget): number {
    return this.endpointOf(target) === this.#parts.ownUrl ? OWN_TIMEOUT_MS : TIMEOUT_MS
  }

  /** Where the service is; undefined where there is none, neither here nor named by the environment. */
  endpointOf({ variable, isOurs }: AwsTarget): string | undefined {
    return this.#parts.environment[variable] || (isOurs ? this.#parts.ownUrl : undefined)
  }

  /**
   * @param roleArn whose session it is, where the service is this server's own; undefined for AWS IoT itself
   * @returns undefined where there is no endpoint
   */
  async of(
    target: AwsTarget,
    roleArn: string | undefined,
    region = this.#parts.account.region,
  ): Promise<AwsClient | undefined> {
    const endpoint = this.endpointOf(target)
    if (endpoint === undefined) return undefined
    if (endpoint === this.#parts.ownUrl && target.own) return target.own(this.#parts.functions)
    const key = [target.variable, endpoint, roleArn ?? '', region].join(' ')
    let client = this.#clients.get(key)
    if (!client) {
      client = target.connect({
        region,
        endpoint,
        maxAttempts: MAX_ATTEMPTS,
        requestHandler: {
          requestTimeout: this.timeoutOf(target),
          connectionTimeout: TIMEOUT_MS,
          throwOnRequestTimeout: true,
        },
        ...(endpoint === this.#parts.ownUrl && {
          credentials: async () => this.#session(roleArn ?? iotServiceRole(this.#parts.account)),
        }),
      })
      client.catch(() => this.#clients.delete(key))
      this.#clients.set(key, client)
    }
    return client
  }

  /** As {@link of}. @throws {Error} where there is no endpoint */
  async mustHave(target: AwsTarget, roleArn: string | undefined): Promise<AwsClient> {
    const client = await this.of(target, roleArn)
    if (!client) throw new Error(noService(target))
    return client
  }

  /**
   * For what a rule's action signs itself: the role's session for this server, and for others what the environment has
   * for them, where it has anything.
   */
  credentialsFor(roleArn: string, { origin }: URL): SigningCredentials {
    const { ownUrl, environment } = this.#parts
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment
    if (origin === new URL(ownUrl).origin || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return this.#session(roleArn)
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    }
  }

  async close(): Promise<void> {
    const clients = [...this.#clients.values()]
    this.#clients.clear()
    for (const made of await Promise.allSettled(clients)) if (made.status === 'fulfilled') made.value.destroy()
  }

  #session(roleArn: string): SessionCredentials {
    return this.#parts.sessions.issue(roleArn, 'iot-rule', SESSION_SECONDS)
  }
}

/** What is said where a service is neither here nor named by the environment. */
export const noService = ({ title, variable }: AwsTarget): string =>
  `this server has no ${title}: name where it is with ${variable} in its environment`

interface AnswerFacts {
  readonly httpStatusCode?: number
  readonly requestId?: string
}

/** What an error of an SDK's client says of the answer that it is; undefined for one of another kind. */
export const answeredWith = (error: Error): AnswerFacts | undefined => (error as { $metadata?: AnswerFacts }).$metadata // which all errors of all SDK packages have, and no type for that
