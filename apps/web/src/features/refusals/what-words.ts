import type { Refusal } from '@thingdeck/contract'

/** What was tried: an action of policies on what it was about, or in words. */
export interface WhatWasTried {
  readonly action: string
  readonly names: readonly string[]
}

type Tried = Pick<Refusal, 'eventType'> & Partial<Omit<Refusal, 'eventType'>>

/** Of a Subscribe the filters that were refused, as far as its entry tells; else the topic. */
export function filtersOf({ eventType, refusedFilters, topicName }: Tried): readonly string[] {
  if (topicName === undefined) return []
  return eventType === 'Subscribe' ? (refusedFilters ?? topicName.split(',')) : [topicName]
}

const ACTIONS: Readonly<Record<string, string>> = {
  'Publish-Out': 'iot:Receive',
  Subscribe: 'iot:Subscribe',
  GetRetainedMessage: 'iot:GetRetainedMessage',
  ListRetainedMessage: 'iot:ListRetainedMessages',
  GetThingShadow: 'iot:GetThingShadow',
  UpdateThingShadow: 'iot:UpdateThingShadow',
  DeleteThingShadow: 'iot:DeleteThingShadow',
  GetConnection: 'iot:GetConnection',
  DeleteConnection: 'iot:DeleteConnection',
  ListSubscriptions: 'iot:ListSubscriptions',
  SendDirectMessage: 'iot:SendDirectMessage',
}

/** A packet that was refused before it was read so far. */
const NOT_READ = '(its topic was not read)'

/** `iot:Publish dt/pump-7/telemetry`; `connect`; what has no action of its own is called as the log does. */
export function whatWasTried(refusal: Tried): WhatWasTried {
  const { eventType, clientId, thingName, serverNameIndication, ruleName } = refusal
  const given = (...names: readonly (string | undefined)[]) => names.filter((name) => name !== undefined)
  switch (eventType) {
    case 'Connect':
      return { action: 'iot:Connect', names: given(clientId) }
    case 'Connection.AuthNError':
      return {
        action: refusal.protocol === 'HTTP' ? 'request over HTTPS' : 'connect',
        names: given(serverNameIndication),
      }
    case 'Disconnect':
      return { action: 'stay connected', names: given(clientId) }
    case 'Publish-In':
      return { action: 'iot:Publish', names: given(refusal.topicName ?? NOT_READ) }
    case 'RuleNotFound':
      return { action: 'iot:Publish', names: given(refusal.topicName ?? ruleName) }
    default:
      return {
        action: ACTIONS[eventType] ?? eventType,
        names: [...filtersOf(refusal), ...given(thingName, refusal.templateName)].slice(0, 8),
      }
  }
}

/** In one line: `iot:Publish dt/pump-7/telemetry`. */
export const whatInWords = (refusal: Tried): string => {
  const { action, names } = whatWasTried(refusal)
  return [action, names.join(', ')].filter((part) => part !== '').join(' ')
}
