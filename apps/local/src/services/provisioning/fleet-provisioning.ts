import { type CborValue, encodeCbor } from '@thingdeck/aws-api'
import { formatReservedTopic, type PayloadFormat, type ReservedTopic } from '@thingdeck/topics'
import type { Operations } from '../../foundation/account-operations.ts'
import type { PreparedCertificate } from '../../foundation/certificates.ts'
import type { DueTimes } from '../../foundation/due-times.ts'
import type { ReservedTopicAnswer, ReservedTopicRequest } from '../../foundation/reserved-topics.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import { Turns } from '../../foundation/turns.ts'
import type { AskedFunctions } from './asked-functions.ts'
import type { CertificateProviders } from './certificate-providers.ts'
import type { ClaimCounts } from './claim-counts.ts'
import { FleetAdmission } from './fleet-admission.ts'
import { FleetEntries, type FleetOperation, type FleetOutcome } from './fleet-entries.ts'
import { FleetError, fleetErrorOf } from './fleet-error.ts'
import { readCsrRequest, readRegisterThing } from './fleet-request.ts'
import type { OwnershipTokens } from './ownership-tokens.ts'
import type { Provisioner } from './provisioner.ts'
import { askHook } from './provisioning-hook.ts'
import type { Templates } from './templates.ts'

export interface FleetParts {
  readonly context: ServiceContext
  readonly templates: Templates
  readonly tokens: OwnershipTokens
  readonly claims: ClaimCounts
  readonly providers: CertificateProviders
  readonly provisioner: Provisioner
  readonly functions: AskedFunctions
  /** When tokens end. */
  readonly dueTimes: DueTimes
}

/** Half of the threads that Node has for all that takes a while: a fleet that is born at once leaves the rest to others. */
const KEYS_AT_ONCE = 2

/** The server ends, or the device has gone before anything was done for it. */
class Unanswerable extends Error {}

/** A device that asks, over MQTT: nobody else can be answered alone. */
type Asker = Publisher & { readonly clientId: string }

/** What is known of a request by the time that it ends. */
type Known = { -readonly [Member in 'deviceCertificateId' | 'thingName']?: FleetOutcome[Member] }

type FleetRequest = ReservedTopicRequest<'certificates'> | ReservedTopicRequest<'provisioning'>

/** A request, without its payload, while it is under way. */
interface Order {
  readonly topic: FleetRequest['topic']
  readonly answer: ReservedTopicAnswer
  readonly asker: Asker
  readonly known: Known
}

const NOTHING = new Uint8Array()

/**
 * Fleet provisioning over MQTT: what a device with a claim asks for, in JSON or CBOR, and is answered alone.
 * @see AWS IoT developer guide, "Device provisioning MQTT API"
 */
export class FleetProvisioning {
  readonly #parts: FleetParts
  readonly #entries: FleetEntries
  readonly #keyTurns = new Turns(KEYS_AT_ONCE)
  readonly #admission: FleetAdmission
  /** What is being written, which the end waits for. */
  readonly #provisioning = new Set<Promise<unknown>>()
  #isClosed = false

  constructor(parts: FleetParts) {
    this.#parts = parts
    this.#entries = new FleetEntries(parts.context)
    this.#admission = new FleetAdmission(parts.context)
  }

