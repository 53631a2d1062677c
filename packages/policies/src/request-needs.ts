import { isReservedTopic, mayPublish, maySubscribe } from '@thingdeck/topics'
import type { ContextValue } from './policy-context.ts'

/** An action that policies must allow, on one of several resources. */
export interface PolicyNeed {
  /** e.g. `iot:Publish` */
  readonly action: string
  /** What stands in the ARN behind the account, e.g. `topic/dt/pump-7`, or `*`: to be allowed on one is enough. */
  readonly resources: readonly string[]
  /** Values for condition keys of this request. */
  readonly context?: Readonly<Record<string, ContextValue>>
}

/** A last will, as CONNECT has it. */
export interface LastWill {
  readonly topic: string
  readonly retain: boolean
}

/** What a client asks for, and policies decide. */
export type ClientRequest =
  | {
      readonly kind: 'connect'
      readonly clientId: string
      /** The session outlives the connection: no clean session, or in MQTT 5 a session expiry above 0. */
      readonly isPersistent?: boolean
      readonly will?: LastWill | undefined
    }
  | { readonly kind: 'publish'; readonly topic: string; readonly retain: boolean }
  | { readonly kind: 'subscribe'; readonly topicFilter: string }
  | { readonly kind: 'receive'; readonly topic: string }
  /** An operation over HTTPS that names what it is about by itself. */
  | { readonly kind: 'operation'; readonly need: PolicyNeed }

/**
 * What a request needs of policies: all of it, in the order in which it is asked.
 * @param arnOf the ARN of a resource such as `topic/dt/pump-7`
 * @see AWS IoT Core developer guide, "AWS IoT Core policy actions" and "Publish/Subscribe policy examples"
 */
export function needsOf(request: ClientRequest, arnOf: (resource: string) => string): readonly PolicyNeed[] {
  switch (request.kind) {
    case 'connect':
      return [connectNeed(request, arnOf), ...(request.will ? publishNeeds(request.will) : [])]
    case 'publish':
      return publishNeeds(request)
    case 'subscribe':
      return [{ action: 'iot:Subscribe', resources: [`topicfilter/${request.topicFilter}`] }]
    case 'receive':
      return [{ action: 'iot:Receive', resources: [`topic/${request.topic}`] }]
    case 'operation':
      return [request.need]
  }
}

/** CONNECT itself, with what conditions can ask of it; its will needs to be published besides. */
export function connectNeed(
  {
    clientId,
    isPersistent = false,
    will,
  }: {
    readonly clientId: string
    readonly isPersistent?: boolean
    readonly will?: Pick<LastWill, 'topic'> | undefined
  },
  arnOf: (resource: string) => string,
): PolicyNeed {
  const attributes = [...(isPersistent ? ['PersistentConnect'] : []), ...(will ? ['LastWill'] : [])]
  return {
    action: 'iot:Connect',
    resources: [`client/${clientId}`],
    context: {
      'iot:ConnectAttributes': attributes,
      ...(will && { 'iot:LastWillTopic': arnOf(`topic/${will.topic}`) }),
    },
  }
}

/** A message to be published, over MQTT or HTTP; one that is to be retained needs a second action. */
export function publishNeeds({ topic, retain }: LastWill): readonly PolicyNeed[] {
  const resources = [`topic/${topic}`]
  return [{ action: 'iot:Publish', resources }, ...(retain ? [{ action: 'iot:RetainPublish', resources }] : [])]
}

/** A named shadow is `thing/T/S`, and also falls under what is said of `thing/T`. */
export function shadowResources({
  thingName,
  shadowName,
}: {
  readonly thingName: string
  readonly shadowName?: string | undefined
}): readonly string[] {
  return shadowName === undefined ? [`thing/${thingName}`] : [`thing/${thingName}/${shadowName}`, `thing/${thingName}`]
}

/**
 * Why AWS IoT refuses a request over MQTT whatever policies say: topics in `$` are its own. Undefined where policies
 * decide.
 * @see AWS IoT Core developer guide, "Reserved topics"
 */
export function refusedByReservedTopic(request: ClientRequest): string | undefined {
  switch (request.kind) {
    case 'connect': {
      const { will } = request
      return will && isClosedTo(will)
        ? `The reserved topic ${will.topic} cannot be the topic of a last will.`
        : undefined
    }
    case 'publish': {
      const { topic, retain } = request
      if (!isClosedTo(request)) return undefined
      const what = retain ? 'cannot hold retained messages' : 'is not one that clients may publish to'
      return `The reserved topic ${topic} ${what}.`
    }
    case 'subscribe':
      return maySubscribe(request.topicFilter)
        ? undefined
        : `The reserved topic filter ${request.topicFilter} is not one that clients may subscribe to.`
    default:
      return undefined
  }
}

const isClosedTo = ({ topic, retain }: LastWill): boolean => isReservedTopic(topic) && (retain || !mayPublish(topic))
