import type { CreateIdentityPoolCommandInput, IdentityPool as SdkPool } from '@aws-sdk/client-cognito-identity'
import type { IdentityPoolSettings, LoginProvider } from '@thingdeck/contract'
import { Problem } from '../../problem.ts'

/** What Cognito says that a pool is told. */
export const settingsOf = (pool: Partial<SdkPool>): IdentityPoolSettings => ({
  name: pool.IdentityPoolName ?? '',
  allowsUnauthenticated: pool.AllowUnauthenticatedIdentities ?? false,
  allowsClassicFlow: pool.AllowClassicFlow ?? false,
  providers: [
    ...(pool.CognitoIdentityProviders ?? []).map(({ ProviderName = '', ClientId, ServerSideTokenCheck }) => ({
      kind: 'user-pool' as const,
      name: ProviderName,
      ...(ClientId !== undefined && { clientId: ClientId }),
      ...(ServerSideTokenCheck === true && { serverSideTokenCheck: true }),
    })),
    ...(pool.OpenIdConnectProviderARNs ?? []).map((name) => ({ kind: 'openid' as const, name })),
    ...(pool.SamlProviderARNs ?? []).map((name) => ({ kind: 'saml' as const, name })),
    ...Object.entries(pool.SupportedLoginProviders ?? {}).map(([name, clientId]) => ({
      kind: 'social' as const,
      name,
      clientId,
    })),
    ...(pool.DeveloperProviderName ? [{ kind: 'developer' as const, name: pool.DeveloperProviderName }] : []),
  ],
})

/** The part of a pool that an update replaces. */
export const settingsPartOf = ({
  name,
  allowsUnauthenticated,
  allowsClassicFlow,
  providers,
}: IdentityPoolSettings): IdentityPoolSettings => ({ name, allowsUnauthenticated, allowsClassicFlow, providers })

/** The same as Cognito is told. */
export function inputOf(settings: IdentityPoolSettings): CreateIdentityPoolCommandInput {
  const of = (kind: LoginProvider['kind']) => settings.providers.filter((each) => each.kind === kind)
  const [developer] = of('developer')
  return {
    IdentityPoolName: settings.name,
    AllowUnauthenticatedIdentities: settings.allowsUnauthenticated,
    AllowClassicFlow: settings.allowsClassicFlow,
    CognitoIdentityProviders: of('user-pool').map(({ name, clientId, serverSideTokenCheck = false }) => ({
      ProviderName: name,
      ClientId: clientId,
      ServerSideTokenCheck: serverSideTokenCheck,
    })),
    OpenIdConnectProviderARNs: of('openid').map(({ name }) => name),
    SamlProviderARNs: of('saml').map(({ name }) => name),
    SupportedLoginProviders: Object.fromEntries(of('social').map(({ name, clientId = '' }) => [name, clientId])),
    ...(developer && { DeveloperProviderName: developer.name }),
  }
}

const HAS_CLIENT: readonly LoginProvider['kind'][] = ['user-pool', 'social']

/** @throws {Problem} BAD_REQUEST for what is none, or would be lost on the way to Cognito */
export function mustBeProviders(providers: readonly LoginProvider[]): void {
  const seen = new Set<string>()
  for (const { kind, name, clientId, serverSideTokenCheck } of providers) {
    const key = kind === 'user-pool' ? `${kind} ${name} ${clientId}` : kind === 'developer' ? kind : `${kind} ${name}`
    if (seen.has(key)) throw refused(kind === 'developer' ? 'A pool has one developer provider.' : `${name} is twice.`)
    seen.add(key)
    if (HAS_CLIENT.includes(kind) !== (clientId !== undefined)) {
      throw refused(clientId === undefined ? `${name} needs a client id.` : `${name} is of a kind without a client id.`)
    }
    if (kind !== 'user-pool' && serverSideTokenCheck !== undefined) {
      throw refused(`${name} is no user pool, whose tokens could be checked.`)
    }
  }
}

const refused = (what: string): Problem => new Problem('BAD_REQUEST', `providers: ${what}`)
