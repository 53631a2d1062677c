import { X509Certificate } from 'node:crypto'
import type { Access } from '../foundation/access.ts'
import type { FindCertificate } from '../foundation/certificates.ts'
import type { AccessKeys } from '../foundation/credentials.ts'
import type { Peer, Principal } from '../foundation/peer.ts'
import type { PolicySource } from '../foundation/policy-source.ts'
import type { ConnectionFacts, ThingDirectory } from '../foundation/thing-directory.ts'
import { grantOf } from './grants.ts'
import { Permissions } from './permissions.ts'
import { associatedThing, attachmentTarget, policyContext } from './principal.ts'

/** Whether a peer is still good: its certificate or its user's key may have been deactivated since it connected. */
export function peerValidity(
  findCertificate: FindCertificate,
  accessKeys: Pick<AccessKeys, 'lookup'>,
): (peer: Peer) => boolean {
  return ({ principal }) => {
    if (principal.kind === 'certificate') return findCertificate(principal.certificateId)?.status === 'ACTIVE'
    return principal.kind !== 'user' || accessKeys.lookup(principal.accessKeyId) !== undefined
  }
}

/** What policies decide about those who connect. */
export function createAccess(things: ThingDirectory, policies: PolicySource, isValid: (peer: Peer) => boolean): Access {
  return {
    isValid,
    connectionOf: (peer, clientId) => {
      const target = attachmentTarget(peer.principal)
      return {
        target,
        thing: associatedThing(things, target, clientId),
        permissions: new Permissions(() =>
          grantOf(policies, things, peer, clientId, associatedThing(things, target, clientId)),
        ),
      }
    },
  }
}

/** The same facts about a connection that is only imagined. */
export function connectionFacts(things: ThingDirectory, findCertificate: FindCertificate): ConnectionFacts {
  return {
    associatedThing: (target, clientId) => associatedThing(things, target, clientId)?.thingName,
    contextOf: (target, clientId) => {
      const principal = principalOf(target)
      const pem = principal.kind === 'certificate' ? findCertificate(principal.certificateId)?.pem : undefined
      const certificate = pem === undefined ? undefined : new X509Certificate(pem)
      return policyContext({ principal, certificate }, clientId, associatedThing(things, target, clientId))
    },
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
