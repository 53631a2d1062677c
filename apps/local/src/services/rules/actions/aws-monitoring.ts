import { cloudwatchAlarmRequest, cloudwatchLogsRequest, cloudwatchMetricRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import type { AwsClient, AwsTarget } from './aws-clients.ts'

const CLOUDWATCH: AwsTarget = {
  title: 'Amazon CloudWatch',
  variable: 'AWS_ENDPOINT_URL_CLOUDWATCH',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient(settings),
}

const CLOUDWATCH_LOGS: AwsTarget = {
  title: 'Amazon CloudWatch Logs',
  variable: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(settings),
}

export const cloudwatchAlarmAction = (
  settings: ActionSettings<'cloudwatchAlarm'>,
  options: ActionOptions,
): AwsActionShape =>
  sentTo(CLOUDWATCH, cloudwatchAlarmRequest(settings, options), async (client, { input }) => {
    const { SetAlarmStateCommand } = await import('@aws-sdk/client-cloudwatch')
    await client.send(new SetAlarmStateCommand(input))
  })

export const cloudwatchMetricAction = (
  settings: ActionSettings<'cloudwatchMetric'>,
  options: ActionOptions,
): AwsActionShape =>
  sentTo(CLOUDWATCH, cloudwatchMetricRequest(settings, options), async (client, { input }) => {
    const { PutMetricDataCommand, StandardUnit } = await import('@aws-sdk/client-cloudwatch')
    const { Namespace } = input
    const MetricData = input.MetricData.map((datum) => {
      const Unit = Object.values(StandardUnit).find((each) => each === datum.Unit)
      if (Unit === undefined) throw new Error(`${datum.Unit} is no unit of CloudWatch`)
      return { ...datum, Unit }
    })
    await client.send(new PutMetricDataCommand({ Namespace, MetricData }))
  })

export const cloudwatchLogsAction = (
  settings: ActionSettings<'cloudwatchLogs'>,
  options: ActionOptions,
): AwsActionShape =>
  sentTo(CLOUDWATCH_LOGS, cloudwatchLogsRequest(settings, options), async (client, { input }) => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs')
    const put = new sdk.PutLogEventsCommand(input)
    try {
      await client.send(put)
    } catch (error) {
      if (!(error instanceof sdk.ResourceNotFoundException)) throw error
      const { logGroupName, logStreamName } = input
      await makeStream(client, new sdk.CreateLogStreamCommand({ logGroupName, logStreamName }))
      await client.send(put)
    }
  })

/** The group is never made. Two messages may find that there is no stream at the same time. */
async function makeStream(client: AwsClient, command: object): Promise<void> {
  try {
    await client.send(command)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error
  }
}
