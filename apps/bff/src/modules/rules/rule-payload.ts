import type { TopicRule } from '@aws-sdk/client-iot'
import type { RulePayload } from '@thingdeck/contract'

/** As it would be sent back. */
export function payloadOf(rule: TopicRule): RulePayload {
  const { sql = '', description, actions = [], ruleDisabled = false, awsIotSqlVersion, errorAction } = rule
  return {
    sql,
    ...(description !== undefined && { description }),
    // The SDK's types have each member as perhaps undefined; what AWS sent is what AWS took.
    actions: actions as RulePayload['actions'],
    ruleDisabled,
    ...(awsIotSqlVersion !== undefined && { awsIotSqlVersion }),
    ...(errorAction && { errorAction: errorAction as NonNullable<RulePayload['errorAction']> }),
  }
}
