import type {
  IotLogCriteria,
  IotLogEntry,
  IotLogPage,
  TimelineLogEntry,
  TimelineMatch,
  TimelinePrincipal,
} from '@thingdeck/contract'
import type { IotLogRequest, IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { type Members, membersOf } from '../../aws/iot-logs/parse-entry.ts'

/** What a timeline shows where it succeeded; whatever failed it shows too. Messages would be too many. */
const EVENT_TYPES = [
  'Connect',
  'Disconnect',
  'DeleteConnection',
  'Subscribe',
  'UpdateThingShadow',
  'DeleteThingShadow',
  'UpdateJobExecution',
  'IndexingCustomFieldFailed',
]

/** Whose entries are a thing's. */
export interface TimelineIdentity {
  readonly thingName: string
  readonly principals: readonly Pick<TimelinePrincipal, 'principalId' | 'attachment'>[]
}

/** A principal that other things have too does not tell which of them acted. */
const telling = ({ principals }: TimelineIdentity) =>
  principals.filter(({ attachment }) => attachment === 'exclusive' || attachment === 'alone')

/** One of these holds of what is a thing's. */
export const whoCriteria = (identity: TimelineIdentity): readonly IotLogCriteria[] => [
  { thingName: identity.thingName },
  ...telling(identity).map(({ principalId }) => ({ principalId })),
]

/** What to ask the log for. */
export const timelineCriteria = (identity: TimelineIdentity) => ({
  either: [whoCriteria(identity), [{ status: 'Failure' as const }, { eventTypes: EVENT_TYPES }]],
})

interface LogPage extends Omit<IotLogPage, 'outcome'> {
  readonly outcome: IotLogPage['outcome'] | 'failed'
}

/** A page of the log; that AWS answered otherwise is an outcome, too: what is known from elsewhere is told all the same. */
export async function readLogPage(iotLogs: IotLogs, request: IotLogRequest, signal: AbortSignal): Promise<LogPage> {
  try {
    return await iotLogs.read(request, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return { outcome: 'failed', message: `${error.name}: ${error.message}`, entries: [], throttled: 0 }
  }
}

/** An entry as the timeline has it. Undefined: it has no kind, so that there is nothing to say of it. */
export function timelineEntry(entry: IotLogEntry, identity: TimelineIdentity): TimelineLogEntry | undefined {
  const { eventType } = entry
  if (eventType === undefined) return undefined
  const members = membersOf(entry.message)
  const refusedFilters = eventType === 'Subscribe' ? refusedFiltersOf(members) : []
  const texts = TEXTS.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]] as const]))
  return {
    id: entry.eventId,
    time: entry.at,
    match: matchOf(entry, identity),
    eventType,
    ...Object.fromEntries(texts),
    ...(Number.isInteger(entry.sourcePort) && { sourcePort: entry.sourcePort }),
    ...(typeof members.jobId === 'string' && { jobId: members.jobId }),
    ...(refusedFilters.length > 0 && { refusedFilters }),
  }
}

const TEXTS = [
  'status',
  'logLevel',
  'traceId',
  'protocol',
  'clientId',
  'principalId',
  'sourceIp',
  'reason',
  'details',
  'disconnectReason',
  'topicName',
  'ruleName',
  'ruleAction',
] as const

function matchOf({ clientId, principalId }: IotLogEntry, identity: TimelineIdentity): TimelineMatch {
  if (clientId === identity.thingName) return 'clientId'
  const principal = telling(identity).find((each) => each.principalId === principalId)
  if (principal) return principal.attachment === 'exclusive' ? 'exclusive' : 'principal'
  return 'thingName'
}

/** MQTT 5.0 §3.9.3: reason codes from 0x80 on are failures. */
const FIRST_FAILURE = 0x80

function refusedFiltersOf({ subscriptions }: Members): string[] {
  if (!Array.isArray(subscriptions)) return []
  return subscriptions.flatMap((each: unknown) => {
    const { topicName, reasonCode } = (each ?? {}) as Members
    return typeof topicName === 'string' && typeof reasonCode === 'number' && reasonCode >= FIRST_FAILURE
      ? [topicName]
      : []
  })
}
