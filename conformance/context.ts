import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import type { Clients } from './clients.ts'
import { type Connection, connectByCertificate, type Device, type DeviceOptions } from './device.ts'
import type { Guard } from './guard.ts'
import { type Identity, makeRequest } from './identity.ts'
import type { Refusal } from './observation.ts'
import { underscored } from './prefix.ts'
import type { Target } from './target.ts'
import type { UsageCounter } from './usage.ts'

/** What all checks of a run share. */
export interface RunParts {
  readonly target: Target
  readonly prefix: string
  readonly clients: Clients
  readonly guard: Guard
  readonly counter: UsageCounter
  readonly signal: AbortSignal
  /** How long is waited for what must not come, beyond what came, in milliseconds. */
  readonly settleMs: number
}

/** How long AWS is given to become consistent, and how often it is asked, in milliseconds. */
const CONSISTENT_MS = 60_000
const LONGEST_PAUSE_MS = 2_000

/** What AWS IoT may do in the name of a run, with what is the run's alone. */
function rolePolicy({ account, region }: Target, prefix: string): string {
  const iotArn = (tail: string) => `arn:aws:iot:${region}:${account}:${tail}`
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Publish', Resource: iotArn(`topic/${prefix}*`) },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${prefix}*/*` },
      {
        Effect: 'Allow',
        Action: ['iot:CreateThing', 'iot:DescribeThing', 'iot:UpdateThing'],
        Resource: iotArn(`thing/${prefix}*`),
      },
      { Effect: 'Allow', Action: 'iot:GetPolicy', Resource: iotArn(`policy/${prefix}*`) },
      // Certificates have no names to tell them by, and RegisterThing is about no resource.
      {
        Effect: 'Allow',
        Action: ['iot:DescribeCertificate', 'iot:UpdateCertificate', 'iot:AttachPolicy', 'iot:AttachThingPrincipal'],
        Resource: iotArn('cert/*'),
      },
      { Effect: 'Allow', Action: ['iot:RegisterThing', 'iot:AttachThingPrincipal'], Resource: '*' },
    ],
  })
}

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['iot.amazonaws.com', 'credentials.iot.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
})

/** A role is made once for a run, by the first check that asks for it. */
export class RunRole {
  #made: Promise<string> | undefined

  make({ clients: { iam }, target, prefix }: RunParts): Promise<string> {
    this.#made ??= (async () => {
      const RoleName = `${prefix}role`
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }))
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: 'conformance', PolicyDocument: rolePolicy(target, prefix) }),
      )
      return Role?.Arn ?? ''
    })()
    return this.#made
  }
}

/** What one check works with. What it leaves connected is closed with it. */
export class RunContext implements AsyncDisposable {
  readonly #parts: RunParts
  readonly #id: string
  readonly #role: RunRole
  readonly #devices: Device[] = []
  #identities = 0

  constructor(parts: RunParts, id: string, role: RunRole) {
    this.#parts = parts
    this.#id = id
    this.#role = role
  }

  get account() {
    return this.#parts.target.account
  }
  get region() {
    return this.#parts.target.region
  }
  get iot() {
    return this.#parts.clients.iot
  }
  get data() {
    return this.#parts.clients.data
  }
  get jobs() {
    return this.#parts.clients.jobs
  }
  get iam() {
    return this.#parts.clients.iam
  }
  get s3() {
    return this.#parts.clients.s3
  }
  /** How long is waited for what must not come, beyond what came, in milliseconds. */
  get settleMs() {
    return this.#parts.settleMs
  }
  /** Aborted where the run is. */
  get signal() {
    return this.#parts.signal
  }
  get target() {
    return this.#parts.target
  }
  get counter() {
    return this.#parts.counter
  }

  readonly name = (suffix: string): string => {
    return `${this.#parts.prefix}${this.#id}${suffix === '' ? '' : `-${suffix}`}`
  }

  readonly ruleName = (suffix: string): string => {
    return underscored(this.name(suffix))
  }

  readonly arn = (tail: string): string => {
    return `arn:aws:iot:${this.region}:${this.account}:${tail}`
  }

