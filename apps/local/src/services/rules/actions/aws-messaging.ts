import { isUtf8 } from 'node:buffer'
import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, render } from './action.ts'
import type { AwsActionShape } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'

const SQS: AwsTarget = {
  title: 'Amazon SQS',
  variable: 'AWS_ENDPOINT_URL_SQS',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-sqs')).SQSClient(settings),
}

const SNS: AwsTarget = {
  title: 'Amazon SNS',
  variable: 'AWS_ENDPOINT_URL_SNS',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-sns')).SNSClient(settings),
}

/** @see AWS IoT developer guide, "SQS" */
export function sqsAction(
  { queueUrl, useBase64, roleArn }: ActionSettings<'sqs'>,
  options: ActionOptions,
): AwsActionShape {
  const url = options.template('queueUrl', queueUrl)
  return {
    label: 'SqsAction',
    failure: 'Failed to send SQS message',
    target: SQS,
    roleArn,
    call: async (execution) => {
      const QueueUrl = await render(url, execution)
      if (!useBase64 && !isUtf8(execution.output)) {
        throw new ActionFailure(QueueUrl, 'The message is no text: SQS takes it with useBase64, or encoded in the SQL.')
      }
      const MessageBody = Buffer.from(execution.output).toString(useBase64 ? 'base64' : 'utf8')
      return {
        resource: QueueUrl,
        permissions: actionPermissions('sqs', { queueUrl: QueueUrl }, homeOf(options.account)),
        resources: { QueueUrl },
        region: /^https?:\/\/sqs\.([a-z0-9-]+)\.amazonaws\./.exec(QueueUrl)?.[1],
        words: `Action: sqs, Queue URL: ${QueueUrl}`,
        send: async (client) => {
          const { SendMessageCommand } = await import('@aws-sdk/client-sqs')
          await client.send(new SendMessageCommand({ QueueUrl, MessageBody }))
        },
      }
    },
  }
}

/** @see AWS IoT developer guide, "SNS" */
export function snsAction(
  { targetArn, messageFormat, roleArn }: ActionSettings<'sns'>,
  options: ActionOptions,
): AwsActionShape {
  const arn = options.template('targetArn', targetArn)
  return {
    label: 'SnsAction',
    failure: 'Failed to publish to SNS',
    target: SNS,
    roleArn,
    call: async (execution) => {
      const TargetArn = await render(arn, execution)
      const Message = Buffer.from(execution.output).toString()
      return {
        resource: TargetArn,
        permissions: actionPermissions('sns', { targetArn: TargetArn }, homeOf(options.account)),
        resources: { TargetArn },
        words: `Action: sns, Target ARN: ${TargetArn}`,
        send: async (client) => {
          const { PublishCommand } = await import('@aws-sdk/client-sns')
          const to = /:endpoint\//.test(TargetArn) ? { TargetArn } : { TopicArn: TargetArn }
          const structure = messageFormat === 'JSON' ? { MessageStructure: 'json' } : {}
          await client.send(new PublishCommand({ ...to, Message, ...structure }))
        },
      }
    },
  }
}
