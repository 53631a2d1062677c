import { randomUUID } from 'node:crypto'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { IOT_LOG_GROUP } from '@thingdeck/contract'
import type { EmbeddedServer } from '../../../scripts/run/embedded-server.ts'

/** Members of a log entry, in AWS's names. */
export type EntryMembers = Readonly<Record<string, unknown>>

/** An entry of AWS IoT's log as it writes them: the developer guide's "CloudWatch AWS IoT log entries". */
export function logEntry(atMs: number, members: EntryMembers): string {
  const { logLevel = 'INFO', traceId = randomUUID(), status = 'Success', ...rest } = members
  const timestamp = new Date(atMs).toISOString().replace('T', ' ').replace('Z', '')
  return JSON.stringify({ timestamp, logLevel, traceId, accountId: '123456789012', status, ...rest })
}

/** A writer into a log group, which it makes. */
export async function openLogGroup({ sdk }: Pick<EmbeddedServer, 'sdk'>, logGroupName = IOT_LOG_GROUP) {
  const client = new CloudWatchLogsClient(sdk)
  const logStreamName = randomUUID()
  await client.send(new CreateLogGroupCommand({ logGroupName }))
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  return {
    client,
    /** Writes events in the order of their times. */
    async put(events: readonly { readonly atMs: number; readonly message: string }[]): Promise<void> {
      const logEvents = events
        .toSorted((one, other) => one.atMs - other.atMs)
        .map(({ atMs, message }) => ({ timestamp: atMs, message }))
      await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
    },
  }
}
