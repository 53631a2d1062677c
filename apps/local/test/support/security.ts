import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import * as sts from '@aws-sdk/client-sts'
import { COGNITO_IDENTITY, createAwsApi, defineService, IAM, IOT, STS } from '@thingdeck/aws-api'
import { Authenticator } from '../../src/access/authenticate.ts'
import { ControlPlaneAuthorization } from '../../src/access/control-plane-authorization.ts'
import { openAuthority } from '../../src/foundation/authority/authority.ts'
import type { Caller } from '../../src/foundation/caller.ts'
import { Changes } from '../../src/foundation/changes.ts'
import { testContext } from '../../src/foundation/context.test-support.ts'
import type { LocalContext } from '../../src/foundation/context.ts'
import { IdTokens } from '../../src/foundation/id-tokens.ts'
import type { RegistryChange } from '../../src/foundation/registry-change.ts'
import { testThing } from '../../src/foundation/thing.test-support.ts'
import type { ConnectionFacts, ThingDirectory, ThingGroupFacts } from '../../src/foundation/thing-directory.ts'
import { httpPublisher, Traffic } from '../../src/foundation/traffic.ts'
import { Authorities } from '../../src/services/certificates/authorities.ts'
import { Certificates } from '../../src/services/certificates/certificates.ts'
import { authorityHandlers, certificateHandlers, transferHandlers } from '../../src/services/certificates/handlers.ts'
import { certificateParties } from '../../src/services/certificates/parties.ts'
import { cognitoService } from '../../src/services/cognito/index.ts'
import { Issuer } from '../../src/services/oidc/issuer.ts'
import { attachmentHandlers, authorizationHandlers, policyHandlers } from '../../src/services/policies/handlers.ts'
import { Policies } from '../../src/services/policies/policies.ts'
import { CredentialsProvider } from '../../src/services/role-aliases/credentials-provider.ts'
import { RoleAliases, roleAliasHandlers } from '../../src/services/role-aliases/role-aliases.ts'
import { stsIamService } from '../../src/services/sts-iam/index.ts'
import { SELF_DECIDING } from '../../src/services/sts-iam/sts.ts'
import { serveHttp } from './http-server.ts'

/** What tests put in place of the registry. */
export class FakeRegistry {
  /** Thing names by principal. */
  readonly attached = new Map<string, string[]>()
  /** ARNs of groups by thing name. */
  readonly groups = new Map<string, string[]>()
  readonly thingGroups = new Map<string, ThingGroupFacts>()

  get things(): ThingDirectory {
    return {
      thing: (name) => testThing(name, name.startsWith('pump') ? 'pump' : undefined),
      thingsOf: (principal) => this.attached.get(principal) ?? [],
      exclusiveThingOf: () => undefined,
      isAttached: (thingName, principal) => this.attached.get(principal)?.includes(thingName) ?? false,
      groupArnsOf: (name) => this.groups.get(name) ?? [],
      group: (name) => this.thingGroups.get(name),
      groupNameOf: () => undefined,
      thingsIn: () => ({ things: [], token: undefined }),
      propagatingAttributesOf: () => [],
      changes: new Changes<RegistryChange>(),
    }
  }

  get connections(): ConnectionFacts {
    return {
      associatedThing: (principal, clientId) => this.attached.get(principal)?.find((name) => name === clientId),
      contextOf: (_, clientId) => (clientId === undefined ? {} : { 'iot:ClientId': clientId }),
    }
  }
}