  /** The answer follows when it is known. */
  answer(request: FleetRequest): void {
    const { topic, publisher, message, answer } = request
    if (topic.suffix !== undefined) return // whatever a client publishes to the answers' topics
    if (publisher?.clientId === undefined) {
      // A key must not go to whoever listens.
      this.#parts.context.log.warn({ topic: formatReservedTopic(topic) }, 'only a client over MQTT can be provisioned')
      return
    }
    const operation = operationOf(topic)
    // "Publish a message with an empty payload": whatever it holds is not read.
    const asked = operation === 'CreateKeysAndCertificate' ? NOTHING : message.payload
    const order: Order = { topic, answer, asker: publisher as Asker, known: {} } // it has a client id
    const done = this.#admission.take(operation, asked.byteLength)
    if (!done) {
      this.#reject(order, new FleetError('Throttling', 'Rate exceeded'))
      return
    }
    // A copy: what came may be a view on more, and is kept for a while.
    this.#answer(order, Buffer.from(asked))
      .catch((error: unknown) => this.#parts.context.log.error({ err: error }, 'a device could not be answered'))
      .finally(done)
  }

  /** Waits for what is being written; whoever waits for a key or a function is not answered any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#provisioning)
  }

  async #answer(order: Order, payload: Uint8Array): Promise<void> {
    try {
      const document = await this.#parts.context.database.durably(() => this.#perform(order, payload))
      this.#entries.tell(outcomeOf(order))
      say(order, 'accepted', document)
    } catch (error) {
      if (this.#isClosed || error instanceof Unanswerable) return
      this.#reject(order, fleetErrorOf(error) ?? this.#internal(error))
    }
  }

  #reject(order: Order, error: FleetError): void {
    this.#entries.tell(outcomeOf(order, error))
    if (error.told !== error.message) {
      const { clientId } = order.asker
      this.#parts.context.log.info(
        { clientId, operation: operationOf(order.topic), why: error.message },
        'a device was denied provisioning',
      )
    }
    say(order, 'rejected', { statusCode: error.statusCode, errorCode: error.code, errorMessage: error.told })
  }

  async #perform({ topic, answer, asker, known }: Order, payload: Uint8Array): Promise<CborValue> {
    if (topic.kind === 'provisioning') return this.#registerThing(topic, payload, asker, known)
    return topic.operation === 'CreateKeysAndCertificate'
      ? this.#createKeys(answer, known)
      : this.#createFromRequest(payload, topic.format, asker, known)
  }

  async #createKeys(answer: ReservedTopicAnswer, known: Known): Promise<CborValue> {
    const prepared = await this.#open(
      this.#keyTurns.take(async () => {
        if (this.#isClosed || !answer.isAskerThere()) throw new Unanswerable()
        return this.#parts.context.certificates.prepareKeys()
      }),
    )
    const { certificateOwnershipToken, ...certificate } = this.#keep(prepared, known)
    return { ...certificate, privateKey: prepared.privateKeyPem, certificateOwnershipToken }
  }

  async #createFromRequest(payload: Uint8Array, format: PayloadFormat, asker: Asker, known: Known): Promise<CborValue> {
    const certificateSigningRequest = readCsrRequest(payload, format)
    const { certificates } = this.#parts.context
    const { clientId } = asker
    const principalId = asker.principal.principalId
    const signing =
      this.#parts.providers.sign({ certificateSigningRequest, principalId, clientId }) ??
      certificates.prepare(certificateSigningRequest)
    const prepared = await this.#open(asCsr(signing))
    const { certificateOwnershipToken, ...certificate } = this.#keep(prepared, known)
    return { certificateOwnershipToken, ...certificate }
  }

  #keep(prepared: PreparedCertificate, known: Known) {
    const { context, tokens, dueTimes } = this.#parts
    const kept = context.database.transaction(() => {
      const { id: certificateId, pem: certificatePem } = prepared.keep('PENDING_ACTIVATION')
      return { certificateId, certificatePem, certificateOwnershipToken: tokens.create(certificateId) }
    })
    known.deviceCertificateId = kept.certificateId
    dueTimes.arm()
    return kept
  }

  async #registerThing(
    { templateName, format }: Extract<ReservedTopic, { kind: 'provisioning' }>,
    payload: Uint8Array,
    asker: Asker,
    known: Known,
  ): Promise<CborValue> {
    const { tokens, provisioner, context, claims } = this.#parts
    const { token, parameters } = readRegisterThing(payload, format)
    const certificateId = tokens.certificateOf(token)
    known.deviceCertificateId = certificateId
    const { record, template } = this.#templateFor(templateName)
    const claimCertificateId = asker.principal.principalId
    const overrides =
      record.hookArn === null ? {} : await this.#ask(record.hookArn, { certificateId, templateName, parameters, asker })
    const order = { template, roleArn: record.roleArn, certificateId, parameters: { ...parameters, ...overrides } }
    let things = 0
    const account = await this.#open(context.operations.as(undefined, ''))
    const provisioning = provisioner.provision(order, () => {
      mustStillBeGood(asker, account)
      tokens.spend(token)
      things = claims.add(claimCertificateId)
    })
    this.#provisioning.add(provisioning)
    const plan = await provisioning.finally(() => this.#provisioning.delete(provisioning))
    known.thingName = plan.thing?.thingName
    this.#entries.countRegistered(claimCertificateId, things)
    context.log.debug({ templateName, certificateId, thingName: known.thingName }, 'a device was provisioned')
    return { deviceConfiguration: plan.deviceConfiguration ?? {}, thingName: known.thingName }
  }

  #templateFor(templateName: string) {
    const record = this.#parts.templates.find(templateName)
    if (!record) throw new FleetError('ResourceNotFound', `Template ${templateName} does not exist`)
    if (record.type !== 'FLEET_PROVISIONING') {
      throw new FleetError(
        'AccessDenied',
        `Template ${templateName} is of the type ${record.type}, for just-in-time provisioning`,
      )
    }
    if (!record.enabled) throw new FleetError('AccessDenied', `Template ${templateName} is not enabled`)
    return this.#parts.templates.use(record)
  }

  async #ask(
    hookArn: string,
    asked: {
      readonly certificateId: string
      readonly templateName: string
      readonly parameters: Readonly<Record<string, string>>
      readonly asker: Asker
    },
  ) {
    const { context, templates, functions } = this.#parts
    const { certificateId, templateName, parameters, asker } = asked
    const operations = await this.#open(context.operations.as(undefined, ''))
    const { certificateDescription } = operations.call('DescribeCertificate', { certificateId })
    const asking = askHook(functions, hookArn, {
      claimCertificateId: asker.principal.principalId,
      certificateId,
      certificatePem: certificateDescription?.certificatePem ?? '',
      templateArn: templates.arnOf(templateName),
      clientId: asker.clientId,
      parameters,
    })
    return this.#open(asking)
  }

  /** The database may be closed when something is there at last. */
  async #open<T>(awaited: Promise<T>): Promise<T> {
    const value = await awaited
    if (this.#isClosed) throw new Unanswerable()
    return value
  }

  #internal(error: unknown): FleetError {
    this.#parts.context.log.error({ err: error }, 'a device could not be provisioned')
    return new FleetError('InternalError', 'An internal error occurred')
  }
}

