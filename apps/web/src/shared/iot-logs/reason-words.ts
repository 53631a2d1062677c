import { capitalised } from '../format.ts'
import { reasonInWords as disconnectWords } from './disconnect-reason.ts'
import { provisioningWords } from './provisioning-words.ts'
import { withDetails } from './vague-reasons.ts'
import type { ReasonWords } from './why-and-cure.ts'

const TOO_LARGE: ReasonWords = {
  why: 'The message is larger than AWS IoT takes (128 KB)',
  whatToDo: 'Send less at once, or put the data elsewhere and send where it is.',
}

/** By reason code: AWS IoT developer guide, "CloudWatch AWS IoT log entries"; the advice is ours. */
const REASONS: Readonly<Record<string, ReasonWords>> = {
  AUTHORIZATION_FAILURE: {
    why: 'No policy of its principal allows it, or one forbids it',
    whatToDo:
      'Compare topic and client id with the policies attached to the certificate, and with those of its thing groups. A policy variable that has no value for this connection allows nothing.',
  },
  DUPLICATE_CLIENT_ID: {
    why: 'Another connection came with the same client id, and took its place',
    whatToDo: 'Give each device a client id of its own; the Connect entry at the same moment names the other party.',
  },
  PAYLOAD_LIMIT_EXCEEDED: TOO_LARGE,
  CONNECTION_ALREADY_CLOSED: { why: 'The connection was closed before it could be answered' },
  CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR: {
    why: "The custom authorizer's function failed, was too slow, or answered what AWS IoT cannot use",
    whatToDo:
      "Try the client's credentials out: the answer is judged member by member. The page of the authorizer says whether AWS IoT may invoke its function, and how its last runs ended.",
  },
  CUSTOM_AUTHORIZER_NOT_FOUND: {
    why: 'There is no active custom authorizer for it: none of the name that it sends, none of its domain, and no default one',
    whatToDo:
      'Look whether the authorizer is ACTIVE, and is named as the device sends it; or set one in its domain configuration, or as the default.',
  },
  CUSTOM_AUTHORIZER_PARAMETER_INVALID: {
    why: 'What it sent for the custom authorizer is not valid: token or signature are missing or cannot be read, or it names an authorizer that its domain does not allow',
    whatToDo:
      'Try out what it sends, letter by letter: parameters stand behind one question mark, and the signature is percent-encoded.',
  },
  DEVICE_CERTIFICATE_INACTIVE: {
    why: 'Its certificate is not active',
    whatToDo: 'Activate the certificate, or replace it on the device.',
  },
  DEVICE_CERTIFICATE_NOT_REGISTERED: {
    why: 'Its certificate is not registered in this account and region',
    whatToDo: 'Register the certificate, or its CA with automatic registration; check the endpoint of the device.',
  },
  DEVICE_CERTIFICATE_REVOKED: {
    why: 'Its certificate was revoked',
    whatToDo: 'A revoked certificate is not to come back: give the device a new one.',
  },
  DOMAIN_CONFIGURATION_DISABLED: {
    why: 'The domain that it connects to is disabled',
    whatToDo: 'Enable the domain configuration, or point the device elsewhere.',
  },
  DOMAIN_CONFIGURATION_INVALID: {
    why: 'The domain that it connects to is not set up rightly',
    whatToDo: 'Check the domain configuration: its certificate and its authorizer.',
  },
  INTERNAL_SERVER_ERROR: { why: 'An error in AWS IoT', whatToDo: 'Try again; AWS Health tells of disturbances.' },
  NOT_AUTHENTICATED: {
    why: 'It showed nothing that says who it is',
    whatToDo: 'Have the device send its certificate, or sign its request.',
  },
  SECURITY_TOKEN_EXPIRED: { why: 'Its credentials have expired', whatToDo: 'Have it fetch new ones before they do.' },
  SECURITY_TOKEN_INVALID: { why: 'Its credentials are not valid', whatToDo: 'Check access key and session token.' },
  SECURITY_TOKEN_SIGNATURE_MISMATCH: {
    why: 'The signature of its request is not right',
    whatToDo: 'Check secret key, region and clock of the device.',
  },
  SNI_MISUSED: {
    why: 'The host name in its TLS handshake is not the one that it asks for',
    whatToDo: 'Have the device send the endpoint as server name, and as host.',
  },
  TARGET_CLIENT_ID_NOT_FOUND: { why: 'There is no client of this id, connected or with a session' },
  TARGET_CLIENT_NOT_CONNECTED: { why: 'The client is away; it has a session' },
  RECEIVE_AUTHORIZATION_FAILURE: {
    why: 'No policy of the receiver allows it to receive this topic',
    whatToDo: 'Allow iot:Receive on the topic in a policy of the receiver.',
  },
  SEND_DIRECT_MESSAGE_THROTTLED: { why: 'More messages were sent to clients than AWS takes at a time' },
  RECEIVE_SESSION_THROTTLED: { why: 'The receiver gets more than a connection may at a time' },
  RECEIVER_MAX_UNACKED_QOS1_EXCEEDED: {
    why: 'The receiver has too many messages that it has not acknowledged',
    whatToDo: 'Look why the device is slow to acknowledge.',
  },
  DELIVERY_CONFIRMATION_TIMEOUT: { why: 'The receiver did not acknowledge in time' },
  RuleNotFound: {
    why: 'The topic names a rule that there is not',
    whatToDo: 'Check the name behind $aws/rules/ in the topic, and that the rule is there.',
  },
  RuleExecutionThrottled: { why: 'The rule was throttled, as too much came for it' },
  Throttled: { why: 'More came at a time than AWS takes' },
  THROTTLED: {
    why: 'It did more at a time than AWS IoT takes',
    whatToDo:
      'Spread what the device does, and let it wait longer before each new attempt; Service Quotas has the limits.',
  },
  CLIENT_ID_THROTTLED: {
    why: 'One client id connected more often than AWS IoT takes (once a second)',
    whatToDo:
      'Let the device wait before it connects again, longer each time; look whether two devices share the client id.',
  },
  CLIENT_ERROR: {
    why: 'The device broke the protocol',
    whatToDo:
      'Look at its MQTT library and its version, and at what it sends just before: AWS IoT is stricter than other brokers.',
  },
  AUTH_ERROR: {
    why: 'The device could not be authenticated, or was not authorized',
    whatToDo: 'Look at what it tried just before: what was refused is an entry of its own.',
  },
  FORBIDDEN_ACCESS: {
    why: 'A policy, or the state of its certificate, forbade what it did',
    whatToDo: 'Look whether its certificate was deactivated or detached while it was connected.',
  },
  RESOURCE_NOT_FOUND: { why: 'There is no such thing, shadow, connection or message' },
}

