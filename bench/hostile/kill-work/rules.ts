import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { CreateTableCommand, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb'
import { type Action, CreateTopicRuleCommand, ListTopicRuleDestinationsCommand } from '@aws-sdk/client-iot'
import { CreateBucketCommand, HeadObjectCommand, NotFound, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { Finding } from '../attack.ts'
import { eventually } from '../patience.ts'
import type { Account, Clients } from '../visit.ts'
import type { Writer } from '../writers.ts'
import { Asked, compareSets } from './sets.ts'

const roleArn = 'arn:aws:iam::123456789012:role/never-defined'
/** The rule whose actions are done, and all that it writes to. */
const WRITTEN = 'written'
/** The rule whose action fails. */
const FAILING = 'failing'

/**
 * Publishes what a rule writes to a table, a bucket, a queue, and to an endpoint that refuses everything once; and what
 * another rule cannot write, which goes to its error action. What is there stays there. Actions that are under way when
 * the server ends are lost (docs/local.md): acknowledged is what was seen.
 */
export class RuleActions implements Writer {
  readonly #items = new Asked()
  readonly #objects = new Asked()
  /** Ids that came to the queue. */
  readonly #queued = new Set<string>()
  /** `RULE ID` of what came to the error action. */
  readonly #failed = new Set<string>()
  /** Messages of queues that were deleted there. */
  readonly #deleted = new Set<string>()
  readonly #endpoint = new Endpoint()
  #queues = { [WRITTEN]: '', errors: '' }

  async begin({ iot, dynamodb, s3, sqs }: Account): Promise<void> {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: WRITTEN,
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    )
    await s3.send(new CreateBucketCommand({ Bucket: WRITTEN }))
    const queue = async (QueueName: string) => (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? ''
    this.#queues = { [WRITTEN]: await queue(WRITTEN), errors: await queue('errors') }
    const url = await this.#endpoint.open()
    const errorAction = { sqs: { roleArn, queueUrl: this.#queues.errors } }
    const rule = (ruleName: string, actions: Action[]) =>
      iot.send(
        new CreateTopicRuleCommand({
          ruleName,
          topicRulePayload: { sql: "SELECT * FROM 'work/rule'", actions, errorAction },
        }),
      )
    await rule(WRITTEN, [
      { dynamoDBv2: { roleArn, putItem: { tableName: WRITTEN } } },
      { s3: { roleArn, bucketName: WRITTEN, key: '${id}' } },
      { sqs: { roleArn, queueUrl: this.#queues[WRITTEN] } },
      { http: { url, confirmationUrl: url } },
    ])
    await rule(FAILING, [{ s3: { roleArn, bucketName: 'never-made', key: '${id}' } }])
    await eventually('a destination is confirmed', async () => {
      const { destinationSummaries = [] } = await iot.send(new ListTopicRuleDestinationsCommand({}))
      return destinationSummaries.some(({ status }) => status === 'ENABLED') || undefined
    })
  }

  async write(clients: Clients, index: number): Promise<void> {
    const { publisher, dynamodb, s3 } = clients
    const id = String(index)
    for (const { asked } of [this.#items, this.#objects]) asked.add(id)
    await publisher.publishAsync('work/rule', JSON.stringify({ id }), { qos: 1 })
    await eventually(`a rule has done its actions for ${id}`, async () => {
      await this.#receive(clients)
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: WRITTEN, Key: { id: { S: id } } }))
      if (Item) this.#items.acknowledged.add(id)
      if (await isThere(s3.send(new HeadObjectCommand({ Bucket: WRITTEN, Key: id }))))
        this.#objects.acknowledged.add(id)
      const sets = [this.#items.acknowledged, this.#objects.acknowledged, this.#queued, this.#endpoint.taken]
      // On a busy machine an action may be late, which the error action tells of.
      const isDone = sets.every((set) => set.has(id)) || this.#failed.has(`${WRITTEN} ${id}`)
      return (isDone && this.#failed.has(`${FAILING} ${id}`)) || undefined
    })
  }

  async check(account: Account): Promise<void> {
    const items = new Set<string>()
    for await (const { Items = [] } of paginateScan({ client: account.dynamodb }, { TableName: WRITTEN })) {
      for (const { id } of Items) items.add(id?.S ?? '')
    }
    compareSets('items of a table', items, this.#items)
    const objects = new Set<string>()
    for await (const { Contents = [] } of paginateListObjectsV2({ client: account.s3 }, { Bucket: WRITTEN })) {
      for (const { Key = '' } of Contents) objects.add(Key)
    }
    compareSets('objects of a bucket', objects, this.#objects)
    await this.#receive(account)
    const { asked } = this.#items
    const failed = new Set([...this.#failed].map((each) => each.slice(each.indexOf(' ') + 1)))
    for (const came of [this.#queued, failed, this.#endpoint.taken]) {
      compareSets('what came from rules', came, { asked, acknowledged: new Set() })
    }
  }

  end(): void {
    this.#endpoint.close()
  }

  get size(): number {
    return this.#items.size
  }

  /** Takes all that queues have: what was deleted there is never to be seen again. */
  async #receive({ sqs }: Account): Promise<void> {
    for (const name of [WRITTEN, 'errors'] as const) {
      const QueueUrl = this.#queues[name]
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
        if (Messages.length === 0) break
        for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
          if (this.#deleted.has(MessageId)) throw new Finding(`A message that was deleted came again: ${Body}`)
          this.#take(JSON.parse(Body))
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
          this.#deleted.add(MessageId)
        }
      }
    }
  }

  /** What a rule selected, or the document of its error action. */
  #take(document: { readonly id?: string; readonly ruleName?: string; readonly base64OriginalPayload?: string }): void {
    const { id = '', ruleName, base64OriginalPayload = '' } = document
    if (ruleName === undefined) this.#queued.add(id)
    else this.#failed.add(`${ruleName} ${JSON.parse(Buffer.from(base64OriginalPayload, 'base64').toString()).id}`)
  }
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked
    return true
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
}

/** Answers everything 503 once, and takes it when it is tried again. */
class Endpoint {
  readonly taken = new Set<string>()
  readonly #refused = new Set<string>()
  readonly #server: Server = createServer((request, response) => {
    // A server that ends in the middle of a request leaves half of it.
    this.#answer(request, response).catch(() => response.destroy())
  })

  /** @returns its URL */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as { readonly id?: string; readonly enableUrl?: string }
    if (body.enableUrl !== undefined) await fetch(body.enableUrl)
    const { id } = body
    const isFirst = id !== undefined && !this.#refused.has(id)
    if (isFirst) this.#refused.add(id)
    else if (id !== undefined) this.taken.add(id)
    response.writeHead(isFirst ? 503 : 200).end()
  }
}
