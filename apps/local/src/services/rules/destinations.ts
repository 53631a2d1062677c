import { randomBytes, randomUUID } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import { whyNotUrl } from '@thingdeck/rule-actions'
import { arnOf } from '../../foundation/account.ts'
import { alreadyExists, invalidRequest } from '../../foundation/errors.ts'
import { type Page, type PageRequest, paginateBySeq } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import {
  type Destination,
  type DestinationConfiguration,
  type DestinationKind,
  DestinationTable,
  type KeptStatus,
} from './destination-table.ts'
import { INFLUXDB_PORTS, probeRequest, readToken } from './influxdb-api.ts'
import { send } from './outgoing-request.ts'
import type { Secrets } from './secrets.ts'

/** "Rule destinations per account" and "VPC destinations" (AWS IoT Core quotas); of InfluxDB none is documented. */
const MOST: Readonly<Record<DestinationKind, number>> = { http: 1000, vpc: 5, influxdb: 1000 }

/** An unconfirmed destination becomes `ERROR` after that: AWS does not say when. */
const CONFIRMATION_MS = 3 * 24 * 60 * 60 * 1000
const CHALLENGE_TIMEOUT_MS = 3_000

/**
 * Where rules may send to: HTTP endpoints whose owners confirmed it; databases of InfluxDB that answered; VPCs, of which
 * this server has none: what leads there is sent from this machine.
 */
export class Destinations {
  readonly #context: ServiceContext
  readonly #table: DestinationTable
  readonly #secrets: Pick<Secrets, 'read' | 'forget'>
  readonly #ending = new AbortController()

  constructor(context: ServiceContext, secrets: Pick<Secrets, 'read' | 'forget'>) {
    this.#context = context
    this.#secrets = secrets
    this.#table = new DestinationTable(context.database)
  }

  find(arn: string): Destination | undefined {
    return this.#table.find(arn)
  }

  /**
   * AWS's model has no not-found error for destinations, as for rules.
   * @throws {AwsError} UnauthorizedException, 401
   */
  mustFind(arn: string): Destination {
    const destination = this.find(arn)
    if (!destination)
      throw new AwsError('UnauthorizedException', `Access to topic rule destination '${arn}' was denied`)
    return destination
  }

  /** @see {@link statusOf} */
  statusOfUrl(confirmationUrl: string): ReturnType<Destinations['statusOf']> | undefined {
    const destination = this.#table.findByUrl(confirmationUrl)
    return destination && this.statusOf(destination)
  }

  /** As AWS shows it, with the reason. */
  statusOf({ status, statusReason, token, challengedAtMs }: Destination): { status: KeptStatus; reason: string } {
    if (status === 'IN_PROGRESS' && token !== null && this.#context.clock() - challengedAtMs >= CONFIRMATION_MS) {
      return {
        status: 'ERROR',
        reason: 'Nobody confirmed the destination in time: set it to IN_PROGRESS to ask again.',
      }
    }
    return { status, reason: statusReason }
  }

