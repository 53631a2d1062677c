import { randomUUID } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import { decodeToken, encodeToken } from '../../foundation/paging.ts'
import type { EventRow, EventTable } from './event-table.ts'
import { newestFirst, parseInsightsQuery } from './insights/insights-query.ts'
import { QueryRun, type ResultRow } from './insights/query-run.ts'
import { invalidNextToken, invalidParameter } from './log-errors.ts'
import type { InSteps } from './log-events.ts'
import type { LogGroups } from './log-groups.ts'
import type { EventPlace } from './log-schema.ts'

/** Quota: concurrent queries of an account. */
const MOST_RUNNING = 100
/** Queries whose results can still be asked for. */
const MOST_REMEMBERED = 200
/** API Reference, StartQuery: what a query that says no `limit` gives. */
const DEFAULT_LIMIT = 10_000
const WINDOW_EVENTS = 1_000
const WINDOW_BYTES = 1_048_576

export interface StartQueryInput {
  /** Of each either name or ARN. */
  readonly groups: readonly string[]
  /** Epoch seconds, both inclusive. */
  readonly startTime: number
  readonly endTime: number
  readonly queryString: string
  readonly limit?: number | undefined
}

interface RunningQuery {
  status: 'Running' | 'Complete' | 'Cancelled' | 'Failed'
  readonly groups: readonly number[]
  results: readonly ResultRow[]
  readonly statistics: { recordsScanned: number; bytesScanned: number; recordsMatched: number }
}

/**
 * Queries of Logs Insights. They run beside other calls, in steps, the newest events first, and their results stay until
 * many others were asked.
 */
export class LogQueries {
  readonly #account: Account
  readonly #groups: LogGroups
  readonly #events: EventTable
  readonly #queries = new Map<string, RunningQuery>()
  readonly #start: (steps: InSteps<void>) => void

  /** @param start has the steps done, one after the other, when nothing else is to be done */
  constructor(account: Account, groups: LogGroups, events: EventTable, start: (steps: InSteps<void>) => void) {
    this.#account = account
    this.#groups = groups
    this.#events = events
    this.#start = start
  }

  start({ groups, startTime, endTime, queryString, limit = DEFAULT_LIMIT }: StartQueryInput) {
    const found = groups.map((logGroupIdentifier) => this.#groups.require({ logGroupIdentifier }))
    const running = [...this.#queries.values()].filter(({ status }) => status === 'Running')
    if (running.length >= MOST_RUNNING) {
      throw new AwsError('LimitExceededException', `There can be at most ${MOST_RUNNING} queries that run`)
    }
    const [oldest] = this.#queries.keys()
    if (this.#queries.size >= MOST_REMEMBERED && oldest !== undefined) this.#queries.delete(oldest)
    const queryId = randomUUID()
    const query: RunningQuery = {
      status: 'Running',
      groups: found.map(({ id }) => id),
      results: [],
      statistics: { recordsScanned: 0, bytesScanned: 0, recordsMatched: 0 },
    }
    this.#queries.set(queryId, query)
    const commands = parseInsightsQuery(queryString)
    const run = new QueryRun(found.length > 1 ? newestFirst(commands) : commands, limit)
    const span = { fromMs: startTime * 1000, toMs: endTime * 1000 + 999 }
    this.#start(this.#steps(query, run, found, span))
    return { queryId }
  }

  results({ queryId, nextToken, maxItems = DEFAULT_LIMIT }: ResultsInput) {
    const query = this.#require(queryId)
    const listing = `GetQueryResults ${queryId}`
    const [from] = decodeToken(nextToken, listing, [0] as const, invalidNextToken)
    const until = from + maxItems
    const { recordsMatched, recordsScanned, bytesScanned } = query.statistics
    return {
      queryLanguage: 'CWLI' as const,
      results: query.results.slice(from, until).map((row) => [...row]),
      statistics: {
        ...{ recordsMatched, recordsScanned, bytesScanned, estimatedRecordsSkipped: 0, estimatedBytesSkipped: 0 },
        logGroupsScanned: query.groups.length,
      },
      status: query.status,
      ...(until < query.results.length && { nextToken: encodeToken(listing, [until]) }),
    }
  }

  stop({ queryId }: { readonly queryId: string }) {
    const query = this.#require(queryId)
    if (query.status !== 'Running') throw invalidParameter(`Query ${queryId} is not running: it is ${query.status}`)
    query.status = 'Cancelled'
    return { success: true }
  }

  /** Forgets all of them; those that run end. */
  clear(): void {
    for (const query of this.#queries.values()) query.status = 'Cancelled'
    this.#queries.clear()
  }

  #require(queryId: string): RunningQuery {
    const query = this.#queries.get(queryId)
    if (!query) throw new AwsError('ResourceNotFoundException', `Query ${queryId} does not exist`)
    return query
  }

  *#steps(query: RunningQuery, run: QueryRun, groups: readonly QueriedGroup[], span: Span): InSteps<void> {
    try {
      for (const group of groups) yield* this.#scan(query, run, group, span)
      if (query.status === 'Running') query.status = 'Complete'
    } catch (error) {
      query.status = 'Failed'
      throw error
    } finally {
      query.results = run.results()
    }
  }

  *#scan(query: RunningQuery, run: QueryRun, group: QueriedGroup, { fromMs, toMs }: Span): InSteps<void> {
    const { statistics } = query
    const log = `${this.#account.id}:${group.name}`
    let after: EventPlace | undefined
    while (query.status === 'Running') {
      const window = this.#events.window({
        of: { groupId: group.id },
        isStreamMeant: (id) => this.#groups.streamName(id) !== undefined,
        fromMs: Math.max(fromMs, this.#groups.keptFrom(group)),
        toMs,
        after,
        isForward: false,
        count: WINDOW_EVENTS,
        maxBytes: WINDOW_BYTES,
      })
      if (!window.end) return
      for (const row of window.rows) {
        statistics.recordsScanned += 1
        statistics.bytesScanned += Buffer.byteLength(row.message)
        const isMore = run.add(this.#record(row, log))
        statistics.recordsMatched = run.recordsMatched
        if (!isMore) return
      }
      after = window.end
      yield
    }
  }

  #record(row: EventRow, log: string) {
    return {
      timestampMs: row.at_ms,
      ingestionMs: row.ingested_ms,
      message: row.message,
      logStream: this.#groups.streamName(row.stream_id) ?? '',
      log,
      ptr: encodeToken('record', [log, row.at_ms, row.seq]),
    }
  }
}

interface ResultsInput {
  readonly queryId: string
  readonly nextToken?: string | undefined
  readonly maxItems?: number | undefined
}

type QueriedGroup = ReturnType<LogGroups['require']>

interface Span {
  readonly fromMs: number
  readonly toMs: number
}
