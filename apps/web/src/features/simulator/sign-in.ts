import { IAM_PRINCIPAL_KINDS, type IamPrincipalKind, type SignInKind } from '@thingdeck/contract'
import type { IamReference } from '../../shared/authorization/iam-principal.ts'
import type { SimulatorSearch } from './search.ts'

/** How somebody comes to AWS IoT, and what decides about them then. */
export interface SignIn {
  readonly as: SignInKind | 'certificate'
  readonly label: string
  readonly decides: string
}

/** @see AWS IoT Core developer guide, "Authentication" and "Authorization" */
export const SIGN_INS: readonly SignIn[] = [
  {
    as: 'certificate',
    label: 'X.509 certificate',
    decides: 'The IoT policies of the certificate and of the groups of its thing.',
  },
  { as: 'iam', label: 'IAM role, user or group', decides: 'The IAM policies alone, within the permissions boundary.' },
  {
    as: 'federated',
    label: 'Federated identity',
    decides:
      'The IAM policies of the role that it assumed with a token of its OpenID provider, alone. What the token says, as ISSUER:sub, stands below as a value.',
  },
  {
    as: 'cognito',
    label: 'Cognito identity, signed in',
    decides: 'The IAM policies of its role and the IoT policies of the identity: both must allow.',
  },
  {
    as: 'guest',
    label: 'Cognito identity, unauthenticated',
    decides: 'The IAM policies of the role for guests alone.',
  },
  {
    as: 'authorizer',
    label: 'Custom authorizer',
    decides: 'The policies of the answer of the authorizer’s function, and nothing else.',
  },
]

/** As whom the address says; an identity alone is one that signed in. */
export function signInOf({ as, identity, certificate }: SimulatorSearch): SignIn['as'] {
  return as ?? (identity !== undefined && certificate === undefined ? 'cognito' : 'certificate')
}

/** What IAM policies are to be read; undefined: none, or what is written is no such name yet. */
export function iamReferenceOf({ iam }: SimulatorSearch): IamReference | undefined {
  const [kind, name] = iam?.split('/') ?? []
  const known = IAM_PRINCIPAL_KINDS.find((each) => each === kind)
  return known !== undefined && name !== undefined && /^[\w+=,.@-]{1,128}$/.test(name)
    ? { kind: known, name }
    : undefined
}

/** Of whoever signed in elsewhere, by Cognito or by an OpenID provider, it is always a role. */
export const kindsFor = (as: SignIn['as']): readonly IamPrincipalKind[] =>
  as === 'iam' ? IAM_PRINCIPAL_KINDS : ['role']
