import { type ClientRequest, shadowResources } from '@thingdeck/policies'

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

const SHADOW_ACTIONS: Readonly<Record<string, string>> = {
  GetThingShadow: 'iot:GetThingShadow',
  UpdateThingShadow: 'iot:UpdateThingShadow',
  DeleteThingShadow: 'iot:DeleteThingShadow',
}

/** With what it was about as people name it: topic, topic filter, client id, thing. */
export interface NamedRequest {
  readonly name: string
  readonly request: ClientRequest
}

/**
 * What policies decide of it; nothing where they have no part in it. The last will of a connect is not logged: that the
 * connect itself is allowed says something all the same.
 */
export function triedRequests({
  eventType,
  clientId,
  topicNames = [],
  thingName,
  isRetained: retain = false,
}: TriedRequest): readonly NamedRequest[] {
  const onTopics = (requestOn: (topic: string) => ClientRequest) =>
    topicNames.map((name) => ({ name, request: requestOn(name) }))
  switch (eventType) {
    case 'Connect':
      return clientId === undefined ? [] : [{ name: clientId, request: { kind: 'connect', clientId } }]
    case 'Publish-In':
      return onTopics((topic) => ({ kind: 'publish', topic, retain }))
    case 'Publish-Out':
      return onTopics((topic) => ({ kind: 'receive', topic }))
    case 'Subscribe':
      return onTopics((topicFilter) => ({ kind: 'subscribe', topicFilter }))
    case 'GetRetainedMessage':
      return onTopics((topic) => ({
        kind: 'operation',
        need: { action: 'iot:GetRetainedMessage', resources: [`topic/${topic}`] },
      }))
    default: {
      const action = SHADOW_ACTIONS[eventType]
      if (action === undefined || thingName === undefined) return []
      const need = { action, resources: shadowResources({ thingName }) }
      return [{ name: thingName, request: { kind: 'operation', need } }]
    }
  }
}
