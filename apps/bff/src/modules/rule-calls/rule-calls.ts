import { type AttributeValue, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { type BodyOf, type endpoints, MOST_RULE_CALL_BYTES, type RuleCallAnswer } from '@thingdeck/contract'
import {
  LAMBDA_TIMEOUT_MS,
  Numbers,
  parseJsonValue,
  stringifyValue,
  valueOfDynamodbAttribute,
} from '@thingdeck/rules-sql'
import type { Aws } from '../../aws/aws.ts'
import { httpStatusOf } from '../../aws/error-name.ts'
import { whyUnread } from '../../aws/why-unread.ts'

/** DynamoDB answers in milliseconds: whoever waits longer is told. */
const ITEM_TIMEOUT_MS = 5_000

/** Functions that ask are there since this version. */
const NUMBERS = Numbers.of('2016-03-23')

export const itemClient = ({ client }: Aws): DynamoDBClient => client((options) => new DynamoDBClient(options))

/**
 * Runs a function, really, and waits as long as AWS IoT does.
 * @throws what AWS did not answer itself, such as a network that is down
 */
export const callFunction = (
  lambda: LambdaClient,
  { functionArn: FunctionName, payload }: BodyOf<typeof endpoints.callRuleFunction>,
): Promise<RuleCallAnswer> =>
  withinTime(LAMBDA_TIMEOUT_MS, async (abortSignal) => {
    const { Payload = new Uint8Array(), FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(payload) }),
      { abortSignal },
    )
    if (Payload.length > MOST_RULE_CALL_BYTES) return tooLarge(Payload.length)
    const text = Buffer.from(Payload).toString()
    if (FunctionError !== undefined) return { outcome: 'failed', answer: `${FunctionError}: ${text}` }
    // Of a function that returns nothing Lambda may send nothing, which is no JSON to a rule either.
    if (parseJsonValue(text, NUMBERS) === undefined) return { outcome: 'failed', answer: 'the answer is no JSON' }
    return { outcome: 'answered', answer: text }
  })

/**
 * Reads an item of a table; the answer is empty where there is none.
 * @throws as {@link callFunction}
 */
export const readItem = (
  dynamodb: DynamoDBClient,
  { tableName: TableName, key }: BodyOf<typeof endpoints.readRuleItem>,
): Promise<RuleCallAnswer> =>
  withinTime(ITEM_TIMEOUT_MS, async (abortSignal) => {
    const Key: Record<string, AttributeValue> = Object.fromEntries(key.map(({ name, value }) => [name, value]))
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }), { abortSignal })
    if (Item === undefined) return { outcome: 'answered', answer: '' }
    const answer = stringifyValue(valueOfDynamodbAttribute({ M: Item }))
    const bytes = Buffer.byteLength(answer)
    return bytes > MOST_RULE_CALL_BYTES ? tooLarge(bytes) : { outcome: 'answered', answer }
  })

async function withinTime(
  mostMs: number,
  call: (abortSignal: AbortSignal) => Promise<RuleCallAnswer>,
): Promise<RuleCallAnswer> {
  const abortSignal = AbortSignal.timeout(mostMs)
  try {
    return await call(abortSignal)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (abortSignal.aborted) return { outcome: 'failed', answer: `No answer came within ${mostMs} ms.` }
    const unread = whyUnread(error)
    if (unread) return { outcome: unread.outcome, answer: unread.message }
    if (httpStatusOf(error) === undefined) throw error
    return { outcome: 'failed', answer: `${error.name}: ${error.message}` }
  }
}

const tooLarge = (bytes: number): RuleCallAnswer => ({
  outcome: 'too-large',
  answer: `The answer has ${bytes} bytes, of which a rehearsal takes ${MOST_RULE_CALL_BYTES} at most.`,
})
