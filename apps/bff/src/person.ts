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

/** What is known of the browser that somebody signed in with. */
export interface SignInDevice {
  /** In words: `Firefox on Linux`. */
  readonly browser?: string
  /** Where proxies are trusted to tell it. */
  readonly address?: string
}

declare module 'fastify' {
  interface Session {
    person?: Person
    /** Epoch milliseconds. */
    signedInAtMs?: number
    tokens?: Tokens
    /** As it was at the sign-in. */
    device?: SignInDevice
  }
}
