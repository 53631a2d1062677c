import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { LocalContext } from '../../foundation/context.ts'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import type { IntegrityReport } from '../../foundation/database-check.ts'
import type { LogSink } from '../../foundation/log-sink.ts'
import type { Service, ServiceContext } from '../../foundation/service.ts'
import { BufferedLogSink } from './buffered-log-sink.ts'
import { carryOverLogs } from './carry-over.ts'
import { CLOUDWATCH_LOGS } from './cloudwatch-logs-api.ts'
import { logHandlers, queriedGroups } from './log-handlers.ts'
import { LogStore } from './log-store.ts'

/** What it is made with: it stands on no other service, so that all others can write logs. */
export type CloudwatchLogsContext = LocalContext & Pick<ServiceContext, 'storage' | 'dataDirectory'>

export interface CloudwatchLogsService extends Service {
  readonly sink: LogSink
}

/** CloudWatch Logs: groups, streams and events, and the search in them. */
export function cloudwatchLogsService(context: CloudwatchLogsContext): CloudwatchLogsService {
  const { account, clock, database, storage, log, dataDirectory } = context
  const path = dataDirectory === undefined ? ':memory:' : join(dataDirectory, 'logs.db')
  if (dataDirectory !== undefined) carryOverLogs(database, path)
  const isKept = () => store.isStarted || existsSync(path)
  const store = new LogStore({
    account,
    clock,
    log,
    path,
    maxBytes: storage.logBytes,
    // As AWS IoT's own streams are named: whoever writes, and for which account.
    logStreamName: `${randomUUID()}_${account.id}_0`,
    onWritten: (batch, error) => sink.written(batch, error),
  })
  const sink = new BufferedLogSink(log, (batch) => store.write(batch))
  const whatIsWritten = () => {
    sink.flush() // readers see whatever was taken before they asked
    return store
  }
  return {
    name: 'cloudwatch-logs',
    apis: { cloudwatchLogs: CLOUDWATCH_LOGS },
    handlers: { cloudwatchLogs: logHandlers(whatIsWritten) },
    controlPlaneNeeds: NEEDS,
    sink,
    integrity: async () => {
      if (!isKept()) return undefined
      return whatIsWritten()
        .checkIntegrity()
        .catch((error: unknown) => unreadable(path, error))
    },
    reset: () => {
      sink.clear()
      if (isKept()) store.reset()
    },
    close: () => whatIsWritten().close(),
  }
}

const unreadable = (path: string, error: unknown): IntegrityReport => ({
  ok: false,
  tables: 0,
  problems: [`${path}: ${error instanceof Error ? error.message : String(error)}`],
  checked: '',
})

interface NamedGroup {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}

/**
 * What policies name as `log-group:NAME:*`: "use this version to refer to the ARN in IAM policies when specifying
 * permissions for most API actions", API Reference, LogGroup. AWS asks about the stream without a name, as its refusals
 * say. However a call names the group, it is the same resource.
 */
const group = ({ logGroupName, logGroupIdentifier }: NamedGroup) =>
  streamOf(withoutStar(logGroupIdentifier ?? logGroupName ?? ''), '')
const stream = ({ logStreamName, logGroupName, logGroupIdentifier }: NamedGroup & { readonly logStreamName: string }) =>
  streamOf(withoutStar(logGroupIdentifier ?? logGroupName ?? ''), logStreamName)
const streamOf = (nameOrArn: string, logStreamName: string) => ({
  resources: [`${nameOrArn.startsWith('arn:') ? nameOrArn : `log-group:${nameOrArn}`}:log-stream:${logStreamName}`],
})
const withoutStar = (arn: string) => arn.replace(/:\*$/, '')

/** Tags alone are asked about by the ARN without `:*`. */
const tagged = ({ resourceArn }: { readonly resourceArn: string }) => ({ resources: [withoutStar(resourceArn)] })

/** Service Authorization Reference, "Actions defined by Amazon CloudWatch Logs". */
const NEEDS: NeedsOf<typeof sdk> = {
  CreateLogGroup: group,
  DeleteLogGroup: group,
  DescribeLogGroups: () => group({}),
  PutRetentionPolicy: group,
  DeleteRetentionPolicy: group,
  TagResource: tagged,
  UntagResource: tagged,
  ListTagsForResource: tagged,
  CreateLogStream: stream,
  DeleteLogStream: stream,
  DescribeLogStreams: group,
  PutLogEvents: stream,
  GetLogEvents: stream,
  FilterLogEvents: group,
  StartQuery: (input) => ({
    resources: queriedGroups(input).flatMap((logGroupIdentifier) => group({ logGroupIdentifier }).resources),
  }),
  GetQueryResults: () => ({ resources: [] }),
  StopQuery: () => ({ resources: [] }),
  TestMetricFilter: () => ({ resources: [] }),
}
