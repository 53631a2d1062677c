import { X509Certificate } from 'node:crypto'
import { type CompiledPolicies, type ContextEntries, compilePolicies, parsePolicyDocument } from '@thingdeck/policies'
import type { LocalContext } from './context.ts'
import type { PolicySource } from './gateway/grants.ts'
import { associatedThing, type Principal, policyContext } from './gateway/principal.ts'
import { registryHandlers } from './registry/handlers.ts'
import { createRegistry, type Registry } from './registry/registry.ts'
import type { Authority } from './security/authority/authority.ts'
import { Authorities } from './security/certificates/authorities.ts'
import { type CertificateQuestions, Certificates } from './security/certificates/certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from './security/certificates/handlers.ts'
import { Identifier } from './security/certificates/identify.ts'
import { Transfers } from './security/certificates/transfers.ts'
import { Authenticator } from './security/iam/authenticate.ts'
import { CredentialStore } from './security/iam/credential-store.ts'
import { RoleStore } from './security/iam/role-store.ts'
import type { SecurityNeighbours } from './security/neighbours.ts'
import { attachmentHandlers, authorizationHandlers, policyHandlers } from './security/policies/handlers.ts'
import { Policies } from './security/policies/policies.ts'

/** Registry and security of the account, wired to each other. */
export interface Services {
  readonly registry: Registry
  readonly certificates: Certificates
  readonly identifier: Identifier
  readonly policies: Policies
  readonly roles: RoleStore
  readonly authenticator: Authenticator
  readonly source: PolicySource
  readonly iotHandlers: ReturnType<typeof iotHandlers>
}

export function createServices(context: LocalContext, authority: Authority): Services {
  const { account } = context
  const certificateArn = (id: string) => `arn:aws:iot:${account.region}:${account.id}:cert/${id}`
  const registry = createRegistry(context, {
    principalExists: (principal) => {
      const id = principal.startsWith(certificateArn('')) ? principal.slice(certificateArn('').length) : undefined
      return id === undefined || certificates.store.find(id.toLowerCase()) !== undefined
    },
  })
  const neighbours = securityNeighbours(registry, (id) => certificates.store.find(id)?.pem, account.id)
  const questions: CertificateQuestions = {
    hasThings: (principal) => registry.principals.thingsOf(principal).length > 0,
    hasPolicies: (principal) => policies.store.attachedTo(principal).length > 0,
    detachPolicies: (principal) => policies.detachAll(principal),
  }
  const authorities = new Authorities(context, registry.tags)
  const certificates: Certificates = new Certificates(context, { issuer: authority.devices, authorities, questions })
  const policies: Policies = new Policies(context, {
    neighbours,
    certificateExists: (id) => certificates.store.find(id.toLowerCase()) !== undefined,
    tags: registry.tags,
  })
  const roles = new RoleStore(context)
  const credentials = new CredentialStore(context)
  const parts = { context, registry, certificates, authorities, questions, policies, neighbours }
  return {
    registry,
    certificates,
    identifier: new Identifier(context, certificates, authorities),
    policies,
    roles,
    authenticator: new Authenticator(context, credentials),
    source: policySource(registry, policies, roles),
    iotHandlers: iotHandlers(parts),
  }
}

interface Parts {
  readonly context: LocalContext
  readonly registry: Registry
  readonly certificates: Certificates
  readonly authorities: Authorities
  readonly questions: CertificateQuestions
  readonly policies: Policies
  readonly neighbours: SecurityNeighbours
}

function iotHandlers({ context, registry, certificates, authorities, questions, policies, neighbours }: Parts) {
  return {
    ...registryHandlers(registry),
    ...certificateHandlers(context, certificates),
    ...authorityHandlers(context, authorities),
    ...transferHandlers(context, certificates, new Transfers(context, certificates, questions)),
    ...policyHandlers(policies),
    ...attachmentHandlers(context, policies, neighbours),
    ...authorizationHandlers(context, policies, neighbours, () => undefined),
  }
}

function securityNeighbours(
  registry: Registry,
  pemOf: (certificateId: string) => string | undefined,
  accountId: string,
): SecurityNeighbours {
  const principalOf = (target: string): Principal => {
    const certificateId = target.startsWith('arn:') ? target.slice(target.lastIndexOf('/') + 1) : undefined
    if (certificateId !== undefined) {
      return { kind: 'certificate', arn: target, certificateId, principalId: certificateId }
    }
    return {
      kind: 'cognito',
      arn: '',
      accessKeyId: '',
      principalId: accountId,
      roleName: '',
      identityId: target,
      authenticated: true,
      variables: {},
    }
  }
  const groupArns = (thingName: string) =>
    registry.memberships.ancestorsOf(thingName).map((name) => registry.thingGroups.arnOf(name))
  return {
    thingsOf: (principal) => registry.principals.thingsOf(principal),
    thingExists: (thingName) => registry.things.has(thingName),
    groupsOfThing: groupArns,
    thingGroup: (name) => {
      const group = registry.thingGroups.get(name)
      return (
        group && {
          ancestors: group.ancestors.map((ancestor) => registry.thingGroups.arnOf(ancestor)),
          dynamic: group.query !== undefined,
        }
      )
    },
    associatedThing: (principal, clientId) =>
      associatedThing(registry, principalOf(principal), clientId ?? '')?.thingName,
    connectionContext: (target, clientId): ContextEntries => {
      const principal = principalOf(target)
      const pem = principal.kind === 'certificate' ? pemOf(principal.certificateId) : undefined
      const peer = { principal, certificate: pem === undefined ? undefined : new X509Certificate(pem), sourceIp: '' }
      const thing = clientId === undefined ? undefined : associatedThing(registry, principal, clientId)
      const entries = policyContext(peer, clientId, thing)
      entries.delete('aws:SourceIp')
      return entries
    },
    tags: registry.tags,
  }
}

function policySource(registry: Registry, policies: Policies, roles: RoleStore): PolicySource {
  return {
    iotPolicies: (target, groups) =>
      policies.compiledFor(
        target,
        groups.map((name) => registry.thingGroups.arnOf(name)),
      ),
    rolePolicies: (roleName): CompiledPolicies =>
      compilePolicies(
        Object.entries(roles.find(roleName)?.policies ?? {}).map(([policyName, text]) => ({
          policyName,
          document: parsePolicyDocument(text, { dialect: 'iam' }),
        })),
      ),
  }
}
