import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import { AwsError, type Input } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import { paginate, paginateByText } from '../../foundation/paging.ts'
import type { GroupTable } from './group-table.ts'
import {
  groupExists,
  invalidNextToken,
  invalidParameter,
  noSuchGroup,
  noSuchStream,
  streamExists,
} from './log-errors.ts'
import type { GroupRow, StreamRow } from './log-schema.ts'

/** What a call may name a group by: one of both. */
export interface GroupName {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}

interface StreamNames {
  readonly logStreamNames?: readonly string[] | undefined
  readonly logStreamNamePrefix?: string | undefined
}

const DAY_MS = 86_400_000

/** `PutRetentionPolicy`, in days. */
const RETENTIONS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const LARGEST_PAGE = 50

/** Of the server. AWS has a million groups for an account, and any number of streams. */
const MOST_GROUPS = 10_000
const MOST_STREAMS = 100_000

/**
 * Log groups and their streams.
 * @see Amazon CloudWatch Logs API Reference
 */
export class LogGroups {
  readonly #account: Account
  readonly #clock: Clock
  readonly #table: GroupTable
  /** By their ids; undefined for one that was deleted. */
  readonly #streamNames = new Map<number, string | undefined>()

  constructor(account: Account, clock: Clock, table: GroupTable) {
    this.#account = account
    this.#clock = clock
    this.#table = table
  }

  create({ logGroupName, tags = {} }: Pick<Input<typeof sdk, 'CreateLogGroup'>, 'logGroupName' | 'tags'>): void {
    checkTagKeys(tags)
    if (this.#table.group(logGroupName)) throw groupExists()
    if (this.#table.groupCount() >= MOST_GROUPS) throw tooMany(`log groups: ${MOST_GROUPS}`)
    this.#table.insertGroup(logGroupName, this.#clock(), tags)
  }

  /** Where there is none of that name, one that is kept for so many days is made. */
  ensure(name: string, retentionDays: number): GroupRow {
    const found = this.#table.group(name)
    if (found) return found
    this.create({ logGroupName: name })
    this.putRetention(name, retentionDays)
    return this.require({ logGroupName: name })
  }

  ensureStream(group: GroupRow, name: string): StreamRow {
    const found = this.#table.stream(group, name)
    if (found) return found
    this.#table.insertStream(group, name, this.#clock())
    return this.requireStream(group, name)
  }

  delete(name: string): void {
    this.#table.removeGroup(this.require({ logGroupName: name }))
    this.reload()
  }

  /** @throws {AwsError} ResourceNotFoundException; InvalidParameterException where both or none is given */
  require({ logGroupName, logGroupIdentifier }: GroupName): GroupRow {
    if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
      throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be given')
    }
    const group = this.#table.group(logGroupName ?? this.#nameIn(logGroupIdentifier ?? ''))
    if (!group) throw noSuchGroup()
    return group
  }

  /** Of a name or an ARN, with or without `:*` behind it. */
  #nameIn(identifier: string): string {
    const ownArn = this.arnOf('')
    return identifier.startsWith(ownArn) ? identifier.slice(ownArn.length).replace(/:\*$/, '') : identifier
  }

