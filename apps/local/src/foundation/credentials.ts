import type { Caller, CognitoCaller, FederatedUserCaller, RoleCaller, RootCaller, UserCaller } from './caller.ts'

/** Who stands behind temporary credentials: all of a caller but the key itself. */
export type SessionOwner =
  | Omit<RootCaller, 'accessKeyId'>
  | Omit<UserCaller, 'accessKeyId'>
  | Omit<RoleCaller, 'accessKeyId'>
  | Omit<CognitoCaller, 'accessKeyId'>
  | Omit<FederatedUserCaller, 'accessKeyId'>

export interface TemporaryCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Epoch milliseconds, on a whole second as AWS gives them out. */
  readonly expiresAtMs: number
}

/** What the verification of a signature needs to know about a key, and whose it is. */
export interface KnownKey {
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiresAtMs?: number
  readonly caller: Caller
}

/** The access keys of the account. */
export interface AccessKeys {
  /** @param durationSeconds how long they are good for */
  issue(owner: SessionOwner, durationSeconds: number): TemporaryCredentials
  /** The key with that id, expired or not; one that is inactive is not known. */
  lookup(accessKeyId: string): KnownKey | undefined
  /**
   * Remembers that a request was signed with a key, as IAM tells of it.
   * @param service the name that it was signed for, such as `iot`
   */
  noteUse(accessKeyId: string, service: string): void
}
