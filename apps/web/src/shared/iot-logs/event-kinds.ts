/** What an entry of each kind says, and at which level its success is logged (developer guide, "CloudWatch AWS IoT log entries"). */
interface EventKind {
  /** Completes 'a client …' or stands for itself. */
  readonly words: string
  readonly level: 'DEBUG' | 'INFO' | 'ERROR'
  /** The same of an entry that tells of a failure; absent: `words` say it, or need no more than that it failed. */
  readonly failed?: string
}

const KINDS = {
  Connect: { words: 'A client connected', level: 'INFO', failed: 'A client was not let in' },
  Disconnect: { words: 'A connection ended', level: 'INFO' },
  Ping: { words: 'A client was heard of (PINGREQ)', level: 'DEBUG' },
  'Connection.AuthNError': { words: 'Who connected could not be authenticated', level: 'ERROR' },
  'Publish-In': { words: 'A message was published', level: 'INFO', failed: 'A message was not taken' },
  'Publish-Out': { words: 'A message was delivered', level: 'INFO', failed: 'A message was not delivered' },
  Queued: {
    words: 'A message was kept for a client that is away',
    level: 'INFO',
    failed: 'A message for a client that is away was not kept',
  },
  Subscribe: { words: 'A client subscribed', level: 'INFO', failed: 'A subscription was refused' },
  Unsubscribe: { words: 'A client unsubscribed', level: 'INFO', failed: 'An unsubscribe failed' },
  DeleteConnection: {
    words: 'A connection was ended through the API',
    level: 'INFO',
    failed: 'A connection was not ended through the API',
  },
  GetConnection: { words: 'A connection was asked for through the API', level: 'INFO' },
  ListSubscriptions: { words: 'Subscriptions were asked for through the API', level: 'INFO' },
  SendDirectMessage: {
    words: 'A message was sent to one client through the API',
    level: 'INFO',
    failed: 'A message to one client was not sent',
  },
  GetRetainedMessage: {
    words: 'A retained message was read',
    level: 'INFO',
    failed: 'A retained message could not be read',
  },
  ListRetainedMessage: { words: 'Retained messages were listed', level: 'INFO' },
  GetThingShadow: { words: 'A shadow was read', level: 'INFO', failed: 'A shadow could not be read' },
  UpdateThingShadow: { words: 'A shadow was updated', level: 'INFO', failed: 'A shadow was not updated' },
  DeleteThingShadow: { words: 'A shadow was deleted', level: 'INFO', failed: 'A shadow was not deleted' },
  RuleMatch: { words: 'A rule matched a message', level: 'INFO' },
  StartingRuleExecution: { words: "A rule's action begins", level: 'DEBUG' },
  RuleExecution: { words: "A rule's action ran", level: 'INFO', failed: "A rule's action failed" },
  FunctionExecution: { words: 'A function of a rule ran', level: 'DEBUG' },
  RuleNotFound: { words: 'There is no such rule', level: 'ERROR' },
  RuleExecutionThrottled: { words: 'A rule was throttled', level: 'ERROR' },
  RuleEvaluation: { words: 'Rules were evaluated', level: 'ERROR' },
  DescribeJobExecution: { words: 'A job execution was read', level: 'DEBUG' },
  UpdateJobExecution: { words: 'A job execution was updated', level: 'DEBUG' },
  GetPendingJobExecution: { words: 'Pending job executions were read', level: 'DEBUG' },
  StartNextPendingJobExecution: { words: 'The next job execution was started', level: 'DEBUG' },
  ReportFinalJobExecutionCount: { words: 'A job came to its end', level: 'INFO' },
  UpdateCommandExecution: { words: 'A device reported of a command', level: 'INFO' },
  GetDeviceCredentials: { words: 'Credentials were handed to a device', level: 'INFO' },
  RetrieveOCSPStapleData: {
    words: 'The state of a server certificate was asked for, to be shown to devices',
    level: 'INFO',
  },
  ProvisionDevice: { words: 'A device was provisioned', level: 'INFO' },
  AddThingToDynamicThingGroupsFailed: { words: 'A thing could not be added to dynamic groups', level: 'ERROR' },
  NamedShadowCountForDynamicGroupQueryLimitExceeded: {
    words: 'A thing has more named shadows than queries of dynamic groups look at',
    level: 'ERROR',
  },
  IndexingCustomFieldFailed: { words: 'A custom field could not be indexed', level: 'ERROR' },
  IndexingGeoLocationFieldFailed: { words: 'A place could not be indexed', level: 'ERROR' },
} as const satisfies Readonly<Record<string, EventKind>>

/** Those that AWS documents; it may write others. */
export const EVENT_TYPES = Object.keys(KINDS)

/** Logged only where the event type, or a target, has a level of its own: the account's never reaches them. */
export const OPT_IN_EVENT_TYPES: readonly string[] = ['Ping', 'Connection.AuthNError']

export function eventKind(eventType: string): EventKind | undefined {
  return Object.hasOwn(KINDS, eventType) ? (KINDS as Readonly<Record<string, EventKind>>)[eventType] : undefined
}

/** Those that are called by what fails, and the end of a connection: an end is one whatever led to it. */
const SAYS_IT_FAILED = /Failed$|Exceeded$|NotFound$|Throttled$|^Disconnect$|Error$/

/** What an entry tells, so that no failure reads as done: `A client was not let in`. Undefined: a kind that is not known. */
export function eventWords({
  eventType = '',
  status,
}: {
  readonly eventType?: string | undefined
  readonly status?: string | undefined
}): string | undefined {
  const kind = eventKind(eventType)
  if (kind === undefined || status !== 'Failure') return kind?.words
  return kind.failed ?? (SAYS_IT_FAILED.test(eventType) ? kind.words : `${kind.words}, and that failed`)
}
