import { type ClientRequest, shadowResources } from '@thingdeck/policies'

/** By which door a request comes: over HTTPS there is no client id, and no variable of a thing has a value. */
export type Door = 'mqtt' | 'https'

/** How a client connects, as far as policies can ask. */
export interface ConnectOptions {
  readonly clientId: string
  readonly isPersistent: boolean
  readonly will?: { readonly topic: string; readonly retain: boolean } | undefined
}

interface CheckAction {
  /** As policies name it. */
  readonly action: string
  /** What it is about: the label of its field. */
  readonly on: 'client id' | 'topic' | 'topic filter' | 'thing or thing/shadow' | 'thing' | 'role alias' | 'nothing'
  /** `either`: as the page says. */
  readonly door: Door | 'either'
  readonly does: string
}

/** What can be checked, in the order in which it is offered. */
export const CHECK_ACTIONS: readonly CheckAction[] = [
  { action: 'iot:Connect', on: 'client id', door: 'mqtt', does: 'Connect' },
  { action: 'iot:Publish', on: 'topic', door: 'either', does: 'Publish a message' },
  { action: 'iot:RetainPublish', on: 'topic', door: 'either', does: 'Publish a message to be retained' },
  { action: 'iot:Subscribe', on: 'topic filter', door: 'mqtt', does: 'Subscribe' },
  { action: 'iot:Receive', on: 'topic', door: 'mqtt', does: 'Receive a message' },
  { action: 'iot:GetThingShadow', on: 'thing or thing/shadow', door: 'https', does: 'Get a shadow over HTTPS' },
  { action: 'iot:UpdateThingShadow', on: 'thing or thing/shadow', door: 'https', does: 'Update a shadow over HTTPS' },
  { action: 'iot:DeleteThingShadow', on: 'thing or thing/shadow', door: 'https', does: 'Delete a shadow over HTTPS' },
  { action: 'iot:ListNamedShadowsForThing', on: 'thing', door: 'https', does: 'List shadows over HTTPS' },
  { action: 'iot:GetRetainedMessage', on: 'topic', door: 'https', does: 'Get a retained message over HTTPS' },
  { action: 'iot:ListRetainedMessages', on: 'nothing', door: 'https', does: 'List retained messages over HTTPS' },
  { action: 'iot:GetPendingJobExecutions', on: 'thing', door: 'https', does: 'List its jobs over HTTPS' },
  { action: 'iot:StartNextPendingJobExecution', on: 'thing', door: 'https', does: 'Start its next job over HTTPS' },
  { action: 'iot:DescribeJobExecution', on: 'thing', door: 'https', does: 'Read a job of its own over HTTPS' },
  { action: 'iot:UpdateJobExecution', on: 'thing', door: 'https', does: 'Report on a job over HTTPS' },
  { action: 'iot:AssumeRoleWithCertificate', on: 'role alias', door: 'https', does: 'Get credentials of a role' },
]

/** One question: an action and what it is about. */
export interface Check {
  readonly action: string
  /** A topic, a topic filter, a thing …; empty: not said yet, or of a CONNECT the client id of the page. */
  readonly on: string
}

/** As addresses and saved checks have it: `iot:Publish dt/pump-8/telemetry`. Topics may have blanks in them. */
export const formatCheck = ({ action, on }: Check): string => (on === '' ? action : `${action} ${on}`)

/** Undefined for what is no action that can be checked. Actions have no case. */
export function parseCheck(text: string): Check | undefined {
  const blank = text.indexOf(' ')
  const name = (blank < 0 ? text : text.slice(0, blank)).toLowerCase()
  const known = CHECK_ACTIONS.find(({ action }) => action.toLowerCase() === name)
  return known && { action: known.action, on: blank < 0 ? '' : text.slice(blank + 1) }
}

export const actionOf = (check: Check): CheckAction | undefined =>
  CHECK_ACTIONS.find(({ action }) => action === check.action)

/** By which door a check is made. */
export function doorOf(check: Check, over: Door): Door {
  const door = actionOf(check)?.door ?? 'mqtt'
  return door === 'either' ? over : door
}

/** What a client would ask for; undefined: what it is about is not said yet. */
export function requestOf({ action, on }: Check, connect: ConnectOptions): ClientRequest | undefined {
  if (action === 'iot:Connect') {
    const clientId = on === '' ? connect.clientId : on
    return clientId === '' ? undefined : { kind: 'connect', ...connect, clientId }
  }
  if (action === 'iot:ListRetainedMessages') return { kind: 'operation', need: { action, resources: ['*'] } }
  if (on === '') return undefined
  switch (action) {
    case 'iot:Publish':
      return { kind: 'publish', topic: on, retain: false }
    case 'iot:RetainPublish':
      return { kind: 'publish', topic: on, retain: true }
    case 'iot:Subscribe':
      return { kind: 'subscribe', topicFilter: on }
    case 'iot:Receive':
      return { kind: 'receive', topic: on }
    default:
      return { kind: 'operation', need: { action, resources: resourcesOf(action, on) } }
  }
}

/** Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT". */
function resourcesOf(action: string, on: string): readonly string[] {
  switch (action) {
    case 'iot:GetRetainedMessage':
      return [`topic/${on}`]
    case 'iot:AssumeRoleWithCertificate':
      return [`rolealias/${on}`]
    case 'iot:ListNamedShadowsForThing':
      return [`thing/${on}`, '*'] // the guide and the reference disagree about the resource: either will do
    case 'iot:GetThingShadow':
    case 'iot:UpdateThingShadow':
    case 'iot:DeleteThingShadow': {
      const [thingName = '', shadowName] = on.split('/', 2)
      return shadowResources({ thingName, shadowName })
    }
    default:
      return [`thing/${on}`]
  }
}
