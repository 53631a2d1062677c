import { type Action, CreateTopicRuleCommand, type IoTClient, type TopicRulePayload } from '@aws-sdk/client-iot'
import type { TestClient } from './mqtt-client.ts'

/** A role that nobody has defined may do everything here. */
export const ANY_ROLE = 'arn:aws:iam::123456789012:role/rules-of-nobody-defined'

export const SQL_VERSION = '2016-03-23'

export const republish = (topic: string, more: Partial<NonNullable<Action['republish']>> = {}): Action => ({
  republish: { topic, roleArn: ANY_ROLE, qos: 1, ...more },
})

export type MakeRule = (sql: string, actions: Action[], more?: Partial<TopicRulePayload>) => Promise<string>

/** What makes rules of the newer version, each under a name of its own, which it answers. */
export function ruleMaker(iot: () => IoTClient): MakeRule {
  let rules = 0
  return async (sql, actions, more = {}) => {
    rules += 1
    const ruleName = `rule_${rules}`
    const topicRulePayload = { sql, actions, awsIotSqlVersion: SQL_VERSION, ...more }
    await iot().send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
    return ruleName
  }
}

/**
 * The next error document, republished to `failed`, of a message that arrived on `topic`; those of other topics stay
 * where they are, so that a failure that comes late passes for nobody else's.
 */
export async function errorDocumentOf(topic: string, { inbox }: Pick<TestClient, 'inbox'>) {
  const isOfTopic = (text: string) => JSON.parse(text).topic === topic
  return JSON.parse((await inbox.take((message) => message.topic === 'failed' && isOfTopic(message.text))).text)
}
