import { AssumeRoleCommand, type Credentials, GetFederationTokenCommand, type STSClient } from '@aws-sdk/client-sts'
import type { Role, WithoutLive } from '@thingdeck/contract'
import { type CallerIdentity, callerKind, callerName } from '../../../aws/own-account/caller-identity.ts'
import type { AwsKeys } from '../../../aws/own-account/own-credentials.ts'
import type { Clock } from '../../../clock.ts'
import { Problem } from '../../../problem.ts'
import { mqttStatements, policyOf } from '../mqtt-statements.ts'
import { federationRemedies, liveRoleRemedies } from './live-role.ts'

/** As long as a session of a role that a session assumed may last at the most ("role chaining"). */
const LIFE_SECONDS = 3_600

/** How long a refusal is believed before AWS is asked again: somebody may be about to change it. */
const REFUSAL_MS = 10_000

/** What a name of a session may have in it (AWS STS API reference). */
const nameOfSession = (identity: CallerIdentity, longest: number): string =>
  `thingdeck-${callerName(identity)}`.replace(/[^\w+=,.@-]/g, '-').slice(0, longest)

export interface LiveCredentialsParts {
  readonly sts: STSClient
  readonly identity: CallerIdentity
  readonly keys: () => Promise<AwsKeys>
  readonly role: Role
  readonly liveRoleArn?: string | undefined
  /** `arn:aws:iot:REGION:ACCOUNT` */
  readonly arnPrefix: string
  /** Client ids that these credentials may connect with begin with it. */
  readonly clientIdPrefix: string
  readonly clock: Clock
}

type TemporaryKeys = Required<AwsKeys>

/**
 * Temporary credentials that can do what the person's role may over MQTT, and nothing else: a session policy holds them to
 * it, whatever the person may. An IAM user's lasting keys get them by `sts:GetFederationToken`, everybody by
 * `sts:AssumeRole` of a role that they name. No IoT policy is needed for credentials that are of no Cognito identity.
 * @see IAM user guide, "Session policies"; AWS IoT developer guide, "IAM users, groups, and roles"
 */
export class LiveCredentials {
  readonly #parts: LiveCredentialsParts
  /** What AWS refused last, and when. */
  #refused: { readonly why: WithoutLive; readonly atMs: number } | undefined
  #hasSucceeded = false

  constructor(parts: LiveCredentialsParts) {
    this.#parts = parts
  }

  /** The session policy, as the person's role has it. */
  get policy(): string {
    const { role, arnPrefix, clientIdPrefix } = this.#parts
    return JSON.stringify(policyOf(mqttStatements(role, arnPrefix, `${clientIdPrefix}*`)))
  }

  /** @throws {Problem} LIVE_UNAVAILABLE when there can be none, AWS_CREDENTIALS */
  async issue(): Promise<TemporaryKeys> {
    const cannot = await this.#cannot()
    if (cannot) throw this.#remember(cannot)
    try {
      const keys = temporaryKeys(await this.#ask())
      this.#hasSucceeded = true
      this.#refused = undefined
      return keys
    } catch (error) {
      const why = this.#refusal(error)
      if (!why) throw error
      throw this.#remember(why)
    }
  }

  /** Why there can be none, and what would change that; undefined where there are some, or it is not known. */
  async whyNone(): Promise<WithoutLive | undefined> {
    const isKnown = this.#hasSucceeded || (this.#refused && this.#parts.clock.nowMs() - this.#refused.atMs < REFUSAL_MS)
    // What else fails is told where it is needed.
    if (!isKnown) await this.issue().catch(() => undefined)
    return this.#refused?.why
  }

  #remember(why: WithoutLive): Problem {
    this.#refused = { why, atMs: this.#parts.clock.nowMs() }
    return new Problem('LIVE_UNAVAILABLE', `There are no live messages. ${why.reason}`)
  }

  /** What is known before AWS is asked. */
  async #cannot(): Promise<WithoutLive | undefined> {
    const { liveRoleArn, identity, arnPrefix } = this.#parts
    if (liveRoleArn !== undefined) return undefined
    const { sessionToken } = await this.#parts.keys()
    if (sessionToken === undefined) return undefined
    return {
      reason: `Your credentials are temporary ones of ${identity.arn}: AWS makes narrower ones of them only by a role that you name.`,
      remedies: liveRoleRemedies(identity, arnPrefix),
    }
  }

  async #ask(): Promise<Credentials | undefined> {
    const { sts, identity, liveRoleArn } = this.#parts
    const narrowed = { DurationSeconds: LIFE_SECONDS, Policy: this.policy }
    if (liveRoleArn !== undefined) {
      const session = { RoleArn: liveRoleArn, RoleSessionName: nameOfSession(identity, 64) }
      return (await sts.send(new AssumeRoleCommand({ ...session, ...narrowed }))).Credentials
    }
    const Name = nameOfSession(identity, 32)
    return (await sts.send(new GetFederationTokenCommand({ Name, ...narrowed }))).Credentials
  }

  #refusal(error: unknown): WithoutLive | undefined {
    if (!(error instanceof Error) || !/^AccessDenied/.test(error.name)) return undefined
    const { identity, arnPrefix, liveRoleArn } = this.#parts
    const hasLastingKeys = liveRoleArn === undefined && callerKind(identity).kind === 'user'
    return {
      reason: `AWS refuses credentials for MQTT: ${error.message}`,
      remedies: hasLastingKeys ? federationRemedies(identity, arnPrefix) : liveRoleRemedies(identity, arnPrefix),
    }
  }
}

function temporaryKeys(given: Credentials | undefined): TemporaryKeys {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {}
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Problem('AWS_UNAVAILABLE', 'STS answered without credentials.')
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  }
}
