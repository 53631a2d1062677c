import type { ReasonWords } from './why-and-cure.ts'

/** Where it went wrong: each is mended elsewhere. */
export type FailureKind =
  | 'claim-inactive'
  | 'claim-policy'
  | 'no-template'
  | 'disabled'
  | 'hook'
  | 'parameters'
  | 'conflict'
  | 'missing'
  | 'role'
  | 'token'
  | 'request'
  | 'throttled'
  | 'other'

export interface ProvisioningFailureWords extends ReasonWords {
  readonly kind: FailureKind
}

interface Rule {
  readonly kind: FailureKind
  /** AWS's code where there is one; any, where left out. */
  readonly reason?: RegExp
  readonly details?: RegExp
  /** `$1` is what the pattern of the details found. */
  readonly why: string
  readonly whatToDo: string
}

/**
 * Of entries of the type ProvisionDevice, the first that fits. AWS documents neither codes nor sentences: these are the
 * words that are known of it, and those of the embedded server.
 */
const RULES: readonly Rule[] = [
  {
    kind: 'throttled',
    reason: /Throttl/i,
    why: 'More devices came at once than AWS IoT takes',
    whatToDo:
      'Let devices wait before they come again, longer each time; Service Quotas has the rates of provisioning.',
  },
  {
    kind: 'hook',
    details: /did not (?:answer|begin) within|timed? ?out/i,
    why: 'The hook did not answer in time',
    whatToDo: "Read the function's log, and make it faster: AWS IoT waits 5 seconds, a cold start included.",
  },
  {
    kind: 'hook',
    details: /could not be invoked/i,
    why: 'AWS IoT could not call the hook',
    whatToDo:
      'Role and hook says whether the function is there, and has the command that lets iot.amazonaws.com call it.',
  },
  {
    kind: 'hook',
    details: /^The function .* failed: (.+)/is,
    why: "The hook's function failed: $1",
    whatToDo: "Read the function's log, and try the hook in the rehearsal with what the device sent.",
  },
  {
    kind: 'hook',
    details: /"allowProvisioning": true|hook (?:denied|rejected|refused)/i,
    why: 'The hook did not let the device in',
    whatToDo: 'Try the hook in the rehearsal with what the device sent: it has to answer allowProvisioning true.',
  },
  {
    kind: 'hook',
    details: /pre-?provision(?:ing)? hook|did not answer with JSON/i,
    why: 'The answer of the hook is not what AWS IoT takes',
    whatToDo: 'It has to be {"allowProvisioning": true, "parameterOverrides": {…}}, whose values are texts.',
  },
  {
    kind: 'disabled',
    details: /is not enabled|disabled/i,
    why: 'The template is disabled',
    whatToDo: 'Enable the template, if devices are to come by it.',
  },
  {
    kind: 'no-template',
    details:
      /^Template (\S+) (?:does not exist|not found)|provisioning ?template (\S+)? ?(?:does not exist|not found)/i,
    why: 'There is no such template',
    whatToDo: 'Compare the topic that the device uses, $aws/provisioning-templates/NAME/provision, with the templates.',
  },
  {
    kind: 'no-template',
    details: /is of the type JITP/i,
    why: 'The template is for just-in-time provisioning, not for claims',
    whatToDo: 'Make a template of the type fleet provisioning: the type of a template cannot be changed.',
  },
  {
    kind: 'role',
    details: /role cannot be assumed|not authorized to perform: sts:AssumeRole|role .*(?:trust|assume)/i,
    why: 'AWS IoT may not be the role of the template',
    whatToDo: 'Its trust policy has to let iot.amazonaws.com assume it: see Role and hook.',
  },
  {
    kind: 'role',
    details: /not authorized to perform:? (\S+)/i,
    why: 'The role of the template may not do $1',
    whatToDo: 'Allow it in a policy of the role: Role and hook says what is lacking.',
  },
  {
    kind: 'token',
    reason: /CertificateOwnershipToken/i,
    why: 'The ownership token is wrong, spent, or older than an hour',
    whatToDo: 'The device has to send the token that came with its certificate, once, within an hour.',
  },
  {
    kind: 'parameters',
    details: /^Parameters\.(\S+?):? has no value/i,
    why: 'The parameter $1 is missing',
    whatToDo: 'The device has to send it, the hook has to set it, or the template needs a default for it.',
  },
  {
    kind: 'conflict',
    reason: /Conflict/i,
    details: /OverrideSettings says FAIL/i,
    why: 'The thing or the certificate is there already, and OverrideSettings says FAIL',
    whatToDo: 'Choose REPLACE, MERGE or DO_NOTHING in a new version of the template, or delete what is there.',
  },
  {
    kind: 'missing',
    details:
      /(policy|thing ?type|thing ?group|billing ?group|package\S*|version)\s.*(?:does not exist|not found|could not be found|is a draft)/i,
    why: 'Something that the template needs is not there',
    whatToDo: 'Make it, or name another one in a new version of the template; the rehearsal says which.',
  },
  {
    kind: 'missing',
    reason: /ResourceNotFound/i,
    why: 'Something that the template needs is not there',
    whatToDo: 'Make it, or name another one in a new version of the template; the rehearsal says which.',
  },
  {
    kind: 'conflict',
    reason: /Conflict|AlreadyExists/i,
    why: 'What is there already is in the way',
    whatToDo: 'Rehearse the template with what the device sent: it says which resource, and which setting decides.',
  },
  {
    kind: 'request',
    reason: /InvalidPayload|InvalidCsr/i,
    why: 'What the device sent cannot be understood',
    whatToDo:
      'Compare it with the device provisioning MQTT API: JSON or CBOR as the topic says, or a PEM signing request.',
  },
  {
    kind: 'parameters',
    reason: /InvalidParameters/i,
    why: 'With these parameters the template makes nothing that AWS takes',
    whatToDo: 'Rehearse the template with what the device sent: it says which member, and why.',
  },
]

interface Provisioning {
  readonly reason?: string | undefined
  readonly details?: string | undefined
}

/** Why an entry of the type ProvisionDevice failed; undefined: it says nothing that is known. */
export function provisioningWords({ reason = '', details = '' }: Provisioning): ProvisioningFailureWords | undefined {
  for (const rule of RULES) {
    if (rule.reason && !rule.reason.test(reason)) continue
    const found = rule.details ? rule.details.exec(details) : undefined
    if (rule.details && !found) continue
    return {
      kind: rule.kind,
      why: rule.why.replace('$1', () => (found?.[1] ?? '').replace(/[.:]$/, '')),
      whatToDo: rule.whatToDo,
    }
  }
  return undefined
}
