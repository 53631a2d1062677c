import type { AuditChange, ClearedTopic, RetainedMessage } from '@thingdeck/contract'
import { decodeUtf8 } from '@thingdeck/json'
import { validateTopicName } from '@thingdeck/topics'
import { isNamed } from '../../aws/error-name.ts'
import { someAtOnce } from '../../some-at-once.ts'
import type { RetainedMessages } from './retained-messages.ts'

/** So many at once. AWS takes 500 retained messages a second of an account, and as many questions for one. */
const AT_ONCE = 10

export interface TopicToClear {
  readonly topic: string
  /** ISO 8601, as it was seen. */
  readonly lastModified?: string | undefined
}

/** Of one topic: what is answered, and what was retained there where it was, or could not be, taken away. */
export interface Clearing {
  readonly cleared: ClearedTopic
  readonly before?: RetainedMessage
}

/**
 * Clears one topic after another, several at a time; a topic that fails keeps no other from being cleared. What was
 * published since it was seen is left alone. AWS has no condition for that, so a message that comes between the look and
 * the clearing is lost.
 * @returns in the order of `topics`
 */
export async function clearTopics(
  retained: Pick<RetainedMessages, 'get' | 'clear'>,
  topics: readonly TopicToClear[],
): Promise<readonly Clearing[]> {
  return someAtOnce(topics, AT_ONCE, (topic) => clearOne(retained, topic))
}

async function clearOne(
  retained: Pick<RetainedMessages, 'get' | 'clear'>,
  { topic, lastModified }: TopicToClear,
): Promise<Clearing> {
  const problem = validateTopicName(topic)
  if (problem) return { cleared: { topic, outcome: 'failed', code: 'BAD_REQUEST', message: `${problem.message}.` } }
  let before: RetainedMessage | undefined
  try {
    before = await retained.get(topic)
    if (lastModified !== undefined && Date.parse(lastModified) !== Date.parse(before.lastModified)) {
      return { cleared: { topic, outcome: 'changed' } }
    }
    await retained.clear(topic)
    return { cleared: { topic, outcome: 'cleared' }, before }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { cleared: { topic, outcome: 'none' } }
    const { name, message } = error as Error
    return { cleared: { topic, outcome: 'failed', code: name, message }, ...(before && { before }) }
  }
}

/** What was retained, as the trail keeps values: a JSON document as it is, other text as a string, bytes as base64. */
export function changeOf({ payload }: RetainedMessage): AuditChange {
  const bytes = Buffer.from(payload, 'base64')
  return { path: '$.payload', beforeText: jsonOf(bytes) ?? JSON.stringify({ base64: payload }) }
}

function jsonOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined) return undefined
  try {
    JSON.parse(text)
    return text
  } catch {
    return JSON.stringify(text)
  }
}