  arnOf(name: string): string {
    return arnOf(this.#account, 'logs', `log-group:${name}`)
  }

  describe(input: Input<typeof sdk, 'DescribeLogGroups'>) {
    const { logGroupNamePrefix, logGroupNamePattern, limit = LARGEST_PAGE } = input
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
      throw invalidParameter('logGroupNamePrefix and logGroupNamePattern are mutually exclusive')
    }
    const page = paginateByText(
      { maxResults: limit, nextToken: input.nextToken },
      'DescribeLogGroups',
      (after, count) => this.#table.groups(after, logGroupNamePrefix ?? '', logGroupNamePattern ?? '', count),
      ({ name }) => name,
      invalidNextToken,
    )
    return { logGroups: page.items.map((group) => this.#group(group)), nextToken: page.nextToken }
  }

  #group(group: GroupRow) {
    const logGroupArn = this.arnOf(group.name)
    return {
      logGroupName: group.name,
      creationTime: group.created_ms,
      ...(group.retention_days !== null && { retentionInDays: group.retention_days }),
      metricFilterCount: 0,
      arn: `${logGroupArn}:*`,
      storedBytes: group.stored_bytes,
      logGroupClass: 'STANDARD' as const,
      logGroupArn,
    }
  }

  putRetention(name: string, days: number): void {
    if (!RETENTIONS.includes(days)) {
      throw invalidParameter(`retentionInDays must be one of ${RETENTIONS.join(', ')}, not ${days}`)
    }
    this.#table.setRetention(this.require({ logGroupName: name }), days)
  }

  deleteRetention(name: string): void {
    this.#table.setRetention(this.require({ logGroupName: name }), undefined)
  }

  tagsOf(arn: string): Record<string, string> {
    return JSON.parse(this.#tagged(arn).tags)
  }

  tag(arn: string, tags: Readonly<Record<string, string>>, gone: readonly string[] = []): void {
    checkTagKeys(tags)
    const group = this.#tagged(arn)
    const all = Object.entries({ ...this.tagsOf(arn), ...tags }).filter(([key]) => !gone.includes(key))
    if (all.length > 50) throw invalidParameter('A log group can have 50 tags at most')
    this.#table.setTags(group, Object.fromEntries(all))
  }

  /** Tags go by the ARN alone. */
  #tagged(arn: string): GroupRow {
    if (!arn.startsWith('arn:')) {
      throw invalidParameter(`resourceArn: expected the ARN of a log group, such as ${this.arnOf('NAME')}, not ${arn}`)
    }
    return this.require({ logGroupIdentifier: arn })
  }

  createStream({ logGroupName, logStreamName }: Input<typeof sdk, 'CreateLogStream'>): void {
    const group = this.require({ logGroupName })
    if (this.#table.stream(group, logStreamName)) throw streamExists()
    if (this.#table.streamCount() >= MOST_STREAMS) throw tooMany(`log streams, of all groups together: ${MOST_STREAMS}`)
    this.#table.insertStream(group, logStreamName, this.#clock())
  }

  deleteStream(input: Input<typeof sdk, 'DeleteLogStream'>): void {
    this.#table.removeStream(
      this.requireStream(this.require({ logGroupName: input.logGroupName }), input.logStreamName),
    )
    this.reload()
  }

  /** Epoch milliseconds from which on events are there: what has expired is not, whether it is gone from the table or not. */
  keptFrom(group: GroupRow): number {
    return group.retention_days === null ? 0 : this.#clock() - group.retention_days * DAY_MS
  }

  /** Those whose events expire. */
  expiring(): readonly GroupRow[] {
    return this.#table.expiringGroups()
  }

  /**
   * Which events of a group a search means, by their streams. One stream is read by itself; several are found among all of
   * the group, some at a time.
   */
  streamsMeant(group: GroupRow, { logStreamNames, logStreamNamePrefix }: StreamNames) {
    if (logStreamNames && logStreamNamePrefix !== undefined) {
      throw invalidParameter('Only one of logStreamNames and logStreamNamePrefix can be given')
    }
    const of = { groupId: group.id }
    if (logStreamNames) {
      const streams = new Set(logStreamNames.map((name) => this.requireStream(group, name).id))
      const [only] = streams
      if (streams.size === 1 && only !== undefined) return { of: { streamId: only } }
      return { of, isStreamMeant: (id: number) => streams.has(id) }
    }
    const prefix = logStreamNamePrefix ?? ''
    return { of, isStreamMeant: (id: number) => this.streamName(id)?.startsWith(prefix) === true }
  }

  /** Undefined for one that was deleted. */
  streamName(id: number): string | undefined {
    if (!this.#streamNames.has(id)) this.#streamNames.set(id, this.#table.streamName(id))
    return this.#streamNames.get(id)
  }

  /** To be called when the tables were changed by somebody else. */
  reload(): void {
    this.#streamNames.clear()
  }

  /** @throws {AwsError} ResourceNotFoundException */
  requireStream(group: GroupRow, name: string): StreamRow {
    const stream = this.#table.stream(group, name)
    if (!stream) throw noSuchStream()
    return stream
  }

  describeStreams(input: Input<typeof sdk, 'DescribeLogStreams'>) {
    const { orderBy = 'LogStreamName', descending = false, logStreamNamePrefix, limit = LARGEST_PAGE } = input
    const group = this.require(input)
    if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
    }
    const listing = `DescribeLogStreams ${group.id} ${orderBy} ${descending}`
    const request = { maxResults: limit, nextToken: input.nextToken }
    const page =
      orderBy === 'LastEventTime'
        ? paginate(
            request,
            listing,
            [-2, ''],
            ([atMs, name]: readonly [number, string], count) =>
              this.#table.streamsByTime(group, atMs === -2 ? undefined : { atMs, name }, !descending, count),
            (stream) => [stream.last_event_ms ?? -1, stream.name],
            invalidNextToken,
          )
        : paginateByText(
            request,
            listing,
            (after, count) =>
              this.#table.streamsByName(group, logStreamNamePrefix ?? '', after || undefined, !descending, count),
            ({ name }) => name,
            invalidNextToken,
          )
    return { logStreams: page.items.map((stream) => this.#stream(group, stream)), nextToken: page.nextToken }
  }

  #stream(group: GroupRow, stream: StreamRow) {
    return {
      logStreamName: stream.name,
      creationTime: stream.created_ms,
      ...(stream.first_event_ms !== null && { firstEventTimestamp: stream.first_event_ms }),
      ...(stream.last_event_ms !== null && { lastEventTimestamp: stream.last_event_ms }),
      ...(stream.last_ingestion_ms !== null && { lastIngestionTime: stream.last_ingestion_ms }),
      arn: `${this.arnOf(group.name)}:log-stream:${stream.name}`,
      storedBytes: 0, // "always reported as zero", API Reference, LogStream
    }
  }
}

/** As AWS's tagging rules have it: "aws: … reserved for AWS use". */
function checkTagKeys(tags: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(tags).find((key) => /^aws:/i.test(key))
  if (reserved !== undefined) throw invalidParameter(`aws: prefixed tag key names are not allowed: ${reserved}`)
}

const tooMany = (what: string): AwsError =>
  new AwsError('LimitExceededException', `Resource limit exceeded. This server has at most so many ${what}`)
