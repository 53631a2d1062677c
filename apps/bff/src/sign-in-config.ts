/** How people sign in: at an OpenID Connect issuer, or as whoever started the console with their own AWS credentials. */
export type SignInConfig = IssuerSignInConfig | AwsSignInConfig

export interface OidcConfig {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret?: string
  /** Claim of the id token that lists the groups `viewer`, `operator`, `admin`. */
  readonly groupsClaim: string
}

export interface IssuerSignInConfig {
  readonly kind: 'issuer'
  readonly oidc: OidcConfig
  readonly cognitoIdentityPoolId: string
}

export interface AwsSignInConfig {
  readonly kind: 'aws'
  /** The person is a viewer, and no admin. */
  readonly isReadOnly: boolean
  /** The role whose sessions pages get for MQTT; without one the person's lasting keys have to do. */
  readonly liveRoleArn?: string
}

/** How a configuration is read: what is missing or wrong is collected. */
export interface ConfigReader {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly problems: string[]
  required(name: string, what: string): string
  url(name: string, value: string): URL
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

/** Whether the console is the one of the person who starts it. */
export const isOwnConsole = (env: ConfigReader['env']): boolean => env.SIGN_IN === 'aws'

export function readSignIn(reader: ConfigReader): SignInConfig {
  const { env, problems, required, url } = reader
  if (isOwnConsole(env)) return readAwsSignIn(reader)
  if (env.SIGN_IN !== undefined && env.SIGN_IN !== 'issuer') {
    problems.push(`SIGN_IN is issuer or aws, not '${env.SIGN_IN}'`)
  }
  for (const name of ['READ_ONLY', 'LIVE_ROLE_ARN', 'DATA_FOLDER'] as const) {
    if (env[name] !== undefined) problems.push(`${name} is for SIGN_IN=aws alone`)
  }
  const { OIDC_CLIENT_SECRET: clientSecret } = env
  return {
    kind: 'issuer',
    oidc: {
      issuer: url('OIDC_ISSUER', required('OIDC_ISSUER', 'the OpenID Connect issuer, e.g. of a Cognito user pool')),
      clientId: required('OIDC_CLIENT_ID', 'the client id of the console at the issuer'),
      ...(clientSecret && { clientSecret }),
      groupsClaim: env.OIDC_GROUPS_CLAIM ?? 'cognito:groups',
    },
    cognitoIdentityPoolId: required('COGNITO_IDENTITY_POOL_ID', 'the identity pool that trusts the issuer'),
  }
}

function readAwsSignIn({ env, problems, url }: ConfigReader): AwsSignInConfig {
  const { READ_ONLY: readOnly = 'off', LIVE_ROLE_ARN: liveRoleArn } = env
  if (readOnly !== 'on' && readOnly !== 'off') problems.push(`READ_ONLY is on or off, not '${readOnly}'`)
  if (liveRoleArn && !ROLE_ARN.test(liveRoleArn)) {
    problems.push(`LIVE_ROLE_ARN is not the ARN of a role like arn:aws:iam::123456789012:role/NAME: '${liveRoleArn}'`)
  }
  // Whoever opens it acts with this person's credentials: it is not for other machines.
  for (const name of ['HOST', 'PUBLIC_URL'] as const) {
    const value = env[name]
    if (value === undefined) continue
    const host = name === 'HOST' ? value : url(name, value).hostname
    if (!LOOPBACK.has(host))
      problems.push(`${name} is of another machine than this, which SIGN_IN=aws is not for: '${value}'`)
  }
  return { kind: 'aws', isReadOnly: readOnly === 'on', ...(liveRoleArn && { liveRoleArn }) }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])
