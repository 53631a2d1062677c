import type { Configuration, KoaContextWithOIDC, default as Provider } from 'oidc-provider'
import type { LocalContext } from '../../foundation/context.ts'
import { lazily } from '../../foundation/lazily.ts'
import type { IssuerSecrets } from './issuer-secrets.ts'
import { IssuerStorage } from './issuer-storage.ts'
import { messagePage, pageHeaders } from './pages.ts'
import { claimsOf, PEOPLE } from './people.ts'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS

export interface IssuerOptions {
  /** Public address, e.g. `http://localhost:7400/oidc`. Its path is where the requests come in. */
  readonly url: URL
  readonly clientId: string
  /** For a client that keeps a secret; without one it is a public client. PKCE is asked of both. */
  readonly clientSecret?: string
  /** Where the browser may go after signing in. For loopback addresses over http any port will do (RFC 8252 §7.3). */
  readonly redirectUris: readonly string[]
  /** Where it may go after signing out. */
  readonly postLogoutRedirectUris: readonly string[]
}

/**
 * On loading, the library warns of every release of Node that is not (yet) for long-term support. The project brings the
 * one that it runs on, so nobody could act on that; whatever else the library says is passed on.
 */
const loadLibrary = lazily(async () => {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime.')) warn(...words)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
})

/**
 * The OpenID Connect provider: code flow with PKCE (S256), refresh tokens, RP-initiated logout. It is loaded when the
 * first request for it comes in, since most servers in tests never sign anybody in.
 */
export async function createProvider(
  context: LocalContext,
  options: IssuerOptions,
  secrets: IssuerSecrets,
): Promise<Provider> {
  const { default: OidcProvider, interactionPolicy } = await loadLibrary()
  const policy = interactionPolicy.base()
  policy.remove('consent') // the one client is the console of the same account
  const { database } = context
  const { pathname } = options.url
  const configuration: Configuration = {
    adapter: (model) => new IssuerStorage(database, model),
    claims: {
      openid: ['sub', 'cognito:groups', 'cognito:username'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    clientBasedCORS: () => false,
    clients: [client(options)],
    conformIdTokenClaims: false, // the id token carries the groups, as that of a Cognito user pool
    cookies: {
      keys: [secrets.cookieKey],
      // Cookies know no ports: these must not meet those of the console on the same host.
      names: { session: 'issuer_session', interaction: 'issuer_interaction', resume: 'issuer_resume' },
      long: { httpOnly: true, sameSite: 'lax', path: pathname },
      short: { httpOnly: true, sameSite: 'lax', path: pathname },
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: signOut,
        postLogoutSuccessSource: (koa) => render(koa, 'Signed out', 'You are signed out. You can close this page.'),
      },
    },
    findAccount(_context, sub) {
      const person = PEOPLE.find((candidate) => candidate.sub === sub)
      return person && { accountId: sub, claims: () => claimsOf(person) }
    },
    interactions: { url: (_context, interaction) => `${pathname}/interaction/${interaction.uid}`, policy },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: [secrets.signingKey] },
    async loadExistingGrant({ oidc }) {
      const clientId = oidc.client?.clientId ?? ''
      const existing = oidc.session?.grantIdFor(clientId)
      const grant =
        (existing === undefined ? undefined : await oidc.provider.Grant.find(existing)) ??
        new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope([...oidc.requestParamScopes].join(' '))
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    renderError(koa, { error, error_description: description }) {
      render(koa, 'Sign-in failed', description ? `${description} (${error})` : error)
    },
    rotateRefreshToken: false, // as Cognito by default
    scopes: ['openid', 'profile', 'email'],
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      Grant: 30 * DAY_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      RefreshToken: 30 * DAY_SECONDS,
      Session: 14 * DAY_SECONDS,
    },
  }
  const provider = new OidcProvider(options.url.href, configuration)
  provider.on('server_error', (_context, error) =>
    context.log.error({ err: error }, 'the OpenID Connect issuer failed'),
  )
  return provider
}

function client({ clientId, clientSecret, redirectUris, postLogoutRedirectUris }: IssuerOptions) {
  const uris = [...redirectUris, ...postLogoutRedirectUris].map((uri) => new URL(uri))
  return {
    client_id: clientId,
    ...(clientSecret === undefined
      ? { token_endpoint_auth_method: 'none' as const }
      : { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_post' as const }),
    // A native client is one whose loopback addresses are good with any port.
    application_type: uris.every(isLoopback) ? ('native' as const) : ('web' as const),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const],
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
  }
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/**
 * Ends the session at once and leads back, without a question in between: as the logout endpoint of a Cognito user pool.
 * The address to lead back to was checked before.
 */
async function signOut(koa: KoaContextWithOIDC): Promise<void> {
  const { session, provider } = koa.oidc
  const { postLogoutRedirectUri, state } = readLogoutState(session?.state)
  for (const { grantId } of Object.values(session?.authorizations ?? {})) {
    if (grantId !== undefined) await provider.Grant.find(grantId).then((grant) => grant?.destroy())
  }
  await session?.destroy()
  koa.cookies.set(provider.cookieName('session'), null)
  if (postLogoutRedirectUri === undefined) {
    render(koa, 'Signed out', 'You are signed out. You can close this page.')
    return
  }
  const target = new URL(postLogoutRedirectUri)
  if (state !== undefined) target.searchParams.set('state', state)
  koa.redirect(target.href)
}

function readLogoutState(value: unknown): { postLogoutRedirectUri: string | undefined; state: string | undefined } {
  const text = (name: string) => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    return typeof found === 'string' ? found : undefined
  }
  return { postLogoutRedirectUri: text('postLogoutRedirectUri'), state: text('state') }
}

function render(koa: Pick<KoaContextWithOIDC, 'set' | 'body'>, title: string, message: string): void {
  koa.set(pageHeaders())
  koa.body = messagePage(title, message)
}
