/** What an entry is about, as far as levels are set for it. A publisher and a connection are such subjects as they are. */
export interface IotLogSubject {
  readonly clientId?: string | undefined
  readonly principal?: { readonly principalId: string } | undefined
  readonly sourceIp?: string | undefined
  /** The thing, where it is not the one that is named as the client id. */
  readonly thingName?: string | undefined
}

/** `SucceededWithIssues` counts as a failure. */
export type IotLogStatus = 'Success' | 'Failure' | 'SucceededWithIssues'

/**
 * The kinds of entries, and at which level each tells of a success; failures are told at ERROR.
 * @see AWS IoT Core developer guide, "CloudWatch Logs AWS IoT log entries"
 */
export const IOT_LOG_LEVELS = {
  Connect: 'INFO',
  Disconnect: 'INFO',
  Ping: 'DEBUG',
  'Connection.AuthNError': 'ERROR',
  DeleteConnection: 'INFO',
  GetConnection: 'INFO',
  ListSubscriptions: 'INFO',
  SendDirectMessage: 'INFO',
  GetRetainedMessage: 'INFO',
  ListRetainedMessage: 'INFO',
  'Publish-In': 'INFO',
  'Publish-Out': 'INFO',
  Queued: 'INFO',
  Subscribe: 'INFO',
  Unsubscribe: 'INFO',
  RetrieveOCSPStapleData: 'INFO',
  GetThingShadow: 'INFO',
  UpdateThingShadow: 'INFO',
  DeleteThingShadow: 'INFO',
  RuleMatch: 'INFO',
  StartingRuleExecution: 'DEBUG',
  RuleExecution: 'INFO',
  FunctionExecution: 'DEBUG',
  RuleNotFound: 'ERROR',
  RuleExecutionThrottled: 'ERROR',
  RuleEvaluation: 'ERROR',
  DescribeJobExecution: 'DEBUG',
  UpdateJobExecution: 'DEBUG',
  GetPendingJobExecution: 'DEBUG',
  StartNextPendingJobExecution: 'DEBUG',
  ReportFinalJobExecutionCount: 'INFO',
  UpdateCommandExecution: 'INFO',
  GetDeviceCredentials: 'INFO',
  ProvisionDevice: 'INFO',
  AddThingToDynamicThingGroupsFailed: 'ERROR',
  NamedShadowCountForDynamicGroupQueryLimitExceeded: 'ERROR',
  IndexingCustomFieldFailed: 'ERROR',
  IndexingGeoLocationFieldFailed: 'ERROR',
} as const satisfies Readonly<Record<string, 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'>>

export type IotLogEventType = keyof typeof IOT_LOG_LEVELS

export const IOT_LOG_EVENT_TYPES = Object.keys(IOT_LOG_LEVELS) as IotLogEventType[] // of a constant, whose keys these are

/** A value of an entry's field, as JSON has it. What is undefined is left out. */
export type IotLogValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly IotLogValue[]
  | { readonly [member: string]: IotLogValue }

export interface IotLogEntry {
  readonly eventType: IotLogEventType
  readonly status: IotLogStatus
  /**
   * Ties the entries of all that one message or request caused: the publisher's or the message's. A new one is made
   * where there is none; `null` for entries of jobs, which have none.
   */
  readonly traceId?: string | null | undefined
  /** What the entry says beside what all have (timestamp, logLevel, traceId, accountId, status, eventType), in order. */
  readonly fields: { readonly [field: string]: IotLogValue }
}

/** Who decides which entries are kept, and keeps them. */
export interface IotLogKeeper {
  readonly isOn: boolean
  /** As {@link IotLog.isTracing}. */
  readonly isTracing: boolean
  keeps(eventType: IotLogEventType, status: IotLogStatus, subject: IotLogSubject): boolean
  write(entry: IotLogEntry): void
}

/**
 * The account's log of what happened, `AWSIotLogsV2`. Whoever has something to tell asks first whether it would be kept,
 * and makes the entry only then:
 *
 * ```ts
 * if (iotLog.isOn && iotLog.keeps('GetThingShadow', 'Success', publisher)) {
 *   iotLog.write({ eventType: 'GetThingShadow', status: 'Success', traceId: publisher.traceId, fields: { … } })
 * }
 * ```
 *
 * It is there before any service. Until the one that keeps it has opened it, nothing is kept.
 */
export class IotLog {
  #keeper: IotLogKeeper | undefined

  /** Called once, by the service that keeps it. */
  open(keeper: IotLogKeeper): void {
    this.#keeper = keeper
  }

  /** False where no entry of anybody is kept: nothing need be looked up then. */
  get isOn(): boolean {
    return this.#keeper?.isOn ?? false
  }

  /** Whether messages are given trace ids before anybody asks: not where nothing is kept, nor while too much comes. */
  get isTracing(): boolean {
    return this.#keeper?.isTracing ?? false
  }

  /** Whether an entry of that kind would be kept for that subject, by the levels that are set now. */
  keeps(eventType: IotLogEventType, status: IotLogStatus, subject: IotLogSubject): boolean {
    return this.#keeper?.keeps(eventType, status, subject) ?? false
  }

  /** Keeps an entry, whose writing nobody waits for. {@link keeps} has been asked. */
  write(entry: IotLogEntry): void {
    this.#keeper?.write(entry)
  }
}
