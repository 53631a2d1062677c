import {
  CreateProvisioningTemplateCommand,
  DescribeThingRegistrationTaskCommand,
  paginateListThingRegistrationTasks,
  RegisterThingCommand,
  StartThingRegistrationTaskCommand,
} from '@aws-sdk/client-iot'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { MqttClient } from 'mqtt'
import { Finding } from '../attack.ts'
import { eventually } from '../patience.ts'
import type { Account, Clients } from '../visit.ts'
import type { Writer } from '../writers.ts'
import { Births, BORN, POLICY, templateBody } from './births.ts'
import { Asked, compareSets } from './sets.ts'
import { signingRequest } from './signing-request.ts'

/** Nobody has defined it: it may do everything here. */
const ANY_ROLE = 'arn:aws:iam::123456789012:role/never-defined'

/** Registers one thing after the other. */
export class Registrations implements Writer {
  readonly #births: Births
  #request = ''
  #size = 0

  constructor(births: Births) {
    this.#births = births
  }

  async begin(account: Account): Promise<void> {
    this.#request = await signingRequest()
    await this.#births.begin(account)
  }

  async write({ iot }: Clients, index: number): Promise<void> {
    const Name = `${BORN}registered-${index}`
    this.#births.asked.add(Name)
    await iot.send(new RegisterThingCommand({ templateBody, parameters: { Name, CSR: this.#request } }))
    this.#births.acknowledged.add(Name)
    this.#size += 1
  }

  /** Those of claims and of files are looked at with them. */
  async check({ iot }: Account): Promise<void> {
    await this.#births.check(iot)
  }

  get size(): number {
    return this.#size
  }
}

const CREATE = '$aws/certificates/create-from-csr/json'
const PROVISION = '$aws/provisioning-templates/claims/provision/json'

interface Answer {
  readonly topic: string
  readonly document: Readonly<Record<string, string>>
}

/** Has devices born by claim, whose token is spent with that, and with nothing else. */
export class Claims implements Writer {
  readonly #births: Births
  #request = ''
  #size = 0
  /** What was asked for last, and whether that was answered. */
  #last: { readonly token: string; readonly name: string; isAccepted: boolean } | undefined
  #device: { readonly server: Account['server']; readonly mqtt: MqttClient } | undefined
  #onAnswer: (answer: Answer) => void = () => {}

  constructor(births: Births) {
    this.#births = births
  }

  async begin({ iot }: Account): Promise<void> {
    this.#request = await signingRequest()
    await iot.send(
      new CreateProvisioningTemplateCommand({
        templateName: 'claims',
        enabled: true,
        provisioningRoleArn: ANY_ROLE,
        templateBody: JSON.stringify({
          Parameters: { Name: { Type: 'String' } },
          Resources: {
            thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'Name' } } },
            certificate: {
              Type: 'AWS::IoT::Certificate',
              Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
            },
            policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: POLICY } },
          },
        }),
      }),
    )
  }

  async write(clients: Clients, index: number): Promise<void> {
    const created = await this.#ask(clients, CREATE, { certificateSigningRequest: this.#request })
    const token = created.document.certificateOwnershipToken ?? ''
    const last = { token, name: `${BORN}claimed-${index}`, isAccepted: false }
    this.#last = last
    this.#births.asked.add(last.name)
    const { topic, document } = await this.#provision(clients, last)
    if (!topic.endsWith('/accepted')) throw new Finding(`A birth was refused: ${JSON.stringify(document)}`)
    last.isAccepted = true
    this.#births.acknowledged.add(last.name)
    this.#size += 1
  }

  /** The last token was spent with the birth, and is good where there was none. */
  async check(account: Account): Promise<void> {
    const last = this.#last
    if (!last) return
    const { topic, document } = await this.#provision(account, last)
    const isBorn = topic.endsWith('/accepted')
    if (isBorn && last.isAccepted) throw new Finding(`The token of ${last.name} was taken twice`)
    if (!isBorn && document.errorCode !== 'InvalidCertificateOwnershipToken') {
      throw new Finding(`The token of ${last.name} was refused otherwise: ${JSON.stringify(document)}`)
    }
    // Accepted now, or refused as it was spent before the end: it is there either way.
    this.#births.acknowledged.add(last.name)
    this.#last = undefined
  }

  get size(): number {
    return this.#size
  }

  #provision(account: Account, { token, name }: { readonly token: string; readonly name: string }): Promise<Answer> {
    return this.#ask(account, PROVISION, { certificateOwnershipToken: token, parameters: { Name: name } })
  }

  async #ask({ server, identity }: Account, topic: string, request: object): Promise<Answer> {
    if (this.#device?.server !== server) {
      const mqtt = await server.connect(identity, { clientId: 'claiming' }, (answered, payload) =>
        this.#onAnswer({ topic: answered, document: JSON.parse(payload.toString()) }),
      )
      this.#device = { server, mqtt }
    }
    const { mqtt } = this.#device
    const answer = Promise.withResolvers<Answer>()
    this.#onAnswer = answer.resolve
    const onClose = () => answer.reject(new Error('The server closed the connection'))
    mqtt.once('close', onClose)
    try {
      mqtt.publish(topic, JSON.stringify(request), { qos: 1 })
      return await answer.promise
    } finally {
      mqtt.off('close', onClose)
    }
  }
}

