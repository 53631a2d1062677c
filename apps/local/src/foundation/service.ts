import type * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import type * as iam from '@aws-sdk/client-iam'
import type * as iot from '@aws-sdk/client-iot'
import type * as iotData from '@aws-sdk/client-iot-data-plane'
import type * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import type * as sts from '@aws-sdk/client-sts'
import type { Handlers, Service as ServedApi } from '@thingdeck/aws-api'
import type { Broker } from '@thingdeck/broker'
import type { AccountLimits } from './account-limits.ts'
import type { AccountOperations } from './account-operations.ts'
import type { AwsApiEntry } from './aws-apis.ts'
import type { Caller } from './caller.ts'
import type { CertificateIssuing, OnRegistration } from './certificates.ts'
import type { Changes } from './changes.ts'
import type { ConnectionHistory } from './connections.ts'
import type { LocalContext } from './context.ts'
import type { ControlPlaneNeed } from './control-plane-needs.ts'
import type { AccessKeys } from './credentials.ts'
import type { DataPlaneNeeds } from './data-plane-needs.ts'
import type { IntegrityReport } from './database-check.ts'
import type { ReadShadow, RegistryAnswers } from './fleet-answers.ts'
import type { ShadowChange } from './fleet-sources.ts'
import type { ForwardedApi } from './forwarded-api.ts'
import type { Functions } from './functions.ts'
import type { ServiceRoute } from './http-route.ts'
import type { JobChange } from './job-change.ts'
import type { LogSink } from './log-sink.ts'
import type { Messages } from './messages.ts'
import type { PolicySource } from './policy-source.ts'
import type { ReservedTopicHandlers } from './reserved-topics.ts'
import type { Roles } from './roles.ts'
import type { SoftwarePackages } from './software-packages.ts'
import type { TagKeeper } from './tag-keeper.ts'
import type { ThingDirectory } from './thing-directory.ts'
import type { Traffic } from './traffic.ts'

/** Handlers of one API, by operation. */
export type HandlerTable = ServedApi<Caller>['handlers']

/** Handlers by the key of their API, see `AWS_APIS`. The compiler checks those of the shared APIs. */
export interface ApiHandlers {
  readonly iot?: Handlers<typeof iot, Caller>
  readonly iotData?: Handlers<typeof iotData, Caller>
  readonly iotJobsData?: Handlers<typeof iotJobsData, Caller>
  readonly cognitoIdentity?: Handlers<typeof cognitoIdentity, Caller>
  readonly sts?: Handlers<typeof sts, Caller>
  readonly iam?: Handlers<typeof iam, Caller>
  readonly [api: string]: HandlerTable | undefined
}

/**
 * One service of the embedded server: all that the rest of the server has to know of it. What is in here is found by
 * name, topic or path, and no two services may claim the same.
 */
export interface Service {
  /** For messages to people. */
  readonly name: string
  /** APIs that the service alone serves, by a key of its own, beside the shared ones. */
  readonly apis?: Readonly<Record<string, AwsApiEntry>>
  readonly handlers?: ApiHandlers
  /**
   * What policies call the resources of the control plane: the member of an input that names one, and the type in its
   * ARN. Where an input has several, the first here counts; those of the API's other services come after these.
   */
  readonly resources?: Readonly<Record<string, string | ((operation: string) => string)>>
  /**
   * What operations of the control plane need, where it is not the one resource that `resources` tells. The table is
   * `NeedsOf` the API's module, which the compiler checks.
   */
  readonly controlPlaneNeeds?: {
    readonly [operation: string]: ((input: never, caller?: Caller) => ControlPlaneNeed) | undefined
  }
  /** Operations of the control plane that decide for themselves who may call them, of those who have signed. */
  readonly selfDeciding?: readonly string[]
  /** Operations of the control plane that administrators of other accounts may call; what they see is theirs. */
  readonly forOtherAccounts?: readonly string[]
  /** What operations of the data plane need. One that is not here is the administrator's alone. */
  readonly needs?: DataPlaneNeeds
  readonly reservedTopics?: ReservedTopicHandlers
  /** Told of clients whose certificate waits for its activation. One service does something about it. */
  readonly onRegistration?: OnRegistration
  readonly routes?: readonly ServiceRoute[]
  /** APIs that other servers answer behind this one. */
  readonly forwardedApis?: readonly ForwardedApi[]
  /**
   * Finds out anew what is kept in memory of the tables: what was written last may not be there, or nothing at all. Work
   * that is under way goes on.
   */
  readonly reread?: () => void
  /**
   * To be called after the database was emptied, and after `reread`: ends what is under way, and brings back what is there
   * from the beginning. What it throws is told once the other services were reset.
   */
  readonly reset?: () => void
  /** Looks at all that the service keeps beside the account's database; undefined where there is nothing. */
  readonly integrity?: () => Promise<IntegrityReport | undefined>
  /**
   * Lets go of what outlives a call, as the server ends: no request and no connection is left, those services that were
   * made after this one are closed, the database is open. What it throws is told once everything else was closed.
   */
  readonly close?: () => void | Promise<void>
}

/** What the services of the account offer to all others: each is a contract of its own, and one service fulfils it. */
export interface AccountContext {
  readonly things: ThingDirectory
  readonly registryAnswers: RegistryAnswers
  readonly tags: TagKeeper
  readonly policies: PolicySource
  readonly roles: Roles
  readonly accessKeys: AccessKeys
  readonly certificates: CertificateIssuing
}

/** How many bytes of what is kept for a while may be kept, where AWS keeps it as long as it is paid for. */
export interface StorageBudgets {
  /** Of log events, of all groups together. */
  readonly logBytes: number
  /** Entries of AWS IoT's own log that are made in a second; `Infinity` for no such bound. */
  readonly logEntriesPerSecond: number
  /** Of the data points of metrics, of all metrics together. */
  readonly metricBytes: number
}

/** What a service may be made with, whatever it is for. */
export interface ServiceContext extends LocalContext, AccountContext {
  /** The name under which clients reach the server. */
  readonly host: string
  /** Further names under which some of them do. */
  readonly otherHosts: readonly string[]
  /** Where this server's AWS APIs are, over plain HTTP. */
  readonly ownUrl: string
  readonly storage: StorageBudgets
  readonly limits: Readonly<AccountLimits>
  /** How often rules of the account may be evaluated in a second; `Infinity` for no such bound. */
  readonly ruleEvaluationsPerSecond: number
  /** Where alarms publish to topics of SNS; undefined where nobody has named an endpoint. */
  readonly snsEndpoint: string | undefined
  /** Where the account is kept: an absolute path; undefined where nothing outlives the process. */
  readonly dataDirectory: string | undefined
  readonly messages: Messages
  /** For what is about connections, sessions and retained messages themselves. */
  readonly broker: Broker<unknown>
  readonly connections: ConnectionHistory
  readonly traffic: Traffic
  readonly readShadow: ReadShadow
  /** Told of each shadow after it was changed. */
  readonly shadowChanges: Changes<ShadowChange>
  /** Told of what happens to jobs and their executions. */
  readonly jobChanges: Changes<JobChange>
  /** The software package catalog. */
  readonly softwarePackages: SoftwarePackages
  /** The account's Lambda functions. */
  readonly functions: Functions
  /** What the account's services do for others, several operations as one. */
  readonly operations: AccountOperations
  /** The server's own log entries. */
  readonly logs: LogSink
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** Makes a service. Everything in the context is ready to be used. */
export type MakeService = (context: ServiceContext) => Service
