/** What was tried, as an entry of the log tells it. */
export interface TriedRequest {
  readonly eventType: string
  readonly clientId?: string | undefined
  /** Topics; of a Subscribe topic filters. */
  readonly topicNames?: readonly string[] | undefined
  /** Of a shadow. */
  readonly thingName?: string | undefined
  readonly isRetained?: boolean
}

/** One action on one resource. */
export interface Tried {
  /** `iot:Publish` */
  readonly action: string
  /** As people name it: topic, topic filter, client id, thing. */
  readonly name: string
  /** What stands behind the account in its ARN: `topic/dt/pump-7`. */
  readonly resource: string
}

const SHADOW_ACTIONS: Readonly<Record<string, string>> = {
  GetThingShadow: 'iot:GetThingShadow',
  UpdateThingShadow: 'iot:UpdateThingShadow',
  DeleteThingShadow: 'iot:DeleteThingShadow',
}

/**
 * What policies have to allow for it; none where they have no part in it. The last will of a connect is not logged: that
 * the connect itself is allowed says something all the same.
 * @see AWS IoT developer guide, "AWS IoT Core policy actions"
 */
export function policyQuestions({
  eventType,
  clientId,
  topicNames = [],
  thingName,
  isRetained,
}: TriedRequest): Tried[] {
  const onTopics = (action: string, kind: 'topic' | 'topicfilter') =>
    topicNames.map((name) => ({ action, name, resource: `${kind}/${name}` }))
  switch (eventType) {
    case 'Connect':
      return clientId === undefined ? [] : [{ action: 'iot:Connect', name: clientId, resource: `client/${clientId}` }]
    case 'Publish-In':
      return [...onTopics('iot:Publish', 'topic'), ...(isRetained ? onTopics('iot:RetainPublish', 'topic') : [])]
    case 'Publish-Out':
      return onTopics('iot:Receive', 'topic')
    case 'Subscribe':
      return onTopics('iot:Subscribe', 'topicfilter')
    case 'GetRetainedMessage':
      return onTopics('iot:GetRetainedMessage', 'topic')
    default: {
      const action = SHADOW_ACTIONS[eventType]
      return action === undefined || thingName === undefined
        ? []
        : [{ action, name: thingName, resource: `thing/${thingName}` }]
    }
  }
}
