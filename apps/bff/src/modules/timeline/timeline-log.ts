import type { IotLogEntry, IotLogPage, TimelineLogEntry, TimelineMatch } from '@thingdeck/contract'
import type { IotLogRequest, IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { membersOf, refusedFiltersOf } from '../../aws/iot-logs/parse-entry.ts'
import { type ThingIdentity, telling, whoCriteria } from '../../aws/iot-logs/thing-criteria.ts'

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

/** What to ask the log for. */
export const timelineCriteria = (identity: ThingIdentity) => ({
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
export function timelineEntry(entry: IotLogEntry, identity: ThingIdentity): TimelineLogEntry | undefined {
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

function matchOf({ clientId, principalId }: IotLogEntry, identity: ThingIdentity): TimelineMatch {
  if (clientId === identity.thingName) return 'clientId'
  const principal = telling(identity).find((each) => each.principalId === principalId)
  if (principal) return principal.attachment === 'exclusive' ? 'exclusive' : 'principal'
  return 'thingName'
}
