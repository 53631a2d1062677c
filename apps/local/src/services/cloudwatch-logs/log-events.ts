import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Input } from '@thingdeck/aws-api'
import type { Clock } from '../../foundation/clock.ts'
import type { LogEntry } from '../../foundation/log-sink.ts'
import { encodeToken } from '../../foundation/paging.ts'
import { type MessageTest, parseFilterPattern } from './filter-pattern/filter-pattern.ts'
import { FilterPatternError } from './filter-pattern/scanner.ts'
import { invalidParameter } from './log-errors.ts'
import type { LogGroups } from './log-groups.ts'
import type { EventPlace, EventRow, GroupRow, LogTable } from './log-table.ts'
import { formatEventId, formatStreamToken, parseStreamToken, placeIn, type StreamToken } from './log-tokens.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

// API Reference, PutLogEvents.
const BYTES_PER_EVENT = 26
const MAX_BATCH_BYTES = 1_048_576
const OLDEST_MS = 14 * DAY_MS
const NEWEST_MS = 2 * HOUR_MS

/** Of one answer: "as many log events as can fit in a response size of 1 MB (up to 10,000 log events)". */
const MAX_ANSWER_BYTES = 1_048_576
const MAX_ANSWER_EVENTS = 10_000

/**
 * So much is looked at for one page, which may then be short, or empty, and have a token: nobody else is answered
 * meanwhile.
 */
const MAX_EXAMINED = 20_000
const MAX_EXAMINED_BYTES = 4 * 1024 * 1024
const BATCH = 1_000

/** The least `startTime` from which events are read from the end: API Reference, FilterLogEvents. */
const FROM_TAIL_SINCE_MS = Date.UTC(2024, 0, 1)

/**
 * Log events: written in batches, read by stream or found in a group. All groups together keep a number of bytes at most,
 * and those that came first go first.
 * @see Amazon CloudWatch Logs API Reference
 */
export class LogEvents {
  readonly #clock: Clock
  readonly #table: LogTable
  readonly #groups: LogGroups
  readonly #maxBytes: number

  constructor(clock: Clock, table: LogTable, groups: LogGroups, maxBytes: number) {
    this.#clock = clock
    this.#table = table
    this.#groups = groups
    this.#maxBytes = maxBytes
  }

