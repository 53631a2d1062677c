import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { Input, Output } from '@thingdeck/aws-api'
import type { Clock } from '../../foundation/clock.ts'
import type { LogEntry } from '../../foundation/log-sink.ts'
import { decodeToken, encodeToken } from '../../foundation/paging.ts'
import type { EventRow, EventTable, NewEvent } from './event-table.ts'
import { type MessageTest, parseFilterPattern } from './filter-pattern/filter-pattern.ts'
import { FilterPatternError } from './filter-pattern/scanner.ts'
import { invalidNextToken, invalidParameter } from './log-errors.ts'
import type { LogGroups } from './log-groups.ts'
import type { EventPlace, StreamRow } from './log-schema.ts'
import { formatEventId, formatStreamToken, parseStreamToken, type StreamToken } from './log-tokens.ts'

type Put = Pick<Input<typeof sdk, 'PutLogEvents'>, 'logGroupName' | 'logStreamName' | 'logEvents'>
type Get = Omit<Input<typeof sdk, 'GetLogEvents'>, 'unmask'>
type Filter = Omit<Input<typeof sdk, 'FilterLogEvents'>, 'unmask' | 'interleaved'>
type Found = Output<typeof sdk, 'FilterLogEvents'>

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
 * So much is looked at for one page, which may then be short, or empty, and have a token. Others have their turn after each
 * window.
 */
const MAX_EXAMINED = 50_000
const MAX_EXAMINED_BYTES = 16 * 1024 * 1024
const WINDOW_EVENTS = 1_000
/** A page is also short once it has taken so long, others' turns not counted: patterns differ in what an event costs. */
const MAX_EXAMINING_MS = 2_000

/** The least `startTime` from which events are read from the end: API Reference, FilterLogEvents. */
const FROM_TAIL_SINCE_MS = Date.UTC(2024, 0, 1)

/** Days for which entries of the server's own are kept, as AWS IoT sets it for the groups that it makes. */
const OWN_RETENTION_DAYS = 30

/** What can be put off between two events of a long search: others have their turn then. */
export type InSteps<Output> = Generator<void, Output>

/**
 * Log events: written in batches, read by stream or found in a group. All groups together keep a number of bytes at most,
 * and the oldest go first.
 * @see Amazon CloudWatch Logs API Reference
 */
export class LogEvents {
  readonly #clock: Clock
  readonly #table: EventTable
  readonly #groups: LogGroups
  readonly #maxBytes: number
  readonly #stopwatch: () => number

  /** @param stopwatch milliseconds since whenever: tells how long a search has taken */
  constructor(
    clock: Clock,
    table: EventTable,
    groups: LogGroups,
    maxBytes: number,
    stopwatch: () => number = () => performance.now(),
  ) {
    this.#stopwatch = stopwatch
    this.#clock = clock
    this.#table = table
    this.#groups = groups
    this.#maxBytes = maxBytes
  }

  put({ logGroupName, logStreamName, logEvents }: Put) {
    const group = this.#groups.require({ logGroupName })
    const stream = this.#groups.requireStream(group, logStreamName)
    const events = logEvents.map(sized)
    checkBatch(events)
    const nowMs = this.#clock()
    const retentionMs = group.retention_days === null ? Number.POSITIVE_INFINITY : group.retention_days * DAY_MS
    const expired = events.findLastIndex(({ timestamp }) => timestamp < nowMs - retentionMs)
    const tooOld = events.findLastIndex(({ timestamp }) => timestamp < nowMs - OLDEST_MS)
    const tooNew = events.findIndex(({ timestamp }) => timestamp > nowMs + NEWEST_MS)
    const kept = events.slice(Math.max(expired, tooOld) + 1, tooNew < 0 ? undefined : tooNew)
    this.#insert(stream, kept)
    const rejected = {
      ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
      ...(expired >= 0 && { expiredLogEventEndIndex: expired + 1 }),
    }
    return kept.length === events.length ? {} : { rejectedLogEventsInfo: rejected }
  }

  /** Entries of the server itself: the group is made with the first of them. */
  append(logGroupName: string, logStreamName: string, entries: readonly LogEntry[]): void {
    const group = this.#groups.ensure(logGroupName, OWN_RETENTION_DAYS)
    this.#insert(this.#groups.ensureStream(group, logStreamName), entries.map(sized))
  }

  #insert(stream: StreamRow, events: readonly NewEvent[]): void {
    if (events.length === 0) return
    this.#table.insert(stream, events, this.#clock())
    for (;;) {
      const over = this.#table.storedBytes - this.#maxBytes
      if (over <= 0) return
      if (!this.#table.removeSome()) this.#table.removeOldest(over)
    }
  }

