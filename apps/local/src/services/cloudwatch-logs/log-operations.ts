import type { Account } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { Database } from '../../foundation/database.ts'
import type { LogEntry } from '../../foundation/log-sink.ts'
import { EventTable } from './event-table.ts'
import { GroupTable } from './group-table.ts'
import { type InSteps, LogEvents } from './log-events.ts'
import { LogGroups } from './log-groups.ts'
import { LogQueries } from './log-queries.ts'
import { LOG_MIGRATIONS, LOG_TABLES } from './log-schema.ts'

/**
 * All that is done with the store of logs, by the operations of the API: what the thread that owns the store does for the
 * server. What goes in and comes out can be written as JSON.
 */
export class LogOperations {
  readonly #database: Database
  readonly #table: EventTable
  readonly #groups: LogGroups
  readonly #events: LogEvents
  readonly #queries: LogQueries

  constructor(database: Database, { account, clock, maxBytes, start }: LogOperationsOptions) {
    database.migrate(LOG_TABLES, LOG_MIGRATIONS)
    this.#database = database
    this.#table = new EventTable(database)
    this.#groups = new LogGroups(account, clock, new GroupTable(database))
    this.#events = new LogEvents(clock, this.#table, this.#groups, maxBytes)
    this.#queries = new LogQueries(account, this.#groups, this.#table, start)
  }

  /** By their names. One whose result is a generator does its work in steps. */
  get table() {
    const [groups, events, queries] = [this.#groups, this.#events, this.#queries]
    return {
      CreateLogGroup: answered<Parameters<LogGroups['create']>[0]>((input) => groups.create(input)),
      DeleteLogGroup: answered<NamedGroup>(({ logGroupName }) => groups.delete(logGroupName)),
      DescribeLogGroups: groups.describe.bind(groups),
      PutRetentionPolicy: answered<NamedGroup & { readonly retentionInDays: number }>((input) =>
        groups.putRetention(input.logGroupName, input.retentionInDays),
      ),
      DeleteRetentionPolicy: answered<NamedGroup>(({ logGroupName }) => groups.deleteRetention(logGroupName)),
      TagResource: answered<Tagged & { readonly tags: Readonly<Record<string, string>> }>(({ resourceArn, tags }) =>
        groups.tag(resourceArn, tags),
      ),
      UntagResource: answered<Tagged & { readonly tagKeys: readonly string[] }>(({ resourceArn, tagKeys }) =>
        groups.tag(resourceArn, {}, tagKeys),
      ),
      ListTagsForResource: ({ resourceArn }: Tagged) => ({ tags: groups.tagsOf(resourceArn) }),
      CreateLogStream: answered<Parameters<LogGroups['createStream']>[0]>((input) => groups.createStream(input)),
      DeleteLogStream: answered<Parameters<LogGroups['deleteStream']>[0]>((input) => groups.deleteStream(input)),
      DescribeLogStreams: groups.describeStreams.bind(groups),
      PutLogEvents: events.put.bind(events),
      GetLogEvents: events.get.bind(events),
      FilterLogEvents: events.filter.bind(events),
      StartQuery: queries.start.bind(queries),
      GetQueryResults: queries.results.bind(queries),
      StopQuery: queries.stop.bind(queries),
    }
  }

  /** Entries of the server's own. @throws what the database says; what is kept in memory is then as the tables have it */
  append(logGroupName: string, logStreamName: string, entries: readonly LogEntry[]): void {
    this.#orReload(() => this.#events.append(logGroupName, logStreamName, entries))
  }

  /** Does one operation. */
  perform(name: string, input: unknown): unknown {
    const operation: ((input: never) => unknown) | undefined = new Map(Object.entries(this.table)).get(name)
    if (!operation) throw new Error(`The store of logs has no operation ${name}`)
    return this.#orReload(() => operation(input as never)) // the caller's types have paired the name with its input
  }

  /** See `LogEvents.sweep`. */
  sweep(): boolean {
    return this.#orReload(() => this.#events.sweep())
  }

  /** Empties the store. */
  clear(): void {
    this.#queries.clear()
    this.#database.clear()
    this.#reload()
  }

  #orReload<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      this.#reload()
      throw error
    }
  }

  #reload(): void {
    this.#table.reload()
    this.#groups.reload()
  }
}

export interface LogOperationsOptions {
  readonly account: Account
  readonly clock: Clock
  /** Of all groups together. */
  readonly maxBytes: number
  /** Has work done that nobody waits for, in steps. */
  readonly start: (steps: InSteps<void>) => void
}

export type LogOperationTable = LogOperations['table']

interface NamedGroup {
  readonly logGroupName: string
}

interface Tagged {
  readonly resourceArn: string
}

/** For operations whose answer is empty. */
const answered =
  <Request>(act: (input: Request) => void) =>
  (input: Request) => {
    act(input)
    return {}
  }
