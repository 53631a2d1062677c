import { poolPolicies } from '@thingdeck/policies'
import type { Peer, Principal } from '../foundation/peer.ts'
import type { PolicySource } from '../foundation/policy-source.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'
import type { Grant, PolicySet } from './permissions.ts'
import { type Association, attachmentTarget, policyContext } from './principal.ts'

/**
 * What an authenticated identity of Cognito needs both an IAM policy and an IoT policy for; other actions are its
 * role's alone.
 * @see AWS IoT Core developer guide, "Authorization with Amazon Cognito identities"
 */
const COGNITO_NEEDS_BOTH: ReadonlySet<string> = new Set([
  'iot:Connect',
  'iot:Publish',
  'iot:Subscribe',
  'iot:Receive',
  'iot:GetThingShadow',
  'iot:UpdateThingShadow',
  'iot:DeleteThingShadow',
])

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
    case 'assumed-role':
      return [{ policies: source.rolePolicies(principal.roleName) }]
    case 'certificate': {
      const attached = source.iotPolicies(target ?? '', groups)
      const { granted } = principal
      return [{ policies: granted ? poolPolicies(attached, granted.policies) : attached }]
    }
    case 'custom-auth':
      return [{ policies: principal.granted.policies }]
    case 'cognito': {
      const role = { policies: source.rolePolicies(principal.roleName) }
      if (!principal.authenticated) return [role]
      return [role, { policies: source.iotPolicies(target ?? '', groups), actions: COGNITO_NEEDS_BOTH }]
    }
  }
}