/** Certificates, policies, keys, identities and sign-in, wired to each other and to a registry that tests fill. */
async function createSecurity(context: LocalContext, { things, connections }: FakeRegistry, issuerUrl: URL) {
  const authority = await openAuthority({ clock: context.clock })
  const questions = {
    hasThings: (principal: string) => things.thingsOf(principal).length > 0,
    hasPolicies: (principal: string) => policies.store.attachedTo(principal).length > 0,
    detachPolicies: (principal: string) => policies.detachAll(principal),
  }
  const authorities = new Authorities(context)
  const certificates = new Certificates(context, { issuer: authority.devices, authorities, questions })
  const partyOf = certificateParties(context, certificates, [], { issuer: authority.devices, authorities })
  const policies = new Policies(context, {
    things,
    certificateExists: (id) => certificates.store.find(id) !== undefined,
  })
  const tokens = new IdTokens(context.clock)
  const stsIam = stsIamService(context, { traffic: new Traffic(context.log), tokens, otherAccounts: [] })
  const { roles, accessKeys: credentials } = stsIam
  const aliases = new RoleAliases(context, roles)
  const issuer = new Issuer(context, {
    url: issuerUrl,
    clientId: 'console',
    redirectUris: ['http://localhost:7300/auth/callback'],
    postLogoutRedirectUris: ['http://localhost:7300/'],
  })
  tokens.know(issuerUrl.href, async () => [await issuer.publicKey()])
  const cognito = cognitoService(context, {
    roles,
    accessKeys: credentials,
    tokens,
    openIdProviders: stsIam.openIdProviders,
    embedded: { issuer: issuerUrl.href, clientId: 'console' },
  })
  const iotPolicies = (principal: string, groups: readonly string[]) => policies.compiledFor(principal, groups)
  return {
    certificates,
    policies,
    roles,
    rolePolicies: stsIam.policies.rolePolicies,
    credentials,
    authenticator: new Authenticator(context, credentials),
    credentialsProvider: new CredentialsProvider(context, {
      aliases,
      roles,
      accessKeys: credentials,
      iotPolicies,
      things,
      connections,
    }),
    controlPlane: new ControlPlaneAuthorization({ iotPolicies, ...stsIam.policies }, new Traffic(context.log)),
    identityPoolId: cognito.identityPoolId,
    issuer,
    iotHandlers: {
      ...certificateHandlers(partyOf),
      ...transferHandlers(context, partyOf),
      ...authorityHandlers(context, authorities),
      ...policyHandlers(policies),
      ...attachmentHandlers(context, policies, things),
      ...authorizationHandlers(context, policies, { things, connections, identityPolicies: () => undefined }),
      ...roleAliasHandlers(context, aliases),
    },
    identityHandlers: cognito.handlers?.cognitoIdentity ?? {},
    stsHandlers: stsIam.handlers?.sts ?? {},
    iamHandlers: stsIam.handlers?.iam ?? {},
    reset(): void {
      policies.forget()
      stsIam.reread?.()
      cognito.reset?.()
      issuer.restore()
    },
  }
}

/** Security behind HTTP, with SDK clients to call it. */
export async function startSecurity() {
  const { context, now } = testContext()
  const registry = new FakeRegistry()
  const server = await serveHttp((request, response) => {
    if (request.url?.startsWith('/oidc')) void security.issuer.handle(request, response)
    else void api(request, response)
  })
  const endpoint = server.url
  const security = await createSecurity(context, registry, new URL('/oidc', endpoint))
  const api = createAwsApi<Caller>({
    services: [
      defineService<typeof iot, Caller>(iot, { ...IOT, handlers: security.iotHandlers }),
      defineService<typeof cognito, Caller>(cognito, { ...COGNITO_IDENTITY, handlers: security.identityHandlers }),
      defineService<typeof sts, Caller>(sts, { ...STS, handlers: security.stsHandlers }),
      defineService<typeof iam, Caller>(iam, { ...IAM, handlers: security.iamHandlers }),
    ],
    authenticate: (request, service, operation) => {
      const isGlobal = service.protocol === 'awsQuery'
      return security.authenticator.authenticate(request, { ...service, isGlobal }, operation)
    },
    authorize: ({ caller, service, operation }) => {
      const isOpen = (SELF_DECIDING as readonly string[]).includes(operation) // of any operation's name
      if (caller.kind === 'anonymous' || caller.kind === 'other-account' || isOpen) return
      const peer = { principal: caller }
      const asked = { action: `${service}:${operation}`, resources: ['*'] }
      security.controlPlane.check(peer, httpPublisher(peer, context.clock()), asked)
    },
  })
  const settings = {
    endpoint,
    region: context.account.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  }
  const clients = { iot: new iot.IoTClient(settings), cognito: new cognito.CognitoIdentityClient(settings) }
  return {
    ...clients,
    context,
    now,
    registry,
    security,
    endpoint,
    async [Symbol.asyncDispose]() {
      clients.iot.destroy()
      clients.cognito.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
