import type { Role } from '@thingdeck/contract'

/** Who is signed in, as the id token told it. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** Tokens of the issuer. They stay in the server-side session; the browser never sees one. */
export interface Tokens {
  readonly idToken: string
  readonly refreshToken?: string
  /** Epoch milliseconds. */
  readonly idTokenExpiresAtMs: number
}

/** What has to be remembered between the redirect to the issuer and its answer. */
export interface PendingLogin {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly returnTo: string
}

declare module 'fastify' {
  interface Session {
    person?: Person
    /** Epoch milliseconds. */
    signedInAtMs?: number
    tokens?: Tokens
  }
}
