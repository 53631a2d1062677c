import type { Account } from '../../foundation/account.ts'
import type { FindCertificate } from '../../foundation/certificates.ts'
import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { type ControlPlaneNeeds, needOfPrincipal } from '../../foundation/control-plane-needs.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import type { Service } from '../../foundation/service.ts'
import type { ThingDirectory } from '../../foundation/thing-directory.ts'
import { type AuthorizationFacts, attachmentHandlers, authorizationHandlers, policyHandlers } from './handlers.ts'
import { Policies, type PoliciesOptions } from './policies.ts'
import { parseTarget } from './targets.ts'

/** Whether there is this certificate (by ARN), or what can be a Cognito identity (by id): what things have as principals. */
export function isPrincipal(account: Account, principal: string, findCertificate: FindCertificate): boolean {
  const target = parseTarget(account, principal)
  if (target?.kind === 'certificate') return findCertificate(target.certificateId) !== undefined
  return target?.kind === 'cognito-identity'
}

/** What IoT policies are for the rest of the server. */
export interface PoliciesService extends Service {
  readonly iotPolicies: PolicySource['iotPolicies']
  /** Targets whose policies are no longer what they were. */
  readonly changes: Changes<readonly string[]>
  hasPolicies(target: string): boolean
  /** Takes every policy off a target that is gone or about to go. */
  detachAll(target: string): void
}

/** IoT policies in their versions, what they are attached to, and what they would decide. */
export function policiesService(
  context: LocalContext,
  options: PoliciesOptions & AuthorizationFacts & { readonly things: ThingDirectory },
): PoliciesService {
  const policies = new Policies(context, options)
  // A group of the same name that is made later must not inherit what this one was allowed.
  options.things.changes.subscribe((change) => {
    if (change.type === 'thingGroup' && change.operation === 'deleted') policies.detachAll(change.arn)
  })
  return {
    name: 'policies',
    handlers: {
      iot: {
        ...policyHandlers(policies),
        ...attachmentHandlers(context, policies, options.things),
        ...authorizationHandlers(context, policies, options),
      },
    },
    resources: { policyName: 'policy' },
    controlPlaneNeeds: NEEDS,
    reread: () => policies.forget(),
    iotPolicies: (principal, groups) => policies.compiledFor(principal, groups),
    changes: policies.changes,
    hasPolicies: (target) => policies.store.attachedTo(target).length > 0,
    detachAll: (target) => policies.detachAll(target),
  }
}

/**
 * Policies are asked about whom an IoT policy is for, not about the policy.
 * @see Service Authorization Reference, "Actions defined by AWS IoT"
 */
const NEEDS: ControlPlaneNeeds = {
  AttachPolicy: ({ target }) => needOfPrincipal(target),
  AttachPrincipalPolicy: ({ principal }) => needOfPrincipal(principal),
  DetachPolicy: ({ target }) => needOfPrincipal(target),
  DetachPrincipalPolicy: ({ principal }) => needOfPrincipal(principal),
  GetEffectivePolicies: ({ principal }) => needOfPrincipal(principal),
  // They have no resource types there: only who may do it to everything may do it at all.
  ListAttachedPolicies: () => ({ resources: [] }),
  ListPolicyPrincipals: () => ({ resources: [] }),
  ListPrincipalPolicies: () => ({ resources: [] }),
  TestAuthorization: ({ principal }) => needOfPrincipal(principal),
}