const BUCKET = 'factory'
const LINES = 10

/** Registers many things by a file. There is one such task at a time, which goes on where it was. */
export class RegistrationTasks implements Writer {
  readonly #births: Births
  readonly #tasks = new Asked()
  readonly #ended = new Set<string>()
  #request = ''

  constructor(births: Births) {
    this.#births = births
  }

  async begin({ s3 }: Account): Promise<void> {
    this.#request = await signingRequest()
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  }

  async write(clients: Clients, index: number): Promise<void> {
    const { iot, s3 } = clients
    const names = Array.from({ length: LINES }, (_, line) => `${BORN}of-file-${index}-${line}`)
    const inputFileKey = `${index}.json`
    const Body = names.map((Name) => `${JSON.stringify({ Name, CSR: this.#request })}\n`).join('')
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: inputFileKey, Body }))
    for (const name of names) this.#births.asked.add(name)
    const { taskId = '' } = await iot.send(
      new StartThingRegistrationTaskCommand({ templateBody, inputFileBucket: BUCKET, inputFileKey, roleArn: ANY_ROLE }),
    )
    this.#tasks.acknowledged.add(taskId)
    await this.#completed(clients, taskId)
    for (const name of names) this.#births.acknowledged.add(name)
  }

  async check(account: Account): Promise<void> {
    const found = new Set<string>()
    for await (const page of paginateListThingRegistrationTasks({ client: account.iot, pageSize: 250 }, {})) {
      for (const taskId of page.taskIds ?? []) found.add(taskId)
    }
    compareSets('registration tasks', found, { asked: found, acknowledged: this.#tasks.acknowledged })
    for (const taskId of found.difference(this.#ended)) {
      const { inputFileKey = '' } = await this.#completed(account, taskId)
      const index = Number.parseInt(inputFileKey, 10)
      for (let line = 0; line < LINES; line += 1) this.#births.acknowledged.add(`${BORN}of-file-${index}-${line}`)
    }
  }

  get size(): number {
    return this.#ended.size
  }

  async #completed({ iot }: Account, taskId: string) {
    const task = await eventually(`registration task ${taskId} ends`, async () => {
      const task = await iot.send(new DescribeThingRegistrationTaskCommand({ taskId }))
      return task.status === 'InProgress' ? undefined : task
    })
    const { status, successCount, failureCount, message } = task
    if (status !== 'Completed' || successCount !== LINES || failureCount !== 0) {
      throw new Finding(`A registration task is ${status}, ${successCount} done, ${failureCount} failed: ${message}`)
    }
    this.#ended.add(taskId)
    return task
  }
}

/** Devices are born by `RegisterThing`, by claim, and many by a file: all are looked at when those of files are there. */
export function births(): readonly Writer[] {
  const born = new Births()
  return [new RegistrationTasks(born), new Claims(born), new Registrations(born)]
}
