import {
  ClaimName,
  type IdentityPool,
  IdentityPoolName,
  type IdentityPoolSettings,
  type LoginProvider,
} from '@thingdeck/contract'
import { limitsOf } from '../../shared/form/text-limits.ts'

/** A login provider as a line of the form has it. */
export interface ProviderRow {
  readonly kind: LoginProvider['kind']
  readonly name: string
  readonly clientId: string
  readonly serverSideTokenCheck: boolean
}

export interface PoolValues {
  readonly name: string
  readonly allowsUnauthenticated: boolean
  readonly allowsClassicFlow: boolean
  readonly providers: readonly ProviderRow[]
}

/** What each kind of login provider is, how its name is written, and whether it has a client id. */
export const PROVIDER_KINDS: Readonly<
  Record<
    LoginProvider['kind'],
    { readonly label: string; readonly nameIs: string; readonly hasClient: boolean; readonly isName: RegExp }
  >
> = {
  'user-pool': {
    label: 'User pool of Cognito',
    nameIs: 'cognito-idp.REGION.amazonaws.com/POOL',
    hasClient: true,
    isName: /^(?!https?:)[\w._:/-]+$/,
  },
  openid: {
    label: 'OpenID Connect provider of IAM',
    nameIs: 'arn:aws:iam::ACCOUNT:oidc-provider/ISSUER',
    hasClient: false,
    isName: /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/.+$/,
  },
  social: {
    label: 'Public provider',
    nameIs: 'accounts.google.com, graph.facebook.com, www.amazon.com or appleid.apple.com',
    hasClient: true,
    isName: /^(?!https?:)[\w._/-]+$/,
  },
  saml: {
    label: 'SAML provider of IAM',
    nameIs: 'arn:aws:iam::ACCOUNT:saml-provider/NAME',
    hasClient: false,
    isName: /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\/.+$/,
  },
  developer: {
    label: 'A back end of your own',
    nameIs: 'a name of your own, as login.example',
    hasClient: false,
    isName: /^[\w._-]{1,128}$/,
  },
}

export const FRESH_PROVIDER: ProviderRow = { kind: 'user-pool', name: '', clientId: '', serverSideTokenCheck: false }

export const NEW_POOL: PoolValues = {
  name: '',
  allowsUnauthenticated: false,
  allowsClassicFlow: false,
  providers: [],
}

export const POOL_LIMITS = { name: limitsOf(IdentityPoolName, 'letters, digits, blanks and _ + = , . @ -') }

/** Of claims of tokens, as rules name them. */
export const CLAIM_LIMITS = limitsOf(ClaimName, 'characters that can be seen, without blanks')

/** A line of which nothing was written is none. */
const isWritten = ({ name, clientId }: ProviderRow): boolean => name !== '' || clientId !== ''

/** What is wrong with the login providers, in a sentence. */
export function providersProblem(
  providers: readonly ProviderRow[],
  developerBefore: string | undefined,
): string | undefined {
  const written = providers.filter(isWritten)
  for (const { kind, name, clientId } of written) {
    const { hasClient, isName, nameIs, label } = PROVIDER_KINDS[kind]
    if (!isName.test(name)) return `${label}: its name is ${nameIs}; this is ${name === '' ? 'empty' : name}.`
    if (hasClient && clientId === '') return `${name} needs the client id of the app.`
    // Cognito Identity API reference, CognitoIdentityProvider.
    if (kind === 'user-pool' && !/^\w+$/.test(clientId)) {
      return `${name}: the client id of a user pool has letters, digits and _ only; this is ${clientId}.`
    }
  }
  const keys = written.map(({ kind, name, clientId }) => `${kind} ${name} ${clientId}`)
  const twice = written.find((_, index) => keys.indexOf(keys[index] ?? '') !== index)
  if (twice) return `${twice.name} is written twice.`
  const developers = written.filter(({ kind }) => kind === 'developer')
  if (developers.length > 1) return 'A pool has one back end of its own at most.'
  if (developerBefore !== undefined && developers[0]?.name !== developerBefore) {
    return `The back end stays ${developerBefore}: Cognito changes it no more once it is set.`
  }
  return undefined
}

/** Where it stands before the question is answered who may sign in at all. */
export const nobodyProblem = (providers: readonly ProviderRow[], { allowsUnauthenticated }: PoolValues) =>
  allowsUnauthenticated || providers.some(isWritten)
    ? undefined
    : 'Without a login provider and without guests nobody gets credentials: add one, or let guests in.'

export const developerOf = ({ providers }: Pick<IdentityPool, 'providers'>): string | undefined =>
  providers.find(({ kind }) => kind === 'developer')?.name

export const valuesOf = ({
  name,
  allowsUnauthenticated,
  allowsClassicFlow,
  providers,
}: IdentityPoolSettings): PoolValues => ({
  name,
  allowsUnauthenticated,
  allowsClassicFlow,
  providers: providers.map(({ clientId = '', serverSideTokenCheck = false, ...provider }) => ({
    ...provider,
    clientId,
    serverSideTokenCheck,
  })),
})

export const settingsOf = ({ providers, ...values }: PoolValues): IdentityPoolSettings => ({
  ...values,
  providers: providers.filter(isWritten).map(({ kind, name, clientId, serverSideTokenCheck }) => ({
    kind,
    name,
    ...(PROVIDER_KINDS[kind].hasClient && { clientId }),
    ...(kind === 'user-pool' && serverSideTokenCheck && { serverSideTokenCheck }),
  })),
})

/** A pool as an update expects to find it. */
export const seenSettings = ({
  name,
  allowsUnauthenticated,
  allowsClassicFlow,
  providers,
}: IdentityPool): IdentityPoolSettings => ({ name, allowsUnauthenticated, allowsClassicFlow, providers })
