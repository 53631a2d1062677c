import { X509Certificate } from 'node:crypto'
import { associatedThing, type Principal, policyContext } from './access/principal.ts'
import type { SecurityNeighbours } from './security/neighbours.ts'
import type { Registry } from './services/registry/registry.ts'

/** What security asks the registry and the gateway. */
export function securityNeighbours(
  registry: Registry,
  certificatePem: (certificateId: string) => string | undefined,
): SecurityNeighbours {
  const groupArn = (name: string) => registry.thingGroups.arnOf(name)
  return {
    thingsOf: (target) => registry.principals.thingsOf(target),
    thingExists: (thingName) => registry.things.has(thingName),
    thingTypeOf: (thingName) => registry.things.get(thingName)?.thingTypeName,
    groupsOfThing: (thingName) => registry.memberships.ancestorsOf(thingName).map(groupArn),
    thingGroup: (name) => {
      const group = registry.thingGroups.get(name)
      return group && { ancestors: group.ancestors.map(groupArn), dynamic: group.query !== undefined }
    },
    associatedThing: (target, clientId) => associatedThing(registry, target, clientId)?.thingName,
    connectionContext: (target, clientId) => {
      const principal = principalOf(target)
      const pem = principal.kind === 'certificate' ? certificatePem(principal.certificateId) : undefined
      const certificate = pem === undefined ? undefined : new X509Certificate(pem)
      return policyContext({ principal, certificate }, clientId, associatedThing(registry, target, clientId))
    },
    tags: registry.tags,
  }
}

/** The principal that policies are attached to under this name, as far as policies can know of it. */
function principalOf(target: string): Principal {
  if (target.startsWith('arn:')) {
    const certificateId = target.slice(target.lastIndexOf('/') + 1)
    return { kind: 'certificate', arn: target, certificateId, principalId: certificateId }
  }
  return {
    kind: 'cognito',
    identityId: target,
    authenticated: true,
    arn: '',
    accessKeyId: '',
    principalId: '',
    roleName: '',
    variables: {},
  }
}
