import {
  type Authorizer,
  AuthorizerName,
  type BodyOf,
  type endpoints,
  FunctionArn,
  PublicKeyName,
  TokenKeyName,
} from '@thingdeck/contract'
import { type Pair, recordOf } from '../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../shared/form/text-limits.ts'

/** Whose key tokens are signed with: `browser` is made on the page. */
export type KeyWay = 'browser' | 'pem'
export type Signing = 'signed' | 'unsigned'

/** A new authorizer, as its form holds it. */
export interface AuthorizerValues {
  readonly authorizerName: string
  readonly authorizerFunctionArn: string
  readonly signing: Signing
  readonly tokenKeyName: string
  readonly keyWay: KeyWay
  readonly keyName: string
  readonly publicKeyPem: string
  readonly isActive: boolean
  readonly enableCachingForHttp: boolean
  readonly tags: readonly Pair[]
}

export const NEW: AuthorizerValues = {
  authorizerName: '',
  authorizerFunctionArn: '',
  signing: 'signed',
  tokenKeyName: 'token',
  keyWay: 'browser',
  keyName: 'key-1',
  publicKeyPem: '',
  isActive: true,
  enableCachingForHttp: false,
  tags: [],
}

export const LIMITS = {
  authorizerName: limitsOf(AuthorizerName, 'letters, digits and _ = , @ -'),
  authorizerFunctionArn: limitsOf(FunctionArn, 'the ARN of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME'),
}

/** Of what only a token that is signed needs. */
export const SIGNING_LIMITS = {
  tokenKeyName: limitsOf(TokenKeyName, 'letters, digits and _ -'),
  keyName: limitsOf(PublicKeyName, 'letters, digits and : _ -'),
}

export const FIELDS_OF_CODES = { ResourceAlreadyExistsException: 'authorizerName' } as const

/** What AWS is asked for. @param publicKeyPem as it was made or pasted */
export function creationOf(values: AuthorizerValues, publicKeyPem: string): BodyOf<typeof endpoints.createAuthorizer> {
  const { authorizerName, authorizerFunctionArn, signing, tokenKeyName, keyName, isActive, enableCachingForHttp } =
    values
  const tags = recordOf(values.tags)
  return {
    authorizerName,
    authorizerFunctionArn,
    signingDisabled: signing === 'unsigned',
    ...(signing === 'signed' && { tokenKeyName, tokenSigningPublicKeys: { [keyName]: publicKeyPem } }),
    status: isActive ? 'ACTIVE' : 'INACTIVE',
    enableCachingForHttp,
    ...(Object.keys(tags).length > 0 && { tags }),
  }
}

/** What may be changed of an authorizer, as its form holds it. */
export interface AuthorizerChange {
  readonly authorizerFunctionArn: string
  readonly tokenKeyName: string
  /** PEM by name, of a signed token. */
  readonly keys: readonly Pair[]
  readonly enableCachingForHttp: boolean
}

export const changeOf = (authorizer: Authorizer): AuthorizerChange => ({
  authorizerFunctionArn: authorizer.authorizerFunctionArn,
  tokenKeyName: authorizer.tokenKeyName ?? '',
  keys: Object.entries(authorizer.tokenSigningPublicKeys).map(([key, value]) => ({ key, value })),
  enableCachingForHttp: authorizer.enableCachingForHttp,
})