/** AUTHORIZATION_FAILURE is one code for all that a policy may refuse; what was tried says more. */
const REFUSED: Readonly<Record<string, ReasonWords>> = {
  Connect: {
    why: 'No policy of its principal allows the connect or its last will, or one forbids it',
    whatToDo:
      'Compare the client id with what iot:Connect allows in the policies attached to the certificate, and in those of its thing groups. A last will needs iot:Publish on its topic, too. A policy variable that has no value for this connection allows nothing.',
  },
  'Publish-Out': {
    why: 'No policy of the receiver allows it to receive this topic, or one forbids it',
    whatToDo: 'Allow iot:Receive on the topic in a policy of the receiver: that it may subscribe does not suffice.',
  },
}

/** Topics that no policy opens (AWS IoT developer guide, "Reserved topics"). */
const EVENT_TOPIC: ReasonWords = {
  why: 'Topics below $aws/events/ are written by AWS IoT alone: no client may publish there, whatever its policies say',
  whatToDo: 'Have the device publish to a topic that does not begin with $aws.',
}

/** Whether it was a publish to a topic that no policy opens to clients, so that what policies say does not matter. */
export const isOfEventTopic = ({ eventType, topicName = '' }: WhatWasTried): boolean =>
  eventType === 'Publish-In' && topicName.startsWith('$aws/events/')

