import { snsRequest, sqsRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
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

export const sqsAction = (settings: ActionSettings<'sqs'>, options: ActionOptions): AwsActionShape =>
  sentTo(SQS, sqsRequest(settings, options), async (client, { input }) => {
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs')
    await client.send(new SendMessageCommand(input))
  })

export const snsAction = (settings: ActionSettings<'sns'>, options: ActionOptions): AwsActionShape =>
  sentTo(SNS, snsRequest(settings, options), async (client, { input }) => {
    const { PublishCommand } = await import('@aws-sdk/client-sns')
    await client.send(new PublishCommand(input))
  })