  list(page: PageRequest): Page<Destination> {
    return paginateBySeq(page, 'destinations', (after, count) => this.#table.after(after, count))
  }

  /** @throws {AwsError} InvalidRequestException, ResourceAlreadyExistsException */
  create(configuration: DestinationConfiguration): Destination {
    const kind = kindOf(configuration)
    const confirmationUrl = configuration.httpUrlConfiguration?.confirmationUrl ?? null
    if (confirmationUrl !== null) {
      const whyNot = whyNotUrl(confirmationUrl)
      if (whyNot !== undefined) throw invalidRequest(`confirmationUrl: ${whyNot}`)
      const before = this.#table.findByUrl(confirmationUrl)
      if (before)
        throw alreadyExists(`There is a destination for ${confirmationUrl} already`, confirmationUrl, before.arn)
    }
    const endpoint = configuration.influxDBConfiguration?.endpoint
    const whyNotEndpoint = endpoint === undefined ? undefined : whyNotUrl(endpoint, INFLUXDB_PORTS)
    if (whyNotEndpoint !== undefined) throw invalidRequest(`endpoint: ${whyNotEndpoint}`)
    if (this.#table.count(kind) >= MOST[kind]) {
      throw invalidRequest(`An account may have at most ${MOST[kind]} destinations of the kind ${kind}.`)
    }
    const now = this.#context.clock()
    const destination = {
      arn: arnOf(this.#context.account, 'iot', `ruledestination/${kind}/${randomUUID()}`),
      kind,
      configuration,
      confirmationUrl,
      ...this.#begin(kind),
      statusReason: REASONS[kind],
      createdAtMs: now,
      updatedAtMs: now,
    }
    this.#table.insert(destination)
    this.#challenge(destination)
    return this.mustFind(destination.arn)
  }

  /** The destination that an HTTP action leads to is made where there is none. @see AWS IoT developer guide, "HTTP" */
  ensure(confirmationUrl: string): void {
    if (!this.#table.findByUrl(confirmationUrl)) this.create({ httpUrlConfiguration: { confirmationUrl } })
  }

  /** @throws {AwsError} InvalidRequestException for a change that no destination makes; as {@link mustFind} */
  setStatus(arn: string, wanted: string): void {
    const destination = this.mustFind(arn)
    const { status } = this.statusOf(destination)
    if (wanted === 'IN_PROGRESS') {
      const begin = this.#begin(destination.kind)
      this.#set(destination, begin, REASONS[destination.kind])
      this.#challenge({ ...destination, ...begin })
      return
    }
    const from = wanted === 'ENABLED' ? 'DISABLED' : 'ENABLED'
    if (wanted !== 'ENABLED' && wanted !== 'DISABLED') {
      throw invalidRequest(`status: a destination can be set to ENABLED, DISABLED or IN_PROGRESS, not to ${wanted}.`)
    }
    if (status === wanted) return // what is confirmed is enabled, and clients of AWS's enable it once more
    if (status !== from) {
      throw invalidRequest(`A destination can be set to ${wanted} when it is ${from}; this one is ${status}.`)
    }
    this.#set(destination, { status: wanted }, '')
  }

  /** Undefined for a token that is none, or not that of the last challenge. */
  arnOfToken(token: string): string | undefined {
    return this.#table.findByToken(token)?.arn
  }

  /** @throws {AwsError} InvalidRequestException for a token that is none, or not that of the last challenge */
  confirm(token: string): void {
    const destination = this.#table.findByToken(token)
    if (!destination || this.statusOf(destination).status !== 'IN_PROGRESS') {
      throw invalidRequest('The confirmation token is not that of a destination that waits to be confirmed.')
    }
    this.#set(destination, { status: 'ENABLED', token: null }, '')
  }

  /** @throws {AwsError} as {@link mustFind} */
  delete(arn: string): void {
    this.mustFind(arn)
    this.#table.delete(arn)
  }

  /** Gives up what is under way. */
  close(): void {
    this.#ending.abort()
  }

  #set(destination: Destination, change: Partial<Destination>, statusReason: string): void {
    this.#table.update({ ...destination, ...change, statusReason, updatedAtMs: this.#context.clock() })
  }

  #begin(kind: DestinationKind) {
    return {
      status: kind === 'vpc' ? ('ENABLED' as const) : ('IN_PROGRESS' as const),
      token: kind === 'http' ? randomBytes(48).toString('base64url') : null,
      challengedAtMs: this.#context.clock(),
    }
  }

  /** Asks whoever is to be the destination, once that is kept; nobody waits for what they say. */
  #challenge(destination: Omit<Destination, 'seq'>): void {
    const { database, log } = this.#context
    database.whenKept(() => {
      Promise.all([this.#ask(destination), this.#probe(destination)]).catch((error: unknown) =>
        log.error({ err: error, arn: destination.arn }, 'what a destination answered could not be kept'),
      )
    })
  }

  /** Asks a database whether it is there, and knows the token. @see AWS IoT developer guide, "InfluxDB" */
  async #probe({
    arn,
    configuration: { influxDBConfiguration: configuration },
  }: Pick<Destination, 'arn' | 'configuration'>): Promise<void> {
    if (!configuration) return
    const { secretId } = configuration
    const ask = async (): Promise<string | undefined> => {
      // The secret may be a new one by now.
      this.#secrets.forget(secretId, undefined)
      const token = readToken(configuration, await this.#secrets.read(secretId, undefined))
      const signal = AbortSignal.any([AbortSignal.timeout(CHALLENGE_TIMEOUT_MS), this.#ending.signal])
      const { status, reason } = await send(probeRequest(configuration, token), signal)
      return status >= 200 && status < 300 ? undefined : `it answered ${status} ${reason}`
    }
    const probed = (fault: string | undefined) => {
      const destination = this.#ending.signal.aborted ? undefined : this.find(arn)
      if (destination?.status !== 'IN_PROGRESS') return
      if (fault === undefined) this.#set(destination, { status: 'ENABLED' }, '')
      else this.#set(destination, { status: 'ERROR' }, `The database could not be asked: ${fault}.`)
    }
    await ask().then(probed, (error: Error) => probed(error.message))
  }

  /** Sends the challenge. @see AWS IoT developer guide, "Confirming HTTP topic rule destinations" */
  async #ask({ arn, confirmationUrl, token }: Pick<Destination, 'arn' | 'confirmationUrl' | 'token'>): Promise<void> {
    if (confirmationUrl === null || token === null) return
    const enableUrl = `${this.#context.ownUrl}/confirmdestination/${token}`
    const challenge = { arn, confirmationToken: token, enableUrl, messageType: 'DestinationConfirmation' }
    const url = new URL(confirmationUrl)
    if (!url.pathname.endsWith('/')) url.pathname += '/'
    url.searchParams.append('confirmationToken', token)
    const headers = [
      ['content-type', 'application/json'],
      ['x-amz-rules-engine-message-type', 'DestinationConfirmation'],
      ['x-amz-rules-engine-destination-arn', arn],
    ] as const
    const signal = AbortSignal.any([AbortSignal.timeout(CHALLENGE_TIMEOUT_MS), this.#ending.signal])
    await send({ method: 'POST', url, headers, body: Buffer.from(JSON.stringify(challenge)) }, signal).then(
      ({ status }) => this.#asked(arn, token, status < 300 ? undefined : `it answered ${status}`),
      (error: Error) => this.#asked(arn, token, error.message),
    )
  }

  /** What became of a challenge is told by the destination, which may have been confirmed, or be gone, by now. */
  #asked(arn: string, token: string, fault: string | undefined): void {
    if (fault === undefined || this.#ending.signal.aborted) return
    this.#context.log.warn({ arn, fault }, 'the challenge did not reach a destination of rules')
    const destination = this.#table.find(arn)
    if (destination?.token !== token) return
    this.#set(
      destination,
      {},
      `The challenge did not reach the endpoint: ${fault}. Set it to IN_PROGRESS to ask again.`,
    )
  }
}

const REASONS: Readonly<Record<DestinationKind, string>> = {
  http: 'Awaiting confirmation. Confirmation message sent to the endpoint',
  vpc: 'This server makes no network interfaces: what leads here is sent from its own machine',
  influxdb: 'The database is asked whether it is there',
}

const KINDS = { httpUrlConfiguration: 'http', vpcConfiguration: 'vpc', influxDBConfiguration: 'influxdb' } as const

function kindOf(configuration: DestinationConfiguration): DestinationKind {
  const { httpUrlConfiguration, vpcConfiguration, influxDBConfiguration } = configuration
  const given = [
    ...(httpUrlConfiguration ? (['httpUrlConfiguration'] as const) : []),
    ...(vpcConfiguration ? (['vpcConfiguration'] as const) : []),
    ...(influxDBConfiguration ? (['influxDBConfiguration'] as const) : []),
  ]
  const [only] = given
  if (only === undefined || given.length > 1) {
    throw invalidRequest(`destinationConfiguration must have exactly one of ${Object.keys(KINDS).join(', ')}.`)
  }
  return KINDS[only]
}
