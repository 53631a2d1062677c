import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { MqttClient } from 'mqtt'
import { PERSISTENT } from './receivers.ts'
import type { Identity, Victim } from './server.ts'

export const FICKLE = 'fickle'

/** How an account is reached while one server has it. */
export class Account implements Disposable {
  readonly server: Victim
  readonly identity: Identity
  readonly iot: IoTClient
  readonly data: IoTDataPlaneClient
  readonly jobs: IoTJobsDataPlaneClient
  readonly dynamodb: DynamoDBClient
  readonly s3: S3Client
  readonly sqs: SQSClient

  /** @param maxAttempts 1 for who is to learn of each call whether it was answered; left out, as the SDK has it */
  constructor(server: Victim, identity: Identity, maxAttempts?: 1) {
    this.server = server
    this.identity = identity
    const config = { ...server.sdk, ...(maxAttempts && { maxAttempts }) }
    this.iot = new IoTClient(config)
    this.data = new IoTDataPlaneClient(config)
    this.jobs = new IoTJobsDataPlaneClient(config)
    this.dynamodb = new DynamoDBClient(config)
    this.s3 = new S3Client({ ...config, forcePathStyle: true })
    this.sqs = new SQSClient(config)
  }

  [Symbol.dispose](): void {
    for (const client of [this.iot, this.data, this.jobs, this.dynamodb, this.s3, this.sqs]) client.destroy()
  }
}

/** How a writer reaches the server of a round, which is going to end in the middle of it. */
export class Clients extends Account {
  /** A client whose session ends with it. */
  readonly publisher: MqttClient
  /** A client with a persistent session, of the id {@link FICKLE}. */
  readonly fickle: MqttClient

  private constructor(server: Victim, identity: Identity, publisher: MqttClient, fickle: MqttClient) {
    super(server, identity, 1)
    this.publisher = publisher
    this.fickle = fickle
  }

  static async connect(server: Victim, identity: Identity): Promise<Clients> {
    const publisher = await server.connect(identity, { clientId: 'publisher' })
    return new Clients(server, identity, publisher, await server.connect(identity, { clientId: FICKLE, ...PERSISTENT }))
  }

  override [Symbol.dispose](): void {
    for (const mqtt of [this.publisher, this.fickle]) mqtt.end(true)
    super[Symbol.dispose]()
  }
}