/** Whoever deactivates or revokes a claim while a hook is asked about its device wants no more of it. */
function mustStillBeGood({ principal }: Asker, account: Operations): void {
  if (principal.kind !== 'certificate') return
  const { certificateId } = principal
  const { certificateDescription } = account.call('DescribeCertificate', { certificateId })
  const status = certificateDescription?.status
  if (status !== 'ACTIVE') throw new FleetError('AccessDenied', `The claim certificate is ${status}`)
}

/** What is wrong with a signing request. */
async function asCsr(signing: Promise<PreparedCertificate>): Promise<PreparedCertificate> {
  try {
    return await signing
  } catch (error) {
    const told = fleetErrorOf(error)
    throw told?.code === 'InvalidParameters' ? new FleetError('InvalidCsr', told.message) : error
  }
}

const operationOf = (topic: FleetRequest['topic']): FleetOperation =>
  topic.kind === 'certificates' ? topic.operation : 'RegisterThing'

const outcomeOf = ({ topic, asker, known }: Order, error?: FleetError): FleetOutcome => ({
  operation: operationOf(topic),
  publisher: asker,
  templateName: topic.kind === 'provisioning' ? topic.templateName : undefined,
  ...known,
  error,
})

const say = ({ topic, answer }: Order, suffix: 'accepted' | 'rejected', document: CborValue): void =>
  void answer.toAsker(formatReservedTopic({ ...topic, suffix }), encode(document, topic.format))

const encode = (document: CborValue, format: PayloadFormat): Uint8Array =>
  format === 'cbor' ? encodeCbor(document) : Buffer.from(JSON.stringify(document))