  readonly role = (): Promise<string> => {
    return this.#role.make(this.#parts)
  }

  readonly note = (kind: Parameters<Guard['note']>[0], name: string): void => {
    this.#parts.guard.note(kind, name)
  }

  readonly noteCertificate = (certificateSigningRequest: string): void => {
    this.#parts.guard.noteCertificate(certificateSigningRequest)
  }

  readonly identity = async ({ policy }: { policy?: string } = {}): Promise<Identity> => {
    this.#identities += 1
    const policyName = this.name(`policy-${this.#identities}`)
    const { key, request: certificateSigningRequest } = await makeRequest(this.name('device'))
    const issued = await this.iot.send(
      new iot.CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }),
    )
    const { certificateArn = '', certificateId = '', certificatePem = '' } = issued
    await this.iot.send(new iot.CreatePolicyCommand({ policyName, policyDocument: policy ?? this.#ownPolicy() }))
    await this.iot.send(new iot.AttachPolicyCommand({ policyName, target: certificateArn }))
    return { key, cert: certificatePem, certificateId, certificateArn }
  }

  /** Everything with what begins with the prefix, and with the reserved topics of things that do. */
  #ownPolicy(): string {
    const { prefix } = this.#parts
    const topics = [`${prefix}*`, `$aws/things/${prefix}*`, `$aws/commands/things/${prefix}*`, `$share/*/${prefix}*`]
    const all = (kind: string) => topics.map((topic) => this.arn(`${kind}/${topic}`))
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: this.arn(`client/${prefix}*`) },
        { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive', 'iot:RetainPublish'], Resource: all('topic') },
        { Effect: 'Allow', Action: 'iot:Subscribe', Resource: all('topicfilter') },
      ],
    })
  }

  readonly device = async ({
    identity,
    ...options
  }: DeviceOptions & { readonly identity?: Identity }): Promise<Device> => {
    const who = identity ?? (await this.identity())
    const { device } = await this.until(`${options.clientId} may connect`, async () => {
      const connection = await this.connect(who, options)
      return connection.isOpen ? connection : undefined
    })
    return device
  }

  /** Connects once, however that ends. */
  readonly connect = async (identity: Identity, options: DeviceOptions): Promise<Connection> => {
    return this.opened(connectByCertificate(this.#parts.target, identity, options, this.#parts.counter))
  }

  /** Has the connection closed when the check is over. */
  readonly opened = async (connecting: Promise<Connection>): Promise<Connection> => {
    this.#parts.signal.throwIfAborted()
    const connection = await connecting
    if (connection.isOpen) this.#devices.push(connection.device)
    return connection
  }

  readonly refused = async (call: Promise<unknown>): Promise<Refusal | 'not refused'> => {
    try {
      await call
      return 'not refused'
    } catch (error) {
      if (!isAwsError(error)) throw error
      return { error: error.name, status: error.$metadata.httpStatusCode, words: error.message }
    }
  }

  readonly until = async <Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> => {
    const deadlineMs = performance.now() + CONSISTENT_MS
    let answer = await ask()
    for (let pauseMs = 25; answer === undefined; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      if (performance.now() > deadlineMs) throw new Error(`It was waited in vain for: ${what}`)
      this.#parts.signal.throwIfAborted()
      await pause(pauseMs)
      answer = await this.#parts.counter.repeating(ask)
    }
    return answer
  }

  /** Everything that the device was sent so far has come, as far as one can tell. */
  readonly settled = async (device: Device): Promise<void> => {
    const topic = `${this.name('settled')}/${device.client.options.clientId}`
    await device.subscribe(topic)
    await device.publish(topic, 'settled')
    await device.next(topic)
    if (this.#parts.settleMs > 0) await pause(this.#parts.settleMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#devices.map((device) => device[Symbol.asyncDispose]()))
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const isAwsError = (error: unknown): error is Error & { readonly $metadata: { readonly httpStatusCode?: number } } =>
  error instanceof Error && '$metadata' in error
