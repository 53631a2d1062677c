import { CognitoIdentityClient, GetCredentialsForIdentityCommand, GetIdCommand } from '@aws-sdk/client-cognito-identity'
import * as openid from 'openid-client'
import type { Local } from '../../src/index.ts'
import { Browser } from '../../src/services/oidc/browser.test-support.ts'

export interface SignedIn {
  readonly identityId: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken: string
  }
}

/** What the console does for a person: code flow with PKCE, then the identity pool's enhanced flow. */
export async function signIn(
  local: Pick<Local, 'sdk' | 'urls' | 'oidcClientId' | 'identityPoolId'>,
  person: string,
): Promise<SignedIn> {
  const issuer = new URL(local.urls.oidcIssuer)
  const settings = await openid.discovery(issuer, local.oidcClientId, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const url = openid.buildAuthorizationUrl(settings, {
    redirect_uri: 'http://localhost:7300/auth/callback',
    scope: 'openid profile',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const browser = new Browser(issuer.origin)
  const login = await browser.open(url)
  const { url: callback } = await browser.open(login.url, { person })
  const { id_token: token = '' } = await openid.authorizationCodeGrant(settings, callback, { pkceCodeVerifier })

  const cognito = new CognitoIdentityClient({ endpoint: local.sdk.endpoint, region: local.sdk.region })
  const Logins = { [issuer.host + issuer.pathname]: token }
  const { IdentityId = '' } = await cognito.send(new GetIdCommand({ IdentityPoolId: local.identityPoolId, Logins }))
  const { Credentials } = await cognito.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }))
  cognito.destroy()
  return {
    identityId: IdentityId,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  }
}
