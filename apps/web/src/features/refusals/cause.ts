import type { Refusal, RefusalFacts, RefusedCertificate, RefusedCheck } from '@thingdeck/contract'
import { isCertificateId } from '../../shared/certificate/certificate-id.ts'
import { entryReasonWords, isOfEventTopic, reasonOf } from '../../shared/iot-logs/reason-words.ts'
import type { ReasonWords } from '../../shared/iot-logs/why-and-cure.ts'
import { whatInWords } from './what-words.ts'

/**
 * Why something was refused, and what to do: what the log says, made sharper by what certificate and policies say now.
 * @param facts undefined while they are not known
 */
export function causeOf(refusal: Refusal, facts: RefusalFacts | undefined): ReasonWords {
  const logged = entryReasonWords(refusal)
  const sharper = facts && (ofCertificate(refusal, facts.certificate) ?? ofPolicies(refusal, facts))
  if (sharper) return { ...logged, ...sharper }
  const whatToDo = whereItsPoliciesAre(refusal)
  if (logged && whatToDo !== undefined) return { ...logged, whatToDo }
  return logged ?? { why: refusal.details ?? reasonOf(refusal) ?? 'The log does not say why' }
}

/** Who let the client in, by its principal in the log. Undefined: it has none. */
export function kindOfPrincipal({
  principalId,
}: Refusal): 'certificate' | 'session' | 'authorizer-or-user' | undefined {
  if (principalId === undefined) return undefined
  if (isCertificateId(principalId)) return 'certificate'
  return principalId.includes(':') ? 'session' : 'authorizer-or-user'
}

/** Whose policies to look at, where they are not those of a certificate. */
function whereItsPoliciesAre(refusal: Refusal): string | undefined {
  if (refusal.reason !== 'AUTHORIZATION_FAILURE' || isOfEventTopic(refusal)) return undefined
  switch (kindOfPrincipal(refusal)) {
    case 'session':
      return 'It came as a session of a role: the IAM policies of the role decide, and for a Cognito identity its IoT policies besides. The simulator signs in as either.'
    case 'authorizer-or-user':
      return "It came with no certificate. Where a custom authorizer let it in, the policies of its function's answer decide, and nothing else: try its credentials out. An IAM user has IAM policies, and the simulator signs in as it."
    default:
      return undefined
  }
}

/** What the certificate is now says more than the reason, where that is about the certificate. */
function ofCertificate(refusal: Refusal, certificate: RefusedCertificate | undefined): ReasonWords | undefined {
  if (refusal.eventType !== 'Connection.AuthNError' || certificate === undefined) return undefined
  const { state, notAfter, notBefore } = certificate
  const name = `Its certificate ${refusal.principalId?.slice(0, 8)}…`
  if (notAfter !== undefined && Date.parse(notAfter) < Date.parse(refusal.lastAt)) {
    return {
      why: `${name} expired on ${notAfter.slice(0, 10)}`,
      whatToDo: 'Give the device a new certificate: one that expired does not become good again.',
    }
  }
  if (notBefore !== undefined && Date.parse(notBefore) > Date.parse(refusal.lastAt)) {
    return { why: `${name} is not good before ${notBefore.slice(0, 10)}` }
  }
  switch (state) {
    case 'ACTIVE':
      return refusal.reason?.startsWith('DEVICE_CERTIFICATE') === true
        ? {
            why: `${name} was not accepted then (${refusal.reason}); it is ACTIVE now`,
            whatToDo: 'Look whether it was refused again since: what is ACTIVE now should be let in.',
          }
        : undefined
    case 'INACTIVE':
      return { why: `${name} is INACTIVE` }
    case 'REVOKED':
      return { why: `${name} was revoked` }
    case 'PENDING_TRANSFER':
      return {
        why: `${name} is being transferred to another account`,
        whatToDo: 'Have the other account accept it, or take the transfer back.',
      }
    case 'PENDING_ACTIVATION':
      return {
        why: `${name} waits to be activated`,
        whatToDo:
          'Activate it, once you know whose it is. Where its CA provisions devices by a template, that failed, or is to be tried again: Provisioned lately says why.',
      }
    default:
      return undefined
  }
}

/** What policies say now, where the reason is that they did not allow it. */
function ofPolicies(refusal: Refusal, { checks }: RefusalFacts): ReasonWords | undefined {
  const before = checks.find(({ refusedBefore }) => refusedBefore !== undefined)?.refusedBefore
  if (checks.length === 0 || isOfEventTopic(refusal)) return undefined
  if (before !== undefined) return { why: `${before.replace(/\.$/, '')}, whatever its policies say` }
  const refused = checks.find(({ decision }) => decision !== 'ALLOWED')
  if (refused !== undefined) return ofRefusedCheck(refused, checks.length === 1)
  if (refusal.eventType === 'Connect') {
    return {
      why: 'Its policies allow the connect as they are now: its last will was refused, or they were changed since',
      whatToDo:
        'The log does not say which last will a client has. Allow iot:Publish on its topic (and iot:RetainPublish, if it is to be retained), or have the device send none.',
    }
  }
  return {
    why: `Its policies allow ${whatInWords(refusal)} as they are now: they, or what they depend on, were changed since`,
    whatToDo:
      'If it is still refused, a value that only the connection has decides: an address, a time, an attribute of its thing.',
  }
}

/** @param isOnly nothing else was tried: it need not be named again */
function ofRefusedCheck(
  { action, resource, decision, statements, nearest }: RefusedCheck,
  isOnly: boolean,
): ReasonWords {
  const it = isOnly ? 'it' : `${action} on ${resource}`
  const [deciding] = statements
  if (decision === 'EXPLICIT_DENY' && deciding) {
    return {
      why: `Statement ${deciding.statement} of policy ${deciding.policyName} denies ${it}`,
      whatToDo: 'A Deny goes before every Allow: narrow that statement, or have the device do something else.',
    }
  }
  return {
    why: nearest
      ? `No statement allows ${it} (nearest: ${nearest.policyName} #${nearest.statement})`
      : `No statement of its policies allows ${action} at all`,
    whatToDo: nearest
      ? 'Have the device use what the statement allows, or allow this besides: the smallest change is below.'
      : `Have a policy of the certificate, or of a group of its thing, allow ${action}.`,
  }
}
