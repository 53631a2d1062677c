import { endpoints } from '@thingdeck/contract'
import * as oidc from 'openid-client'
import type { PendingLogin, Person, Tokens } from '../../person.ts'
import type { SignedIn } from '../../plugins/renewal.ts'
import { Problem } from '../../problem.ts'
import { roleOfGroups } from '../../roles.ts'
import type { OidcConfig } from '../../sign-in-config.ts'

/** Renew the id token this long before it expires: Cognito must still accept it when it arrives there. */
const RENEW_BEFORE_MS = 60_000

/** A session keeps them. An id token with some hundred groups is 10 KB. */
const LONGEST_TOKEN = 16 * 1024

/** Sign-in at the OpenID Connect issuer: code flow with PKCE (RFC 6749 §4.1, RFC 7636), state and nonce. */
export interface Issuer {
  /**
   * Where to send the browser, and what to remember until it comes back.
   * @param asks `login` has the issuer ask who it is even of someone whom it knows already
   */
  begin(returnTo: string, asks?: 'login'): Promise<{ url: URL; pending: PendingLogin }>
  /**
   * @param callback the address at which the browser came back
   * @throws {Problem} SIGN_IN_CANCELLED, SIGN_IN_FAILED, NO_ROLE or ISSUER_UNAVAILABLE
   */
  finish(callback: URL, pending: PendingLogin): Promise<{ person: Person; tokens: Tokens }>
  /**
   * The same while the id token is fresh; otherwise renewed tokens, and the person with the role of their groups now.
   * @throws {Problem} SIGNED_OUT when the issuer does not renew them, NO_ROLE when the person is in no group any more,
   *   ISSUER_UNAVAILABLE
   */
  renew(signedIn: SignedIn): Promise<SignedIn>
  /** Where to send the browser to end its session at the issuer; undefined when the issuer knows no such thing. */
  endSessionUrl(): Promise<URL | undefined>
}

/** What the issuer answers when it is it that is in trouble (RFC 6749 §4.1.2.1). */
const ISSUER_IN_TROUBLE = new Set(['server_error', 'temporarily_unavailable'])

/** Why no code, or no token for it, came of a sign-in. */
function refusal(cause: unknown): Problem {
  if (cause instanceof oidc.AuthorizationResponseError) {
    if (cause.error === 'access_denied')
      return new Problem('SIGN_IN_CANCELLED', 'The identity provider says that access was denied or cancelled.', {
        cause,
      })
    if (ISSUER_IN_TROUBLE.has(cause.error))
      return new Problem('ISSUER_UNAVAILABLE', `The issuer could not sign anyone in: ${cause.error}.`, { cause })
  }
  const { message, name, status = statusOf(cause) } = cause as Error & { readonly status?: number }
  // fetch's word for a host that cannot be reached is a TypeError.
  if (name === 'TypeError' || (status !== undefined && status >= 500))
    return new Problem('ISSUER_UNAVAILABLE', `The issuer did not answer the exchange of the code: ${message}.`, {
      cause,
    })
  return new Problem('SIGN_IN_FAILED', `The issuer's answer was not accepted: ${message}.`, { cause })
}

/** Of an answer that is none of OAuth's, as a 5xx is: openid-client puts the response into its error's cause. */
function statusOf(error: unknown): number | undefined {
  const { cause } = error as Error
  return cause instanceof Response ? cause.status : undefined
}