  /** Takes away some of what nobody can read any more: deleted or expired. @returns whether there may be more */
  sweep(): boolean {
    if (this.#table.removeSome()) return true
    return this.#groups.expiring().some((group) => this.#table.removeBefore(group.id, this.#groups.keptFrom(group)))
  }

  /** Events of one stream. */
  get(input: Get) {
    const group = this.#groups.require(input)
    const stream = this.#groups.requireStream(group, input.logStreamName)
    const token = input.nextToken === undefined ? undefined : parseStreamToken(input.nextToken)
    const isForward = token?.isForward ?? input.startFromHead ?? false
    const { rows } = this.#table.window({
      of: { streamId: stream.id },
      fromMs: Math.max(input.startTime ?? 0, this.#groups.keptFrom(group)),
      toMs: (input.endTime ?? Number.MAX_SAFE_INTEGER) - 1, // exclusive here
      after: token?.place,
      isForward,
      count: input.limit ?? MAX_ANSWER_EVENTS,
      maxBytes: MAX_ANSWER_BYTES,
    })
    const within = withinAnswer(rows)
    const ordered = isForward ? within : within.toReversed()
    const { forward, backward } = tokensAround(ordered, token)
    return {
      events: ordered.map((row) => ({ timestamp: row.at_ms, message: row.message, ingestionTime: row.ingested_ms })),
      nextForwardToken: formatStreamToken(forward),
      nextBackwardToken: formatStreamToken(backward),
    }
  }

  /** Events of a group that a pattern means, of some streams or all, oldest first unless said otherwise. */
  *filter(input: Filter): InSteps<Found> {
    const group = this.#groups.require(input)
    const isMeant = readPattern(input.filterPattern ?? '')
    const { startFromHead = true, limit = MAX_ANSWER_EVENTS } = input
    if (!startFromHead && (input.startTime ?? 0) < FROM_TAIL_SINCE_MS) {
      throw invalidParameter('startFromHead can be false only with a startTime on or after 2024-01-01T00:00:00Z')
    }
    // "The direction of the nextToken is used."
    const listing = `FilterLogEvents ${group.id}`
    const start = [startFromHead ? 'f' : 'b', -1, 0] as const
    const [order, atMs, seq] = decodeToken(input.nextToken, listing, start, invalidNextToken)
    const isForward = order === 'f'
    const query = {
      ...this.#groups.streamsMeant(group, input),
      fromMs: Math.max(input.startTime ?? 0, this.#groups.keptFrom(group)),
      toMs: input.endTime ?? Number.MAX_SAFE_INTEGER,
      isForward,
      count: WINDOW_EVENTS,
      maxBytes: MAX_ANSWER_BYTES,
      literal: isMeant.literal,
    }
    const found: EventRow[] = []
    let after: EventPlace | undefined = atMs < 0 ? undefined : { atMs, seq }
    let bytes = 0
    let [examined, examinedBytes] = [0, 0]
    const answer = (isMore: boolean): Found => ({
      events: found.map((row) => this.#filtered(row)),
      searchedLogStreams: [],
      ...(isMore && after && { nextToken: encodeToken(listing, [order, after.atMs, after.seq]) }),
    })
    let examiningMs = 0
    while (examined < MAX_EXAMINED && examinedBytes < MAX_EXAMINED_BYTES) {
      const sinceMs = this.#stopwatch() - examiningMs
      const window = this.#table.window({ ...query, after })
      if (!window.end) return answer(false)
      for (const row of window.rows) {
        examinedBytes += answerBytes(row)
        if (isMeant(row.message)) {
          bytes += answerBytes(row)
          if (found.length === limit || (found.length > 0 && bytes > MAX_ANSWER_BYTES)) return answer(true)
          found.push(row)
        }
        after = placeOf(row)
        examiningMs = this.#stopwatch() - sinceMs
        if (examiningMs > MAX_EXAMINING_MS) return answer(true)
      }
      after = window.end
      // One that is told by a text alone costs a fraction of one that is read.
      examined += isMeant.literal === undefined ? window.examined : window.examined / 4
      yield
    }
    return answer(true)
  }

  #filtered(row: EventRow) {
    return {
      logStreamName: this.#groups.streamName(row.stream_id) ?? '',
      timestamp: row.at_ms,
      message: row.message,
      ingestionTime: row.ingested_ms,
      eventId: formatEventId(placeOf(row)),
    }
  }
}

/** "If you have reached the end of the stream, it returns the same token you passed in." */
function tokensAround(rows: readonly EventRow[], token: StreamToken | undefined) {
  const [first, last] = [rows[0], rows.at(-1)]
  const here = token?.place ?? { atMs: 0, seq: 0 }
  return {
    forward: { isForward: true, place: last ? placeOf(last) : here },
    backward: { isForward: false, place: first ? placeOf(first) : here },
  }
}

const sized = ({ timestamp, message }: LogEntry): NewEvent => ({
  timestamp,
  message,
  bytes: Buffer.byteLength(message) + BYTES_PER_EVENT,
})

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

function withinAnswer(rows: readonly EventRow[]): readonly EventRow[] {
  let bytes = 0
  const end = rows.findIndex((row) => {
    bytes += answerBytes(row)
    return bytes > MAX_ANSWER_BYTES
  })
  return end < 0 ? rows : rows.slice(0, Math.max(1, end))
}

const answerBytes = ({ message }: EventRow): number => Buffer.byteLength(message) + BYTES_PER_EVENT

const placeOf = ({ at_ms, seq }: EventRow): EventPlace => ({ atMs: at_ms, seq })
