import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { FirehoseClient, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose'
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn'
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { RuleTarget, RuleTargetKind, RuleTargets } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'

/** One page of what there is of a kind, and what leads to the next. */
interface Page {
  readonly targets: readonly RuleTarget[]
  readonly next: string | undefined
}

type ReadPage = (next: string | undefined) => Promise<Page>

/** Of an account with thousands of queues the first are shown; what is not among them is typed. */
const MOST_PAGES = 10

/** Clients that the console has for nothing else. */
export interface TargetClients {
  readonly sqs: SQSClient
  readonly sns: SNSClient
  readonly dynamodb: DynamoDBClient
  readonly kinesis: KinesisClient
  readonly firehose: FirehoseClient
  readonly sfn: SFNClient
}

export const targetClients = ({ client }: Aws): TargetClients => ({
  sqs: client((options) => new SQSClient(options)),
  sns: client((options) => new SNSClient(options)),
  dynamodb: client((options) => new DynamoDBClient(options)),
  kinesis: client((options) => new KinesisClient(options)),
  firehose: client((options) => new FirehoseClient(options)),
  sfn: client((options) => new SFNClient(options)),
})

/**
 * What there is of a kind, by its name.
 * @throws AWS's own errors
 */
export async function listTargets(
  kind: RuleTargetKind,
  aws: Pick<Aws, 'lambda' | 's3' | 'logs'>,
  clients: TargetClients,
): Promise<Pick<RuleTargets, 'targets' | 'isAll'>> {
  const readPage = pagesOf(aws, clients)[kind]
  const found: RuleTarget[] = []
  let next: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await readPage(next)
    found.push(...page.targets)
    next = page.next || undefined
    if (next === undefined) break
  }
  return {
    targets: found.toSorted((one, other) => one.name.localeCompare(other.name)),
    isAll: next === undefined,
  }
}

const named = (names: readonly (string | undefined)[] | undefined): RuleTarget[] =>
  (names ?? []).flatMap((name) => (name === undefined ? [] : [{ name, value: name }]))

/** With the last part of each ARN, or URL, for its name. */
const ofAddress = (addresses: readonly (string | undefined)[], separator: '/' | ':'): RuleTarget[] =>
  addresses.flatMap((value) =>
    value === undefined ? [] : [{ value, name: value.slice(value.lastIndexOf(separator) + 1) }],
  )

/** How each kind is listed. What AWS IoT takes none of, FIFO queues and topics, is left out. */
function pagesOf(
  { lambda, s3, logs }: Pick<Aws, 'lambda' | 's3' | 'logs'>,
  { sqs, sns, dynamodb, kinesis, firehose, sfn }: TargetClients,
): Readonly<Record<RuleTargetKind, ReadPage>> {
  const isFifo = ({ name }: RuleTarget) => name.endsWith('.fifo')
  return {
    async queue(NextToken) {
      const page = await sqs.send(new ListQueuesCommand({ MaxResults: 1_000, NextToken }))
      const targets = ofAddress(page.QueueUrls ?? [], '/').filter((target) => !isFifo(target))
      return { targets, next: page.NextToken }
    },
    async topic(NextToken) {
      const page = await sns.send(new ListTopicsCommand({ NextToken }))
      const arns = (page.Topics ?? []).map(({ TopicArn }) => TopicArn)
      return { targets: ofAddress(arns, ':').filter((target) => !isFifo(target)), next: page.NextToken }
    },
    async table(ExclusiveStartTableName) {
      const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName, Limit: 100 }))
      return { targets: named(page.TableNames), next: page.LastEvaluatedTableName }
    },
    async bucket() {
      const page = await s3.send(new ListBucketsCommand({}))
      return { targets: named(page.Buckets?.map(({ Name }) => Name)), next: undefined }
    },
    async stream(ExclusiveStartStreamName) {
      const page = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName, Limit: 100 }))
      const targets = named(page.StreamNames)
      return { targets, next: page.HasMoreStreams ? targets.at(-1)?.value : undefined }
    },
    async 'delivery-stream'(ExclusiveStartDeliveryStreamName) {
      const page = await firehose.send(new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName, Limit: 100 }))
      const targets = named(page.DeliveryStreamNames)
      return { targets, next: page.HasMoreDeliveryStreams ? targets.at(-1)?.value : undefined }
    },
    async function(Marker) {
      const page = await lambda.send(new ListFunctionsCommand({ Marker }))
      const arns = (page.Functions ?? []).map(({ FunctionArn }) => FunctionArn)
      return { targets: ofAddress(arns, ':'), next: page.NextMarker }
    },
    async 'state-machine'(nextToken) {
      const page = await sfn.send(new ListStateMachinesCommand({ nextToken, maxResults: 100 }))
      return { targets: named(page.stateMachines?.map(({ name }) => name)), next: page.nextToken }
    },
    async 'log-group'(nextToken) {
      const page = await logs.send(new DescribeLogGroupsCommand({ nextToken, limit: 50 }))
      return { targets: named(page.logGroups?.map(({ logGroupName }) => logGroupName)), next: page.nextToken }
    },
  }
}
