import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { IoTClient, type LogLevel, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import type { Local } from '../../src/index.ts'

/** An entry of AWSIotLogsV2, read as JSON. */
export type Entry = Readonly<Record<string, unknown>>

export const LOGGING_ROLE = 'arn:aws:iam::123456789012:role/logging'

/** Turns logging on; nobody has defined the role, which may do everything then. */
export async function turnOn(local: Pick<Local, 'sdk'>, defaultLogLevel: LogLevel): Promise<void> {
  const iot = new IoTClient(local.sdk)
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn: LOGGING_ROLE, defaultLogLevel, disableAllLogs: false }))
  iot.destroy()
}

/** What the log holds of a pattern, in its order: of events of one time in that of their arrival. */
export async function entries(
  local: Pick<Local, 'sdk'>,
  filterPattern?: string,
  logGroupName = 'AWSIotLogsV2',
): Promise<Entry[]> {
  const logs = new CloudWatchLogsClient(local.sdk)
  const found: Entry[] = []
  let nextToken: string | undefined
  try {
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern, nextToken }))
      found.push(...(page.events ?? []).map(({ message = '' }) => JSON.parse(message) as Entry))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  } catch (error) {
    // The group is made with its first entry.
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error
  } finally {
    logs.destroy()
  }
  return found
}
