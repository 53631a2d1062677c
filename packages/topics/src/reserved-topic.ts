import { BASIC_INGEST_PREFIX } from './basic-ingest.ts'
/** How the payload of a reserved topic is written. */
export type PayloadFormat = 'json' | 'cbor'

/** Whether a reserved topic carries the answer to a request; without it, the topic is the request. */
export type ReplySuffix = 'accepted' | 'rejected'

/** `$aws/things/T/shadow[/name/S]/…`. Without `shadowName` it is the thing's classic shadow. */
export type ShadowTopic =
  | { kind: 'shadow'; thingName: string; shadowName?: string; operation: 'get' | 'delete'; suffix?: ReplySuffix }
  | {
      kind: 'shadow'
      thingName: string
      shadowName?: string
      operation: 'update'
      suffix?: ReplySuffix | 'delta' | 'documents'
    }

/** `$aws/things/T/jobs/…`. A `jobId` of `$next` means the next pending execution. */
export type JobsTopic =
  | {
      kind: 'jobs'
      thingName: string
      operation: 'GetPendingJobExecutions' | 'StartNextPendingJobExecution'
      suffix?: ReplySuffix
    }
  | {
      kind: 'jobs'
      thingName: string
      operation: 'DescribeJobExecution' | 'UpdateJobExecution'
      jobId: string
      suffix?: ReplySuffix
    }
  | { kind: 'jobNotification'; thingName: string; list: 'notify' | 'notify-next' }
  | { kind: 'jobNamespaceNotification'; thingName: string; jobId: string; namespaceId: string }

/** Fleet provisioning: `$aws/certificates/…` and `$aws/provisioning-templates/…`. */
export type ProvisioningTopic =
  | {
      kind: 'certificates'
      operation: 'CreateKeysAndCertificate' | 'CreateCertificateFromCsr'
      format: PayloadFormat
      suffix?: ReplySuffix
    }
  | { kind: 'provisioning'; templateName: string; format: PayloadFormat; suffix?: ReplySuffix }

/** `$aws/events/…`: what AWS IoT itself tells about connections, the registry, jobs and commands. */
export type EventTopic =
  | { kind: 'event'; family: 'presence'; event: 'connected' | 'disconnected' | 'connect_failed'; clientId: string }
  | { kind: 'event'; family: 'subscriptions'; event: 'subscribed' | 'unsubscribed'; clientId: string }
  | { kind: 'event'; family: 'certificates'; event: 'registered'; caCertificateId: string }
  | { kind: 'event'; family: 'thing'; event: RegistryEvent; thingName: string }
  | { kind: 'event'; family: 'thingGroup'; event: RegistryEvent; thingGroupName: string }
  | { kind: 'event'; family: 'thingType'; event: RegistryEvent; thingTypeName: string }
  | { kind: 'event'; family: 'thingTypeAssociation'; event: MemberEvent; thingName: string; thingTypeName: string }
  | { kind: 'event'; family: 'thingGroupMembership'; event: MemberEvent; thingGroupName: string; thingName: string }
  | {
      kind: 'event'
      family: 'thingGroupHierarchy'
      event: MemberEvent
      thingGroupName: string
      childThingGroupName: string
    }
  | { kind: 'event'; family: 'job'; event: JobEvent; jobId: string }
  | { kind: 'event'; family: 'jobExecution'; event: JobExecutionEvent; jobId: string }
  | { kind: 'event'; family: 'commandExecution'; event: CommandExecutionEvent; commandId: string }

export type RegistryEvent = 'created' | 'updated' | 'deleted'
export type MemberEvent = 'added' | 'removed'
export type JobEvent = 'completed' | 'canceled' | 'deleted' | 'cancellation_in_progress' | 'deletion_in_progress'
/** The status that an execution of a command came to, in capitals unlike those of jobs. */
export type CommandExecutionEvent = 'CREATED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'REJECTED' | 'TIMED_OUT'
export type JobExecutionEvent = 'succeeded' | 'failed' | 'rejected' | 'canceled' | 'timed_out' | 'removed' | 'deleted'

/** Services whose topics are known here, so that they are not refused, and nothing more. */
export type OtherServiceTopic =
  | { kind: 'defenderMetrics'; thingName: string; format: PayloadFormat; suffix?: ReplySuffix }
  | {
      kind: 'stream'
      thingName: string
      streamId: string
      message: 'get' | 'describe' | 'data' | 'description' | 'rejected'
      format: PayloadFormat
    }
  | { kind: 'tunnelNotification'; thingName: string }
  | {
      kind: 'command'
      target: 'things' | 'clients'
      deviceId: string
      executionId: string
      message: 'request' | 'response'
      suffix?: ReplySuffix
      format?: PayloadFormat
    }
  | { kind: 'deviceLocation'; deviceId: string; suffix?: ReplySuffix }
  | { kind: 'siteWiseProperty'; assetModelId: string; assetId: string; propertyId: string }

