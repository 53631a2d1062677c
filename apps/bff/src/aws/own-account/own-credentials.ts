import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { isExpiry } from './aws-expiry.ts'
import { type CallerIdentity, isSameCaller } from './caller-identity.ts'
import { type CredentialSource, expired, unreadable } from './credential-trouble.ts'

/** Keys of AWS; with a session token, and mostly an end, where they are temporary. */
export interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** New ones are asked for so long before they end: every call of AWS takes less. */
const RENEW_BEFORE_MS = 60_000

export interface OwnCredentialsParts {
  readonly source: CredentialSource
  readonly clock: Clock
  readonly settings: Pick<STSClientConfig, 'endpoint' | 'region'>
  /** Looks for them anew, each time that it is called. */
  readonly find?: () => Promise<AwsKeys>
}

/** The chain of the AWS SDK, which does not remember what was in the files of profiles. */
const findByChain = (): Promise<AwsKeys> => defaultProvider({ ignoreCache: true })()

/**
 * The credentials of the person who started the console, from wherever the AWS SDKs take them: kept until they end, then
 * found anew, also after a person has signed in again meanwhile. They have to stay the same person's, as what is done with
 * them stands in that person's name.
 */
export class OwnCredentials {
  readonly #parts: OwnCredentialsParts
  #keys: AwsKeys | undefined
  #identity: CallerIdentity | undefined
  #finding: Promise<AwsKeys> | undefined

  constructor(parts: OwnCredentialsParts) {
    this.#parts = parts
  }

  get source(): CredentialSource {
    return this.#parts.source
  }

  /** @throws {Problem} AWS_CREDENTIALS, saying what to do, when there are none or they are somebody else's */
  async keys(): Promise<AwsKeys> {
    const keys = this.#keys
    const endsAtMs = keys?.expiration?.getTime() ?? Number.POSITIVE_INFINITY
    if (keys && endsAtMs - this.#parts.clock.nowMs() > RENEW_BEFORE_MS) return keys
    this.#finding ??= this.#find().finally(() => {
      this.#finding = undefined
    })
    return this.#finding
  }

  /**
   * Whose they were when the console started.
   * @throws {Problem} as {@link keys}
   */
  async identity(): Promise<CallerIdentity> {
    await this.keys()
    if (this.#identity === undefined) throw new Error('credentials without a caller') // keys() sets it
    return this.#identity
  }

  /** AWS does not take them any more: they are looked for anew with the next call. */
  forget(): void {
    this.#keys = undefined
  }

  async #find(): Promise<AwsKeys> {
    const { source, find = findByChain } = this.#parts
    let keys: AwsKeys
    try {
      keys = await find()
    } catch (error) {
      throw unreadable(error, source)
    }
    const now = await this.#identify(keys)
    const before = this.#identity
    if (before && !isSameCaller(before, now)) {
      throw new Problem(
        'AWS_CREDENTIALS',
        `The AWS credentials are those of ${now.arn} now; this console was started by ${before.arn}. End it, and start it anew.`,
      )
    }
    this.#identity ??= now
    this.#keys = keys
    return keys
  }

  async #identify(credentials: AwsKeys): Promise<CallerIdentity> {
    const sts = new STSClient({ ...this.#parts.settings, credentials })
    try {
      const { Account: account, Arn: arn, UserId: userId } = await sts.send(new GetCallerIdentityCommand({}))
      if (!account || !arn || !userId) throw new Problem('AWS_UNAVAILABLE', 'STS answered without saying who this is.')
      return { account, arn, userId }
    } catch (error) {
      throw isExpiry(error) ? expired(error, this.source) : error
    } finally {
      sts.destroy()
    }
  }
}
