import { actionPermissions } from '@thingdeck/rules-sql'
import { ActionFailure } from './action-error.ts'
import { base64Of, isUtf8, textOf } from './bytes.ts'
import { type ActionOptions, type MatchedMessage, render } from './execution.ts'
import type { SnsSettings, SqsSettings } from './settings.ts'

/** @see AWS IoT developer guide, "SQS" */
export function sqsRequest({ queueUrl, useBase64, roleArn }: SqsSettings, options: ActionOptions) {
  const url = options.template('queueUrl', queueUrl)
  return {
    label: 'SqsAction',
    failure: 'Failed to send SQS message',
    roleArn,
    request: async (message: MatchedMessage) => {
      const QueueUrl = await render(url, message)
      if (!useBase64 && !isUtf8(message.output)) {
        throw new ActionFailure(QueueUrl, 'The message is no text: SQS takes it with useBase64, or encoded in the SQL.')
      }
      const MessageBody = useBase64 ? base64Of(message.output) : textOf(message.output)
      return {
        resource: QueueUrl,
        permissions: actionPermissions('sqs', { queueUrl: QueueUrl }, options.home),
        resources: { QueueUrl },
        region: /^https?:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(QueueUrl)?.[1],
        words: `Action: sqs, Queue URL: ${QueueUrl}`,
        operation: 'SendMessage' as const,
        input: { QueueUrl, MessageBody },
      }
    },
  }
}

/** @see AWS IoT developer guide, "SNS" */
export function snsRequest({ targetArn, messageFormat, roleArn }: SnsSettings, options: ActionOptions) {
  const arn = options.template('targetArn', targetArn)
  return {
    label: 'SnsAction',
    failure: 'Failed to publish to SNS',
    roleArn,
    request: async (message: MatchedMessage) => {
      const TargetArn = await render(arn, message)
      const Message = textOf(message.output)
      return {
        resource: TargetArn,
        permissions: actionPermissions('sns', { targetArn: TargetArn }, options.home),
        resources: { TargetArn },
        words: `Action: sns, Target ARN: ${TargetArn}`,
        operation: 'Publish' as const,
        input: {
          ...(/:endpoint\//.test(TargetArn) ? { TargetArn } : { TopicArn: TargetArn }),
          Message,
          ...(messageFormat === 'JSON' && { MessageStructure: 'json' }),
        },
      }
    },
  }
}