  put({ logGroupName, logStreamName, logEvents }: Input<typeof sdk, 'PutLogEvents'>) {
    const group = this.#groups.require({ logGroupName })
    const stream = this.#groups.requireStream(group, logStreamName)
    const events = logEvents.map(({ timestamp, message }) => ({
      timestamp,
      message,
      bytes: Buffer.byteLength(message) + BYTES_PER_EVENT,
    }))
    checkBatch(events)
    const nowMs = this.#clock()
    const retentionMs = group.retention_days === null ? Number.POSITIVE_INFINITY : group.retention_days * DAY_MS
    const expired = events.findLastIndex(({ timestamp }) => timestamp < nowMs - retentionMs)
    const tooOld = events.findLastIndex(({ timestamp }) => timestamp < nowMs - OLDEST_MS)
    const tooNew = events.findIndex(({ timestamp }) => timestamp > nowMs + NEWEST_MS)
    const kept = events.slice(Math.max(expired, tooOld) + 1, tooNew < 0 ? undefined : tooNew)
    this.#table.transaction(() => {
      if (kept.length > 0) this.#table.insertEvents(stream, kept, nowMs)
    })
    this.#makeRoom(group)
    const rejected = {
      ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
      ...(expired >= 0 && { expiredLogEventEndIndex: expired + 1 }),
    }
    return kept.length === events.length ? {} : { rejectedLogEventsInfo: rejected }
  }

  /** Entries of the server itself: the group is made with the first, and kept for 30 days then. */
  append(logGroupName: string, entries: readonly LogEntry[]): void {
    const group = this.#groups.ensure(logGroupName, 30)
    const stream = this.#groups.ensureStream(group, 'server')
    const events = entries.map((entry) => ({ ...entry, bytes: Buffer.byteLength(entry.message) + BYTES_PER_EVENT }))
    this.#table.transaction(() => this.#table.insertEvents(stream, events, this.#clock()))
    this.#makeRoom(group)
  }

  /** Events of one stream. */
  get(input: Input<typeof sdk, 'GetLogEvents'>) {
    checkUnmask(input.unmask)
    const group = this.#groups.require(input)
    const stream = this.#groups.requireStream(group, input.logStreamName)
    const token = input.nextToken === undefined ? undefined : parseStreamToken(input.nextToken)
    const isForward = token?.isForward ?? input.startFromHead ?? false
    const found = this.#table.events({
      groupId: group.id,
      streamIds: [stream.id],
      fromMs: this.#from(group, input.startTime),
      toMs: (input.endTime ?? Number.MAX_SAFE_INTEGER) - 1, // exclusive here
      after: token?.place,
      isForward,
      count: input.limit ?? MAX_ANSWER_EVENTS,
      maxBytes: MAX_ANSWER_BYTES,
    })
    const rows = withinAnswer(found)
    const ordered = isForward ? rows : rows.toReversed()
    const { forward, backward } = this.#tokensAround(ordered, token)
    return {
      events: ordered.map((row) => ({ timestamp: row.at_ms, message: row.message, ingestionTime: row.ingested_ms })),
      nextForwardToken: formatStreamToken(forward),
      nextBackwardToken: formatStreamToken(backward),
    }
  }

  /** "If you have reached the end of the stream, it returns the same token you passed in." */
  #tokensAround(rows: readonly EventRow[], token: StreamToken | undefined) {
    const [first, last] = [rows[0], rows.at(-1)]
    const here = token?.place ?? { atMs: 0, id: 0 }
    return {
      forward: { isForward: true, place: last ? placeOf(last) : here },
      backward: { isForward: false, place: first ? placeOf(first) : here },
    }
  }

  /** Events of a group that a pattern means, of some streams or all, oldest first unless said otherwise. */
  filter(input: Input<typeof sdk, 'FilterLogEvents'>) {
    checkUnmask(input.unmask)
    const group = this.#groups.require(input)
    const isMeant = readPattern(input.filterPattern ?? '')
    const { startFromHead = true, limit = MAX_ANSWER_EVENTS } = input
    if (!startFromHead && (input.startTime ?? 0) < FROM_TAIL_SINCE_MS) {
      throw invalidParameter('startFromHead can be false only with a startTime on or after 2024-01-01T00:00:00Z')
    }
    // "The direction of the nextToken is used."
    const listing = `FilterLogEvents ${group.id}`
    const [order, atMs, id] = placeIn(input.nextToken, listing, [startFromHead ? 'f' : 'b', -1, 0] as const)
    const isForward = order === 'f'
    const query = {
      groupId: group.id,
      streamIds: this.#streamIds(group, input),
      fromMs: this.#from(group, input.startTime),
      toMs: input.endTime ?? Number.MAX_SAFE_INTEGER,
      isForward,
      count: BATCH,
      maxBytes: MAX_ANSWER_BYTES,
    }
    const found: EventRow[] = []
    let after: EventPlace | undefined = atMs < 0 ? undefined : { atMs, id }
    let bytes = 0
    let isMore = true
    let [examined, examinedBytes] = [0, 0]
    while (isMore && examined < MAX_EXAMINED && examinedBytes < MAX_EXAMINED_BYTES) {
      const rows = this.#table.events({ ...query, after })
      isMore = rows.length > 0
      examined += rows.length
      for (const row of rows) {
        examinedBytes += answerBytes(row)
        if (isMeant(row.message)) {
          bytes += answerBytes(row)
          if (found.length === limit || (found.length > 0 && bytes > MAX_ANSWER_BYTES)) {
            return { events: found.map(filtered), searchedLogStreams: [], nextToken: tokenAt(listing, order, after) }
          }
          found.push(row)
        }
        after = placeOf(row)
      }
    }
    const nextToken = isMore ? tokenAt(listing, order, after) : undefined
    return { events: found.map(filtered), searchedLogStreams: [], nextToken }
  }

  #streamIds(group: GroupRow, input: Input<typeof sdk, 'FilterLogEvents'>): readonly number[] | undefined {
    const { logStreamNames, logStreamNamePrefix } = input
    if (logStreamNames && logStreamNamePrefix !== undefined) {
      throw invalidParameter('Only one of logStreamNames and logStreamNamePrefix can be given')
    }
    if (logStreamNames) return logStreamNames.map((name) => this.#groups.requireStream(group, name).id)
    if (logStreamNamePrefix === undefined) return undefined
    return this.#table
      .streamsByName(group, logStreamNamePrefix, undefined, true, Number.MAX_SAFE_INTEGER)
      .map(({ id }) => id)
  }

  /** What has expired is not there, whether it is gone from the table or not. */
  #from(group: GroupRow, startTime = 0): number {
    if (group.retention_days === null) return startTime
    return Math.max(startTime, this.#clock() - group.retention_days * DAY_MS)
  }

  #makeRoom(group: GroupRow): void {
    if (group.retention_days !== null) {
      this.#table.removeBefore(group, this.#clock() - group.retention_days * DAY_MS)
    }
    for (;;) {
      const over = this.#table.storedBytes() - this.#maxBytes
      if (over <= 0 || !this.#table.removeOldest(over)) return
    }
  }
}

/** @throws {AwsError} InvalidParameterException in AWS's words */
function checkBatch(events: readonly { readonly timestamp: number; readonly bytes: number }[]): void {
  const bytes = events.reduce((sum, event) => sum + event.bytes, 0)
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`)
  }
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  }
  const [first, last] = [events[0], events.at(-1)]
  if (first && last && last.timestamp - first.timestamp > DAY_MS) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
}

/** @throws {AwsError} InvalidParameterException with the place of what is wrong */
export function readPattern(pattern: string): MessageTest {
  try {
    return parseFilterPattern(pattern)
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error
    throw invalidParameter(`Invalid filter pattern: ${error.message}, at character ${error.position + 1}`)
  }
}

function checkUnmask(unmask: boolean | undefined): void {
  if (unmask) throw invalidParameter('unmask: nothing is masked here; leave it out')
}

function withinAnswer(rows: readonly EventRow[]): readonly EventRow[] {
  let bytes = 0
  const end = rows.findIndex((row) => {
    bytes += answerBytes(row)
    return bytes > MAX_ANSWER_BYTES
  })
  return end < 0 ? rows : rows.slice(0, Math.max(1, end))
}

const answerBytes = ({ message }: EventRow): number => Buffer.byteLength(message) + BYTES_PER_EVENT

const placeOf = ({ at_ms, id }: EventRow): EventPlace => ({ atMs: at_ms, id })

const tokenAt = (listing: string, order: string, place: EventPlace | undefined): string | undefined =>
  place && encodeToken(listing, [order, place.atMs, place.id])

const filtered = (row: EventRow) => ({
  logStreamName: row.stream,
  timestamp: row.at_ms,
  message: row.message,
  ingestionTime: row.ingested_ms,
  eventId: formatEventId(placeOf(row)),
})