export function createIssuer(config: { readonly oidc: OidcConfig; readonly publicUrl: URL }): Issuer {
  const { issuer, clientId, clientSecret, groupsClaim } = config.oidc
  const redirectUri = new URL(endpoints.finishSignIn.path, config.publicUrl).href
  /** Renewals under way by refresh token: a page asks several things at once, and some issuers take a token only once. */
  const renewing = new Map<string, Promise<SignedIn>>()
  let discovered: Promise<oidc.Configuration> | undefined

  /** Discovery once, at first use; tried again when it failed, so that the issuer may start after us. */
  async function configuration(): Promise<oidc.Configuration> {
    discovered ??= oidc.discovery(
      issuer,
      clientId,
      undefined,
      clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None(),
      {
        execute: [
          // OpenID Connect lets TLS stand for the signature (Core §3.1.3.7, 6): a proxy in between could say anything.
          oidc.enableNonRepudiationChecks,
          // Plain http is for an issuer on this machine; openid-client refuses it otherwise.
          ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
        ],
      },
    )
    try {
      return await discovered
    } catch (cause) {
      discovered = undefined
      throw new Problem(
        'ISSUER_UNAVAILABLE',
        `The issuer ${issuer.href} does not answer as an OpenID Connect issuer.`,
        { cause },
      )
    }
  }

  function tokensOf(
    response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
    earlier?: Tokens,
  ): Tokens {
    const claims = response.claims()
    if (!response.id_token || !claims) throw new Problem('SIGN_IN_FAILED', 'The issuer sent no id token.')
    const refreshToken = response.refresh_token ?? earlier?.refreshToken
    if (response.id_token.length > LONGEST_TOKEN || (refreshToken?.length ?? 0) > LONGEST_TOKEN)
      throw new Problem('SIGN_IN_FAILED', `A token of the issuer is longer than ${LONGEST_TOKEN} characters.`)
    return {
      idToken: response.id_token,
      idTokenExpiresAtMs: claims.exp * 1_000,
      ...(refreshToken && { refreshToken }),
    }
  }

  function roleOf(response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers) {
    const claims = response.claims()
    const role = roleOfGroups(claims?.[groupsClaim])
    if (!claims || !role) {
      throw new Problem(
        'NO_ROLE',
        `The claim ${groupsClaim} names none of viewer, operator, admin. Ask an administrator for a group.`,
      )
    }
    return { claims, role }
  }

  async function renewed({ person }: SignedIn, tokens: Tokens, refreshToken: string): Promise<SignedIn> {
    const settings = await configuration()
    let response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers
    try {
      response = await oidc.refreshTokenGrant(settings, refreshToken)
    } catch (cause) {
      const refused = refusal(cause)
      if (refused.code === 'ISSUER_UNAVAILABLE') throw refused
      throw new Problem('SIGNED_OUT', 'The issuer does not renew the sign-in. Sign in again.', { cause })
    }
    // Without an id token nobody says which groups these are.
    if (response.claims()?.sub !== person.id)
      throw new Problem('SIGNED_OUT', 'The issuer does not say again who this is. Sign in again.')
    return { person: { ...person, role: roleOf(response).role }, tokens: tokensOf(response, tokens) }
  }

  return {
    async begin(returnTo, asks) {
      const pending: PendingLogin = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        returnTo,
      }
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
        ...(asks && { prompt: asks }),
      })
      return { url, pending }
    },

    async finish(callback, pending) {
      const settings = await configuration()
      let response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers
      try {
        response = await oidc.authorizationCodeGrant(settings, callback, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.codeVerifier,
        })
      } catch (cause) {
        throw refusal(cause)
      }
      const tokens = tokensOf(response)
      const { claims, role } = roleOf(response)
      const name = [claims.name, claims.email, claims['cognito:username']].find((value) => typeof value === 'string')
      return { person: { id: claims.sub, name: name ?? claims.sub, role }, tokens }
    },

    async renew(signedIn) {
      const { tokens } = signedIn
      if (!tokens) throw new Problem('SIGNED_OUT', 'There is no sign-in to renew. Sign in again.')
      const { refreshToken, idTokenExpiresAtMs } = tokens
      if (idTokenExpiresAtMs - Date.now() > RENEW_BEFORE_MS) return signedIn
      if (!refreshToken) throw new Problem('SIGNED_OUT', 'The sign-in has expired. Sign in again.')
      const underWay = renewing.get(refreshToken) ?? renewed(signedIn, tokens, refreshToken)
      renewing.set(refreshToken, underWay)
      try {
        return await underWay
      } finally {
        renewing.delete(refreshToken)
      }
    },

    async endSessionUrl() {
      const settings = await configuration()
      if (!settings.serverMetadata().end_session_endpoint) return undefined
      // No id_token_hint: a token does not belong into an address. Cognito names the way back logout_uri.
      const home = new URL('/', config.publicUrl).href
      return oidc.buildEndSessionUrl(settings, { post_logout_redirect_uri: home, logout_uri: home })
    },
  }
}