/**
 * A topic that begins with `$`, by what it is for.
 * @see AWS IoT developer guide, "Reserved topics"
 */
export type ReservedTopic =
  | ShadowTopic
  | JobsTopic
  | ProvisioningTopic
  | EventTopic
  | OtherServiceTopic
  /** Basic Ingest: the rule gets the message as if published to `topic`, which is empty if nothing follows the name. */
  | { kind: 'rule'; ruleName: string; topic: string }
  /** A topic that AWS IoT reserves without a use we know: to be refused. */
  | { kind: 'unknown'; topic: string }

/** The topic's text: the inverse of `parseReservedTopic`. Names are taken as they are. */
export function formatReservedTopic(topic: ReservedTopic): string {
  const suffix = 'suffix' in topic && topic.suffix ? `/${topic.suffix}` : ''
  switch (topic.kind) {
    case 'shadow': {
      const name = topic.shadowName === undefined ? '' : `/name/${topic.shadowName}`
      return `$aws/things/${topic.thingName}/shadow${name}/${topic.operation}${suffix}`
    }
    case 'jobs':
      return `$aws/things/${topic.thingName}/jobs/${formatJobsOperation(topic)}${suffix}`
    case 'jobNotification':
      return `$aws/things/${topic.thingName}/jobs/${topic.list}`
    case 'jobNamespaceNotification':
      return `$aws/things/${topic.thingName}/jobs/${topic.jobId}/notify-namespace-${topic.namespaceId}`
    case 'certificates': {
      const verb = topic.operation === 'CreateKeysAndCertificate' ? 'create' : 'create-from-csr'
      return `$aws/certificates/${verb}/${topic.format}${suffix}`
    }
    case 'provisioning':
      return `$aws/provisioning-templates/${topic.templateName}/provision/${topic.format}${suffix}`
    case 'event':
      return `$aws/events/${topic.family}/${formatEvent(topic)}`
    case 'rule':
      return topic.topic === ''
        ? `${BASIC_INGEST_PREFIX}${topic.ruleName}`
        : `${BASIC_INGEST_PREFIX}${topic.ruleName}/${topic.topic}`
    case 'defenderMetrics':
      return `$aws/things/${topic.thingName}/defender/metrics/${topic.format}${suffix}`
    case 'stream':
      return `$aws/things/${topic.thingName}/streams/${topic.streamId}/${topic.message}/${topic.format}`
    case 'tunnelNotification':
      return `$aws/things/${topic.thingName}/tunnels/notify`
    case 'command': {
      const format = topic.format ? `/${topic.format}` : ''
      const execution = `$aws/commands/${topic.target}/${topic.deviceId}/executions/${topic.executionId}`
      return `${execution}/${topic.message}${suffix}${format}`
    }
    case 'deviceLocation':
      return `$aws/device_location/${topic.deviceId}/get_position_estimate${suffix}`
    case 'siteWiseProperty': {
      const { assetModelId, assetId, propertyId } = topic
      return `$aws/sitewise/asset-models/${assetModelId}/assets/${assetId}/properties/${propertyId}`
    }
    case 'unknown':
      return topic.topic
  }
}

function formatJobsOperation(topic: Extract<JobsTopic, { kind: 'jobs' }>): string {
  switch (topic.operation) {
    case 'GetPendingJobExecutions':
      return 'get'
    case 'StartNextPendingJobExecution':
      return 'start-next'
    case 'DescribeJobExecution':
      return `${topic.jobId}/get`
    case 'UpdateJobExecution':
      return `${topic.jobId}/update`
  }
}

function formatEvent(topic: EventTopic): string {
  switch (topic.family) {
    case 'presence':
    case 'subscriptions':
      return `${topic.event}/${topic.clientId}`
    case 'certificates':
      return `${topic.event}/${topic.caCertificateId}`
    case 'thing':
      return `${topic.thingName}/${topic.event}`
    case 'thingGroup':
      return `${topic.thingGroupName}/${topic.event}`
    case 'thingType':
      return `${topic.thingTypeName}/${topic.event}`
    case 'thingTypeAssociation':
      return `thing/${topic.thingName}/thingType/${topic.thingTypeName}/${topic.event}`
    case 'thingGroupMembership':
      return `thingGroup/${topic.thingGroupName}/thing/${topic.thingName}/${topic.event}`
    case 'thingGroupHierarchy':
      return `thingGroup/${topic.thingGroupName}/childThingGroup/${topic.childThingGroupName}/${topic.event}`
    case 'job':
    case 'jobExecution':
      return `${topic.jobId}/${topic.event}`
    case 'commandExecution':
      return `${topic.commandId}/${topic.event}`
  }
}