/** What the same code says of causes that one mends otherwise, by AWS's details. */
const BY_DETAILS: readonly (readonly [reason: string, details: RegExp, words: ReasonWords])[] = [
  ['CLIENT_ERROR', /(payload|packet|message) is too large/i, TOO_LARGE],
  [
    'SECURITY_TOKEN_SIGNATURE_MISMATCH',
    /signature (expired|not yet current)/i,
    {
      why: 'It signed its request at another time than now: its clock is off',
      whatToDo:
        'Have the device set its clock (NTP) before it signs: AWS takes signatures that are 5 minutes off at most.',
    },
  ],
  [
    'NOT_AUTHENTICATED',
    /signature of the token/i,
    {
      why: 'The signature of its token is not that of any public key of the custom authorizer',
      whatToDo:
        'Try token and signature out: it is RSA with SHA-256 over exactly the characters of the token, by the private key that belongs to a key of the authorizer.',
    },
  ],
  [
    'NOT_AUTHENTICATED',
    /function of (the )?authorizer/i,
    {
      why: "The custom authorizer's function does not know it",
      whatToDo: 'Try its credentials out: the function is given exactly what the device sends.',
    },
  ],
  [
    'NOT_AUTHENTICATED',
    /certificate .*expired/i,
    {
      why: 'Its certificate has expired',
      whatToDo: 'Give the device a new certificate: one that expired does not become good again.',
    },
  ],
]

/** Undefined: nothing is known of it beyond what it says itself. */
function reasonWords(reason: string): ReasonWords | undefined {
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined
  if (known) return known
  const words = disconnectWords(reason)
  return words === reason ? undefined : { why: capitalised(words.replace(` (${reason})`, '')) }
}

/**
 * Why an entry of the log failed, by what was tried, with AWS's details where the reason alone says little.
 * Undefined: it has no reason, or nothing is known of it beyond what it says itself.
 */
export function entryReasonWords(entry: WithReason & WhatWasTried): ReasonWords | undefined {
  const reason = reasonOf(entry)
  if (reason === undefined) return undefined
  if (reason === 'AUTHORIZATION_FAILURE') {
    const { eventType = '' } = entry
    if (isOfEventTopic(entry)) return EVENT_TOPIC
    if (Object.hasOwn(REFUSED, eventType)) return REFUSED[eventType]
  }
  const provisioning = entry.eventType === 'ProvisionDevice' ? provisioningWords(entry) : undefined
  if (provisioning) {
    const { kind: _, ...words } = provisioning
    return words
  }
  const { details = '' } = entry
  const byDetails = BY_DETAILS.find(([code, pattern]) => code === reason && pattern.test(details))?.[2]
  if (byDetails) return byDetails
  const words = reasonWords(reason)
  return words && { ...words, why: withDetails(words.why, reason, entry.details) }
}

/** The same in one line; where nothing is known of the reason, AWS's own word or details. Undefined: there is none. */
export const whyInWords = (entry: WithReason & WhatWasTried): string | undefined =>
  entryReasonWords(entry)?.why ?? reasonOf(entry) ?? entry.details

interface WhatWasTried {
  readonly eventType?: string | undefined
  readonly topicName?: string | undefined
}

interface WithReason {
  readonly status?: string | undefined
  readonly logLevel?: string | undefined
  readonly reason?: string | undefined
  readonly disconnectReason?: string | undefined
  readonly details?: string | undefined
}

/** The one reason that says most; undefined: the entry has none. */
export const reasonOf = ({ reason, disconnectReason }: WithReason): string | undefined => reason ?? disconnectReason

/** Whether something went wrong: what failed, and what is logged as an error. */
export const isFailure = ({ status, logLevel }: WithReason): boolean => status === 'Failure' || logLevel === 'ERROR'
