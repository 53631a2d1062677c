import type { CompiledPolicies } from '@thingdeck/policies'

/** Who makes a call, whatever door it came through. */
export type Caller =
  | RootCaller
  | UserCaller
  | RoleCaller
  | CognitoCaller
  | FederatedUserCaller
  | CertificateCaller
  | AuthorizedCaller
  | OtherAccountCaller
  | AnonymousCaller

/** What the function of an authorizer grants: asked for anew from time to time while a connection lasts. */
export interface AuthorizerGrant {
  /** As it answered last. */
  readonly policies: CompiledPolicies
}

/** Somebody whom the function of a custom authorizer vouches for. Good for the data plane only. */
export interface AuthorizedCaller {
  readonly kind: 'custom-auth'
  /** As the function answered. */
  readonly principalId: string
  readonly authorizerName: string
  readonly granted: AuthorizerGrant
}

/** Somebody whose IAM policies decide. */
export type IamCaller = UserCaller | RoleCaller | CognitoCaller | FederatedUserCaller

/** The account's administrator. May do everything. */
export interface RootCaller {
  readonly kind: 'root'
  readonly arn: string
  readonly accessKeyId: string
  /** What presence events call it. */
  readonly principalId: string
}

/** An IAM user, by an access key of theirs or by a session that they asked for with it. */
export interface UserCaller {
  readonly kind: 'user'
  /** `arn:aws:iam::ACCOUNT:user/PATH/NAME` */
  readonly arn: string
  readonly accessKeyId: string
  /** `AIDA…` */
  readonly principalId: string
  readonly userName: string
  /** Of `GetSessionToken`, which is good for no other calls of STS and IAM than a few. */
  readonly isSession: boolean
  readonly variables: Readonly<Record<string, string | readonly string[]>>
}

/** Someone with temporary credentials of a role, e.g. a device that used the credentials provider. */
export interface RoleCaller {
  readonly kind: 'assumed-role'
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly arn: string
  readonly accessKeyId: string
  readonly principalId: string
  readonly roleName: string
  readonly sessionName: string
  /** Values for policy variables that came with the session, e.g. `credentials-iot:ThingName`. */
  readonly variables: Readonly<Record<string, string | readonly string[]>>
  /** IAM policy documents of the session, pooled: they and the role's policies must allow. Absent for none. */
  readonly sessionPolicies?: readonly string[]
}

/** An identity of the Cognito identity pool, with the credentials of its role. */
export interface CognitoCaller {
  readonly kind: 'cognito'
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/CognitoIdentityCredentials` */
  readonly arn: string
  readonly accessKeyId: string
  readonly principalId: string
  readonly roleName: string
  /** `REGION:GUID`. IoT policies and things are attached to it. */
  readonly identityId: string
  readonly authenticated: boolean
  readonly variables: Readonly<Record<string, string | readonly string[]>>
  /** IAM policy documents of the session, pooled: they and the role's policies must allow. Absent for none. */
  readonly sessionPolicies?: readonly string[]
}

/** Somebody for whom a user, or the root, asked for a session by `GetFederationToken`. */
export interface FederatedUserCaller {
  readonly kind: 'federated-user'
  /** `arn:aws:sts::ACCOUNT:federated-user/NAME` */
  readonly arn: string
  readonly accessKeyId: string
  /** `ACCOUNT:NAME` */
  readonly principalId: string
  /** Of the user whose policies bound the session, `AIDA…`; absent where the root asked. */
  readonly userId?: string
  readonly variables: Readonly<Record<string, string | readonly string[]>>
  /** IAM policy documents of the session, pooled: they and the user's policies must allow. None allow nothing. */
  readonly sessionPolicies: readonly string[]
}

/** A device with a client certificate. */
export interface CertificateCaller {
  readonly kind: 'certificate'
  readonly arn: string
  readonly certificateId: string
  /** The certificate's id. */
  readonly principalId: string
  /** Where the domain configuration asks for an authorizer beside the certificate: what that grants, too. */
  readonly granted?: AuthorizerGrant
}

/** The administrator of another account, which is known here for what accounts do with each other. */
export interface OtherAccountCaller {
  readonly kind: 'other-account'
  /** The account's id. */
  readonly account: string
  readonly arn: string
  readonly accessKeyId: string
  readonly principalId: string
}

/** A caller of an operation that needs no signature. */
export interface AnonymousCaller {
  readonly kind: 'anonymous'
}
