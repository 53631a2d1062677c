import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import { COGNITO_IDENTITY, createAwsApi, defineService, IOT } from '@thingdeck/aws-api'
import { openAuthority } from '../../src/foundation/authority/authority.ts'
import type { Caller } from '../../src/foundation/caller.ts'
import { testContext } from '../../src/foundation/context.test-support.ts'
import type { LocalContext } from '../../src/foundation/context.ts'
import type { ThingGroupFacts } from '../../src/security/neighbours.ts'
import { createSecurity, type SecurityOptions } from '../../src/security/security.ts'

/** What tests put in place of the registry. */
export class FakeRegistry {
  /** Thing names by principal. */
  readonly attached = new Map<string, string[]>()
  /** ARNs of groups by thing name. */
  readonly groups = new Map<string, string[]>()
  readonly thingGroups = new Map<string, ThingGroupFacts>()
  readonly things = new Set<string>()

  get neighbours(): SecurityOptions['neighbours'] {
    return {
      thingsOf: (principal) => this.attached.get(principal) ?? [],
      associatedThing: (principal, clientId) => this.attached.get(principal)?.find((name) => name === clientId),
      thingExists: (name) => this.things.has(name),
      thingTypeOf: (name) => (name.startsWith('pump') ? 'pump' : undefined),
      groupsOfThing: (name) => this.groups.get(name) ?? [],
      thingGroup: (name) => this.thingGroups.get(name),
      connectionContext: (_, clientId) => (clientId === undefined ? {} : { 'iot:ClientId': clientId }),
    }
  }
}

/** Security behind HTTP, with SDK clients to call it. */
export async function startSecurity(options: Partial<SecurityOptions> = {}, made = testContext()) {
  const { context, now } = made
  const registry = new FakeRegistry()
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/oidc')) void security.issuer.handle(request, response)
    else if (security.queryApi.serves(request)) void security.queryApi.handle(request, response)
    else api(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const security = createSecurity(context, {
    authority: await openAuthority({ clock: context.clock }),
    neighbours: registry.neighbours,
    issuer: {
      url: new URL('/oidc', endpoint),
      clientId: 'console',
      redirectUris: ['http://localhost:7300/auth/callback'],
      postLogoutRedirectUris: ['http://localhost:7300/'],
    },
    ...options,
  })
  const api = createAwsApi<Caller>({
    services: [
      defineService<typeof iot, Caller>(iot, { ...IOT, handlers: security.iotHandlers }),
      defineService<typeof cognito, Caller>(cognito, { ...COGNITO_IDENTITY, handlers: security.identityHandlers }),
    ],
    authenticate: (request, service, operation) => security.authenticator.authenticate(request, service, operation),
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
    context: context as LocalContext,
    now,
    registry,
    security,
    endpoint,
    async [Symbol.asyncDispose]() {
      clients.iot.destroy()
      clients.cognito.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
