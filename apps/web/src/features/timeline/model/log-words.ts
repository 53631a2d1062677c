import { isReadOfNothing } from '@thingdeck/contract'
import { capitalised } from '../../../shared/format.ts'
import { reasonInWords } from '../../../shared/iot-logs/disconnect-reason.ts'
import { entryReasonWords } from '../../../shared/iot-logs/reason-words.ts'
import type { LogFact, MomentKind, MomentTone } from './moment.ts'
import { principalInWords } from './principal-words.ts'

/** An entry of the log as the timeline says it. `undefined`: it is none of the timeline's. */
export interface LogWords {
  readonly kind: MomentKind
  readonly tone: MomentTone
  readonly title: string
  readonly why?: string
}

/** What was tried, of entries that tell of a refusal or a failure. */
const TRIED: Readonly<Record<string, (fact: LogFact) => string>> = {
  Connect: () => 'Connect',
  'Connection.AuthNError': () => 'Connect',
  'Publish-In': ({ topicName }) => `Publish to ${topicName ?? 'a topic'}`,
  'Publish-Out': ({ topicName }) => `Delivery from ${topicName ?? 'a topic'}`,
  Queued: ({ topicName }) => `Queueing a message of ${topicName ?? 'a topic'}`,
  Subscribe: ({ topicName }) => `Subscribe to ${topicName ?? 'a topic filter'}`,
  Unsubscribe: () => 'Unsubscribe',
  SendDirectMessage: ({ topicName }) => `Direct message on ${topicName ?? 'a topic'}`,
  GetThingShadow: (fact) => `Reading ${shadowOf(fact)}`,
  UpdateThingShadow: (fact) => `Update of ${shadowOf(fact)}`,
  DeleteThingShadow: (fact) => `Deletion of ${shadowOf(fact)}`,
}

/** `No policy … (AUTHORIZATION_FAILURE)`, else AWS's own words. */
function whyOf(fact: LogFact): string | undefined {
  const { reason, details } = fact
  const known = entryReasonWords(fact)
  if (known) return `${known.why} (${reason})`
  if (reason !== undefined && details !== undefined && details !== reason) return `${reason}: ${details}`
  return reason ?? details
}

/** `the classic shadow`, `shadow config`: the log has the name in the topic alone. */
export function shadowOf({ topicName }: Pick<LogFact, 'topicName'>): string {
  const name = shadowNameOf(topicName)
  if (name === undefined) return 'a shadow'
  return name === '' ? 'the classic shadow' : `shadow ${name}`
}

/** `''` for the classic one; `undefined` where the topic is none of a shadow. */
export function shadowNameOf(topicName: string | undefined): string | undefined {
  const [, name] = /^\$aws\/things\/[^/]+\/shadow(?:\/name\/([^/]+))?(?:\/|$)/.exec(topicName ?? '') ?? [
    undefined,
    null,
  ]
  return name === null ? undefined : (name ?? '')
}

/** As `asWhom` where a thing acts under another client id than its name. */
const asWhom = ({ clientId, match }: LogFact) =>
  match === 'clientId' || clientId === undefined ? '' : ` as ${clientId}`

const isFailure = ({ status }: LogFact) => status === 'Failure'

const withWhy = (why: string | undefined) => (why === undefined ? {} : { why })

function connectionWords(fact: LogFact): LogWords | undefined {
  const { eventType, sourceIp } = fact
  const from = sourceIp === undefined ? '' : ` from ${sourceIp}`
  switch (eventType) {
    case 'Connect':
      return {
        kind: 'connection',
        tone: 'success',
        title: `Connected${from}${asWhom(fact)}`,
        ...withWhy(principalOf(fact)),
      }
    case 'Disconnect':
      return {
        kind: 'connection',
        tone: fact.disconnectReason === 'CLIENT_INITIATED_DISCONNECT' ? 'stopped' : 'warning',
        title: `Disconnected${asWhom(fact)}`,
        why: disconnectWhy(fact),
      }
    case 'DeleteConnection':
      return {
        kind: 'connection',
        tone: 'warning',
        title: `Its connection was ended through the API${asWhom(fact)}`,
        why: `by ${principalInWords(fact.principalId)}${from}`,
      }
    default:
      return undefined
  }
}

const principalOf = ({ principalId }: LogFact) =>
  principalId === undefined ? undefined : principalInWords(principalId)

