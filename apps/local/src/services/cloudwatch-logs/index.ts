import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import type { LogSink } from '../../foundation/log-sink.ts'
import type { Service, ServiceContext } from '../../foundation/service.ts'
import { CLOUDWATCH_LOGS } from './cloudwatch-logs-api.ts'
import { LogEvents, readPattern } from './log-events.ts'
import { LogGroups } from './log-groups.ts'
import { LogTable } from './log-table.ts'

/** What it is made with: it stands on no other service, so that all others can write logs. */
export type CloudwatchLogsContext = LocalContext & Pick<ServiceContext, 'storage' | 'dataDirectory'>

export interface CloudwatchLogsService extends Service {
  readonly sink: LogSink
}

/** CloudWatch Logs: groups, streams and events, and the search in them. */
export function cloudwatchLogsService(context: CloudwatchLogsContext): CloudwatchLogsService {
  const { account, clock, database, storage } = context
  const table = new LogTable(database)
  const groups = new LogGroups(account, clock, table)
  const events = new LogEvents(clock, table, groups, storage.logBytes)
  return {
    name: 'cloudwatch-logs',
    apis: { cloudwatchLogs: CLOUDWATCH_LOGS },
    handlers: { cloudwatchLogs: logHandlers(groups, events) },
    controlPlaneNeeds: NEEDS,
    sink: {
      write: (logGroupName, entries) => events.append(logGroupName, entries),
      lost: new Changes(),
      lostEntries: 0,
    },
  }
}

function logHandlers(groups: LogGroups, events: LogEvents) {
  return {
    CreateLogGroup: answered((input) => groups.create(input)),
    DeleteLogGroup: answered(({ logGroupName }) => groups.delete(logGroupName)),
    DescribeLogGroups: (input) => groups.describe(input),
    PutRetentionPolicy: answered(({ logGroupName, retentionInDays }) =>
      groups.putRetention(logGroupName, retentionInDays),
    ),
    DeleteRetentionPolicy: answered(({ logGroupName }) => groups.deleteRetention(logGroupName)),
    TagResource: answered(({ resourceArn, tags }) => groups.tag(resourceArn, tags)),
    UntagResource: answered(({ resourceArn, tagKeys }) => groups.tag(resourceArn, {}, tagKeys)),
    ListTagsForResource: ({ resourceArn }) => ({ tags: groups.tagsOf(resourceArn) }),
    CreateLogStream: answered((input) => groups.createStream(input)),
    DeleteLogStream: answered((input) => groups.deleteStream(input)),
    DescribeLogStreams: (input) => groups.describeStreams(input),
    PutLogEvents: (input) => events.put(input),
    GetLogEvents: (input) => events.get(input),
    FilterLogEvents: (input) => events.filter(input),
    TestMetricFilter: ({ filterPattern, logEventMessages }) => {
      const isMeant = readPattern(filterPattern)
      const matches = logEventMessages.flatMap((eventMessage, index) =>
        isMeant(eventMessage) ? [{ eventNumber: index + 1, eventMessage, extractedValues: {} }] : [],
      )
      return { matches }
    },
  } satisfies Handlers<typeof sdk, Caller>
}

/** For operations whose answer is empty. */
const answered =
  <Request>(act: (input: Request) => void) =>
  (input: Request) => {
    act(input)
    return {}
  }

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
  TestMetricFilter: () => ({ resources: [] }),
}
