import type { SNSClient } from '@aws-sdk/client-sns'
import type { Account } from '../../../foundation/account.ts'

/** A message for a topic. */
export interface Notification {
  readonly topicArn: string
  readonly subject: string
  readonly message: string
}

/** Does what an alarm's actions ask for. */
export interface AlarmActions {
  /** Rejects with what went wrong. */
  notify(notification: Notification): Promise<void>
  close(): void
}

/**
 * Publishes to topics of SNS, at the endpoint that whoever runs the server names: there is none here.
 * @param endpoint e.g. `http://localhost:4566`
 */
export function snsActions({ region }: Account, endpoint: string | undefined): AlarmActions {
  let client: Promise<SNSClient> | undefined
  const connect = async (url: string): Promise<SNSClient> => {
    const sdk = await import('@aws-sdk/client-sns')
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    return new sdk.SNSClient({ endpoint: url, region, credentials, maxAttempts: 2 })
  }
  return {
    notify: async ({ topicArn, subject, message }) => {
      if (!topicArn.startsWith('arn:') || topicArn.split(':')[2] !== 'sns') {
        throw new Error('Actions other than notifications of SNS topics are not there in this server')
      }
      if (endpoint === undefined) throw new Error('No endpoint of SNS is named: set AWS_ENDPOINT_URL_SNS')
      client ??= connect(endpoint)
      const { PublishCommand } = await import('@aws-sdk/client-sns')
      await (await client).send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: message }))
    },
    close: () => void client?.then((open) => open.destroy()),
  }
}
