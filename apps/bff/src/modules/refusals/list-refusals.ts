import type { IotLogEntry, IotLogPage, RefusalList } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { refusedEntries } from '../../aws/iot-logs/refused-entries.ts'
import { whoCriteria } from '../../aws/iot-logs/thing-criteria.ts'
import { principalsOf } from '../../aws/thing-principals.ts'
import type { Clock } from '../../clock.ts'
import { groupRefusals } from './group-refusals.ts'
import { refusalLogging } from './refusal-logging.ts'

/** Entries of one read of the log. */
const PAGE_SIZE = 5_000
/** So many entries are looked at, and for so long: a log may be long, and is read from its end. */
const MOST_ENTRIES = 20_000
const SEARCH_MS = 15_000
/** So many refusals are told, the last ones. */
const MOST_REFUSALS = 1_000

export interface RefusalsAsked {
  readonly fromMs: number
  readonly toMs: number
  readonly clientId?: string | undefined
  readonly principalId?: string | undefined
  readonly thingName?: string | undefined
}

/** What was refused in a time, from the log. That there is no log is an outcome; errors are AWS's own. */
export async function listRefusals(
  aws: Pick<Aws, 'iot' | 'iotLogs' | 'things'>,
  asked: RefusalsAsked,
  clock: Clock,
  signal: AbortSignal,
): Promise<RefusalList> {
  const [logging, found] = await Promise.all([refusalLogging(aws.iot, signal), search(aws, asked, clock, signal)])
  const { outcome, message, entries, isAll } = found
  const refusals = groupRefusals(refusedEntries(entries), asked)
  const oldest = entries.at(-1)
  const further = refusals.length - MOST_REFUSALS
  return {
    outcome,
    ...(message !== undefined && { message }),
    refusals: refusals.slice(0, MOST_REFUSALS),
    isAll,
    ...(!isAll && oldest && { readFrom: oldest.at }),
    ...(further > 0 && { further }),
    logging,
  }
}

interface Found extends Pick<IotLogPage, 'outcome' | 'message'> {
  /** The last one first. */
  readonly entries: readonly IotLogEntry[]
  readonly isAll: boolean
}

async function search(
  { iot, iotLogs, things }: Pick<Aws, 'iot' | 'iotLogs' | 'things'>,
  { fromMs, toMs, clientId, principalId, thingName }: RefusalsAsked,
  clock: Clock,
  signal: AbortSignal,
): Promise<Found> {
  const untilMs = clock.nowMs() + SEARCH_MS
  const who =
    thingName === undefined
      ? undefined
      : whoCriteria({ thingName, ...(await principalsOf(iot, await things.describe(thingName))) })
  const criteria = {
    status: 'Failure' as const,
    ...(clientId !== undefined && { clientId }),
    ...(principalId !== undefined && { principalId }),
    ...(who && { either: [who] }),
  }
  const entries: IotLogEntry[] = []
  let nextToken: string | undefined
  do {
    const page = await iotLogs.read(
      { criteria, fromMs, toMs, limit: PAGE_SIZE, ...(nextToken !== undefined && { nextToken }) },
      signal,
    )
    const { outcome, message } = page
    if (outcome !== 'entries') return { outcome, ...(message !== undefined && { message }), entries: [], isAll: true }
    entries.push(...page.entries)
    nextToken = page.nextToken
  } while (nextToken !== undefined && entries.length < MOST_ENTRIES && clock.nowMs() < untilMs)
  return { outcome: 'entries', entries, isAll: nextToken === undefined }
}