function disconnectWhy(fact: LogFact): string {
  const { disconnectReason, details } = fact
  if (disconnectReason !== undefined) return reasonInWords(disconnectReason, details)
  return whyOf(fact) ?? 'the log does not say why'
}

const JOBS = new Set([
  'DescribeJobExecution',
  'UpdateJobExecution',
  'GetPendingJobExecution',
  'StartNextPendingJobExecution',
])

function jobWords(fact: LogFact): LogWords {
  const { eventType, jobId, details } = fact
  const of = jobId === undefined ? '' : ` of job ${jobId}`
  return {
    kind: 'job',
    tone: isFailure(fact) ? 'error' : 'info',
    title: `${eventType}${of}`,
    ...withWhy(whyOf(fact) ?? details),
  }
}

function ruleWords(fact: LogFact): LogWords {
  const { eventType, ruleName, ruleAction } = fact
  const rule = ruleName === undefined || ruleName === 'N/A' ? 'A rule' : `Rule ${ruleName}`
  const titles: Readonly<Record<string, string>> = {
    RuleNotFound: `${rule} does not exist`,
    RuleExecutionThrottled: `${rule} was throttled`,
    RuleEvaluation: 'Rules were not evaluated for a message',
  }
  const failed = ruleAction === undefined ? `${rule} failed` : `${rule}: ${ruleAction} failed`
  return { kind: 'rule', tone: 'error', title: titles[eventType] ?? failed, ...withWhy(whyOf(fact)) }
}

const REGISTRY: Readonly<Record<string, string>> = {
  AddThingToDynamicThingGroupsFailed: 'It could not be added to dynamic thing groups',
  NamedShadowCountForDynamicGroupQueryLimitExceeded: 'It has more named shadows than queries of dynamic groups look at',
  IndexingCustomFieldFailed: 'A field could not be indexed',
  IndexingGeoLocationFieldFailed: 'A geolocation could not be indexed',
}

const RULES = new Set([
  'RuleExecution',
  'RuleNotFound',
  'RuleExecutionThrottled',
  'RuleEvaluation',
  'FunctionExecution',
])

/**
 * Says what an entry tells of a thing.
 * Source: AWS IoT developer guide, "CloudWatch Logs log entry format".
 */
export function logWords(fact: LogFact): LogWords | undefined {
  const { eventType, refusedFilters = [] } = fact
  if (JOBS.has(eventType)) return jobWords(fact)
  if (RULES.has(eventType)) return isFailure(fact) ? ruleWords(fact) : undefined
  const registry = REGISTRY[eventType]
  if (registry !== undefined) return { kind: 'registry', tone: 'warning', title: registry, ...withWhy(whyOf(fact)) }
  if (eventType === 'Disconnect') return connectionWords(fact) // one that AWS counts a failure is a disconnect, too
  if (isFailure(fact)) {
    if (isReadOfNothing(fact)) return undefined
    const title = `${TRIED[eventType]?.(fact) ?? eventType} ${isRefusal(fact) ? 'refused' : 'failed'}${asWhom(fact)}`
    return { kind: 'refusal', tone: 'error', title, ...withWhy(whyOf(fact)) }
  }
  if (eventType === 'Subscribe' && refusedFilters.length > 0) {
    return {
      kind: 'refusal',
      tone: 'error',
      title: `Subscribe to ${refusedFilters.join(', ')} refused${asWhom(fact)}`,
      why: 'the broker answered with a reason code of failure for each of them',
    }
  }
  if (eventType === 'UpdateThingShadow') return { kind: 'shadow', tone: 'info', title: `Update of ${shadowOf(fact)}` }
  if (eventType === 'DeleteThingShadow')
    return { kind: 'shadow', tone: 'warning', title: `${capitalised(shadowOf(fact))} deleted` }
  if (eventType === 'GetDeviceCredentials')
    return { kind: 'access', tone: 'info', title: 'AWS credentials given to the device' }
  if (eventType === 'ProvisionDevice')
    return { kind: 'access', tone: 'info', title: 'Provisioned by a template', ...withWhy(whyOf(fact)) }
  return connectionWords(fact)
}

/** Those of authorization and authentication; what breaks for other reasons has failed. */
const isRefusal = ({ eventType, reason = '' }: LogFact) =>
  eventType === 'Connection.AuthNError' || /AUTHORIZATION|CERTIFICATE|TOKEN|AUTHENTICATED/.test(reason)
