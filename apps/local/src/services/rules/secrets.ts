import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { AwsClients, AwsTarget } from './actions/aws-clients.ts'
import type { RoleChecks } from './rule-roles.ts'

const SECRETS_MANAGER: AwsTarget = {
  title: 'AWS Secrets Manager',
  variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  connect: async (settings) => new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(settings),
}

/** "Secrets are cached for 15 minutes" (AWS IoT developer guide, "get_secret"). */
const CACHED_MS = 15 * 60_000

/** A message may choose the secret: so many are kept. */
const MAX_KEPT = 1_000

/** What Secrets Manager has of one secret: one of the two. */
export interface Secret {
  readonly secretString?: string | undefined
  readonly secretBinary?: Uint8Array | undefined
}

interface Answer {
  readonly SecretString?: string
  readonly SecretBinary?: Uint8Array
}

/** A role's right to read, for a rule. */
export interface SecretRight {
  readonly roleArn: string
  readonly roles: RoleChecks
}

/** Secrets that rules read, on the right of a role. */
export class Secrets {
  readonly #context: LocalContext
  readonly #clients: AwsClients
  readonly #kept = new Map<string, { readonly untilMs: number; readonly secret: Promise<Secret> }>()

  constructor(context: LocalContext, clients: AwsClients) {
    this.#context = context
    this.#clients = clients
  }

  /**
   * @param right on which it is read, which is asked each time; undefined for the server's own, as the environment's
   *   credentials allow
   * @throws {Error} whose sentence says why it cannot be read
   */
  async read(secretId: string, right: SecretRight | undefined): Promise<Secret> {
    const roleArn = right?.roleArn
    const whyNot = right?.roles.whyNot(right.roleArn, 'secretsmanager:GetSecretValue', this.#arnOf(secretId))
    if (whyNot !== undefined) throw new Error(whyNot)
    const key = keyOf(secretId, roleArn)
    const now = this.#context.clock()
    const kept = this.#kept.get(key)
    if (kept && now < kept.untilMs) return kept.secret
    const secret = this.#ask(secretId, roleArn)
    secret.catch(() => this.#kept.delete(key))
    this.#kept.delete(key)
    this.#kept.set(key, { untilMs: now + CACHED_MS, secret })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return secret
  }

  /** Reads it anew when it is next asked for. */
  forget(secretId: string, roleArn: string | undefined): void {
    this.#kept.delete(keyOf(secretId, roleArn))
  }

  async #ask(SecretId: string, roleArn: string | undefined): Promise<Secret> {
    const client = await this.#clients.mustHave(SECRETS_MANAGER, roleArn)
    const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager')
    const abortSignal = AbortSignal.timeout(this.#clients.timeoutOf(SECRETS_MANAGER))
    const { SecretString, SecretBinary } = await client.send<Answer>(new GetSecretValueCommand({ SecretId }), {
      abortSignal,
    })
    return { secretString: SecretString, secretBinary: SecretBinary }
  }

  /** A secret's ARN ends in six characters of its own, which its name does not tell. */
  #arnOf(secretId: string): string {
    return secretId.startsWith('arn:')
      ? secretId
      : arnOf(this.#context.account, 'secretsmanager', `secret:${secretId}-000000`)
  }
}

const keyOf = (secretId: string, roleArn: string | undefined): string => JSON.stringify([secretId, roleArn])
