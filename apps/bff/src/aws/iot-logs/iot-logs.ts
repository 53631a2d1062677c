import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import type { IoTClient } from '@aws-sdk/client-iot'
import { IOT_LOG_GROUP, type IotLogEntry, type IotLogPage } from '@thingdeck/contract'
import { type Clock, SYSTEM_CLOCK } from '../../clock.ts'
import { isNamed } from '../error-name.ts'
import { Pace } from '../pace.ts'
import { SharedReads } from '../shared-reads.ts'
import { isRefused } from '../why-unread.ts'
import { filterPatternOf, type IotLogCriteriaWithChoices, meets } from './criteria.ts'
import { isLoggingOff, readLoggingOptions } from './logging-options.ts'
import { parseIotLogEntry } from './parse-entry.ts'

/** AWS takes 5 FilterLogEvents a second of an account in a region (CloudWatch Logs quotas); one is left to others. */
const READS_PER_SECOND = 4
const MOST_THROTTLED = 4
const THROTTLED_MS = 500

/** Pages of AWS may be empty and have a token: for so long, and so many, one request goes on by itself. */
const SEARCH_MS = 3_000
const MOST_PAGES = 12

/** Events are read from the end only from here on (CloudWatch Logs API reference, FilterLogEvents). */
const NEWEST_FIRST_SINCE_MS = Date.UTC(2024, 0, 1)

/** What to read of AWS IoT's log. */
export interface IotLogRequest {
  readonly criteria?: IotLogCriteriaWithChoices
  /** Both inclusive. */
  readonly fromMs: number
  readonly toMs: number
  /** Which entries come first; `newest` unless said otherwise. */
  readonly order?: 'newest' | 'oldest'
  /** The most entries of the answer, 1 to 10,000. */
  readonly limit: number
  /** Of an answer to the same request: where it goes on. */
  readonly nextToken?: string
  /** {@link IOT_LOG_GROUP} unless said otherwise. */
  readonly logGroupName?: string
}

/** AWS IoT's own log, as CloudWatch Logs has it. */
export interface IotLogs {
  /**
   * A page of entries. That there is no log, or that the console may not read it, is an outcome and no error. Callers who
   * ask for the same at once share one read. Reads keep within AWS's rate; what is throttled is asked again.
   * @param signal when the caller leaves, nothing more is asked for it
   * @throws AWS's own errors
   */
  read(request: IotLogRequest, signal?: AbortSignal): Promise<IotLogPage>
  /** How long AWS IoT's own log group keeps entries; undefined: there is no such group. Errors are AWS's own. */
  group(signal?: AbortSignal): Promise<IotLogGroup | undefined>
}

export interface IotLogGroup {
  readonly createdAtMs?: number
  /** Absent: for ever. */
  readonly retentionDays?: number
}

export function createIotLogs(logs: CloudWatchLogsClient, iot: IoTClient, clock: Clock = SYSTEM_CLOCK): IotLogs {
  const pace = new Pace(clock, READS_PER_SECOND)
  const shared = new SharedReads<IotLogPage>()

  async function ask(input: FilterLogEventsCommandInput, signal: AbortSignal, onThrottled: () => void) {
    for (let attempt = 1; ; attempt += 1) {
      await pace.turn(signal)
      try {
        return await logs.send(new FilterLogEventsCommand(input), { abortSignal: signal })
      } catch (error) {
        if (!isNamed(error, 'ThrottlingException') || attempt > MOST_THROTTLED) throw error
        onThrottled()
        pace.holdMs(THROTTLED_MS * 2 ** (attempt - 1))
      }
    }
  }

  async function search(request: IotLogRequest, signal: AbortSignal): Promise<IotLogPage> {
    const { criteria = {}, limit } = request
    const entries: IotLogEntry[] = []
    const untilMs = clock.nowMs() + SEARCH_MS
    let { nextToken } = request
    let throttled = 0
    const page = (): IotLogPage => ({ outcome: 'entries', entries, throttled, ...(nextToken && { nextToken }) })
    for (let pages = 1; ; pages += 1) {
      const input = { ...inputOf(request), limit: limit - entries.length, ...(nextToken && { nextToken }) }
      const found: FilterLogEventsCommandOutput = await ask(input, signal, () => {
        throttled += 1
      })
      entries.push(...(found.events ?? []).map(parseIotLogEntry).filter((entry) => meets(entry, criteria)))
      nextToken = found.nextToken
      const isOver = nextToken === undefined || entries.length >= limit
      if (isOver || pages >= MOST_PAGES || clock.nowMs() > untilMs) return page()
    }
  }

  async function orWhyNot(request: IotLogRequest, signal: AbortSignal): Promise<IotLogPage> {
    const nothing = { entries: [], throttled: 0 }
    try {
      return await search(request, signal)
    } catch (error) {
      if (isRefused(error)) return { outcome: 'not-allowed', message: error.message, ...nothing }
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
      const isOff = isLoggingOff(await readLoggingOptions(iot, { signal }))
      return { outcome: isOff ? 'logging-off' : 'no-log-group', ...nothing }
    }
  }

  return {
    async group(signal) {
      const input = { logGroupNamePrefix: IOT_LOG_GROUP }
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand(input), signal && { abortSignal: signal })
      const found = logGroups.find(({ logGroupName }) => logGroupName === IOT_LOG_GROUP)
      return (
        found && {
          ...(found.creationTime !== undefined && { createdAtMs: found.creationTime }),
          ...(found.retentionInDays !== undefined && { retentionDays: found.retentionInDays }),
        }
      )
    },

    read: (request, signal) => shared.read(JSON.stringify(request), (mine) => orWhyNot(request, mine), signal),
  }
}

function inputOf({ criteria = {}, fromMs, toMs, order = 'newest', logGroupName }: IotLogRequest) {
  const startFromHead = order === 'oldest'
  const filterPattern = filterPatternOf(criteria)
  return {
    logGroupName: logGroupName ?? IOT_LOG_GROUP,
    startTime: startFromHead ? Math.max(0, fromMs) : Math.max(NEWEST_FIRST_SINCE_MS, fromMs),
    endTime: toMs,
    startFromHead,
    ...(filterPattern !== undefined && { filterPattern }),
  }
}
