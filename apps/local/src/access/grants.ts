import { COGNITO_NEEDS_BOTH, poolPolicies } from '@thingdeck/policies'
import type { IamCaller } from '../foundation/caller.ts'
import type { Peer, Principal } from '../foundation/peer.ts'
import type { PolicySource } from '../foundation/policy-source.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'
import type { Grant, PolicySet } from './permissions.ts'
import { type Association, attachmentTarget, policyContext } from './principal.ts'

/** All that decides about a peer, as it is now. */
export function grantOf(
  source: PolicySource,
  things: ThingDirectory,
  peer: Peer,
  clientId: string | undefined,
  thing: Association | undefined,
): Grant {
  const groups = thing ? things.groupArnsOf(thing.thingName) : []
  return {
    sets: policySets(source, peer.principal, groups),
    context: policyContext(peer, clientId, thing),
  }
}

function policySets(source: PolicySource, principal: Principal, groups: readonly string[]): PolicySet[] {
  const target = attachmentTarget(principal)
  switch (principal.kind) {
    case 'root':
      return []
    case 'user':
    case 'assumed-role':
    case 'federated-user':
      return iamSets(source, principal)
    case 'certificate': {
      const attached = source.iotPolicies(target ?? '', groups)
      const { granted } = principal
      return [{ policies: granted ? poolPolicies(attached, granted.policies) : attached }]
    }
    case 'custom-auth':
      return [{ policies: principal.granted.policies }]
    case 'cognito': {
      const role = iamSets(source, principal)
      if (!principal.authenticated) return role
      return [...role, { policies: source.iotPolicies(target ?? '', groups), actions: COGNITO_NEEDS_BOTH }]
    }
  }
}

/** The IAM policies of somebody who signs: each set must allow. */
export function iamSets(source: Pick<PolicySource, 'iamPolicies'>, principal: IamCaller): PolicySet[] {
  return source.iamPolicies(principal).map((policies) => ({ policies }))
}
