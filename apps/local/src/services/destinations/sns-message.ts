import { AwsError } from '@thingdeck/aws-api'
import type { ForwardedRequest } from '../../foundation/forwarded-api.ts'
import { queryMembers } from './needs/request-members.ts'

/** Where a message of `PublishBatch` begins. */
const ENTRY = /^(PublishBatchRequestEntries\.member\.\d+\.)Id$/
/** Where a message stands: that of `Publish`, and those of `PublishBatch`. */
const STRUCTURE = /^(PublishBatchRequestEntries\.member\.\d+\.)?MessageStructure$/

/**
 * A publication to SNS as the server behind takes it, which delivers to queues alone: of a message with a text for each
 * protocol, that for SQS. A topic that is named as the target is named as the topic.
 * @throws {AwsError} InvalidParameter for a message that has no such texts, and for an empty one of a batch, which would
 *   be neither delivered nor refused
 * @see Amazon SNS API Reference, "Publish", MessageStructure
 */
export function forQueues(request: ForwardedRequest): ForwardedRequest {
  const members = new Map(queryMembers(request)) // as policies were asked: of a member that is there twice, the last
  if (!members.get('Action')?.startsWith('Publish')) return request
  for (const [name] of members) {
    const [, entry] = ENTRY.exec(name) ?? []
    if (entry !== undefined && !members.get(`${entry}Message`)) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message')
    }
  }
  for (const [name, value] of [...members]) {
    const found = STRUCTURE.exec(name)
    if (!found) continue
    const [, entry = ''] = found
    if (value !== 'json') throw new AwsError('InvalidParameter', 'Invalid parameter: MessageStructure')
    members.set(`${entry}Message`, textForSqs(members.get(`${entry}Message`) ?? ''))
    members.delete(name)
  }
  const target = members.get('TargetArn')
  if (target !== undefined && !members.has('TopicArn')) members.set('TopicArn', target)
  return { ...request, body: Buffer.from(new URLSearchParams([...members]).toString()) }
}

function textForSqs(message: string): string {
  const { sqs, default: text } = textsOf(message)
  if (typeof text !== 'string') throw refused('No default entry in JSON message body')
  return typeof sqs === 'string' ? sqs : text
}

function textsOf(message: string): { readonly sqs?: unknown; readonly default?: unknown } {
  try {
    return Object(JSON.parse(message))
  } catch {
    throw refused('JSON message body failed to parse')
  }
}

const refused = (why: string) => new AwsError('InvalidParameter', `Invalid parameter: Message Structure - ${why}`)
