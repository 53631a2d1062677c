import type { ConnectionSocket } from './connections.ts'
import type { Domain } from './domains.ts'
import type { Peer } from './peer.ts'

/** By what those are known who are not known by the connection alone. */
export type StrangerAuthentication = 'CUSTOM_AUTH' | 'CUSTOM_AUTH_X509' | 'AWS_X509'

/** Somebody at a door who is let in, if at all, when a function has been asked. */
export interface Stranger {
  readonly kind: 'stranger'
  readonly authentication: StrangerAuthentication
  /** What TLS (SNI), or the `Host` of an unencrypted request, names. */
  readonly serverName: string | undefined
  readonly isEncrypted: boolean
  /** Undefined at a default endpoint. */
  readonly domain: Domain | undefined
  /** Of the upgrade to a WebSocket, or of a request. */
  readonly http: RequestCredentials | undefined
  /** Who is behind the client certificate, which is a good one; absent for `CUSTOM_AUTH`. */
  readonly device: Peer | undefined
  /** The client's certificates as it sent them, PEM, its own first. */
  readonly certificateChain: readonly string[]
  readonly socket: ConnectionSocket
}

/** What of a request over HTTP an authorizer's function is told. */
export interface RequestCredentials {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** With its `?`; empty where there is none. */
  readonly queryString: string
}

/** What of a CONNECT packet an authorizer's function is told. */
export interface ConnectCredentials {
  /** Undefined where the server made one up. */
  readonly sentClientId: string | undefined
  readonly username: string | undefined
  readonly password: Uint8Array | undefined
}

/** Somebody who is let in. */
export interface Admitted {
  readonly peer: Peer
  /** The connection ends then, whatever is answered later. */
  readonly lifetimeMs: number | undefined
  /** The function is asked again; undefined where nobody is. */
  readonly renewal: Renewal | undefined
}

/** How what was granted is asked for again. */
export interface Renewal {
  /** After so long. */
  readonly afterMs: number
  /** Asks with the same credentials. From then on what it answers is granted. @returns undefined for a refusal, which was told */
  again(): Promise<Renewal | undefined>
}

/** Lets strangers in by asking functions: of custom authorizers, and those that look at client certificates. */
export interface Admissions {
  /**
   * Whether somebody without any other credentials is asked for those of custom authentication: there is an authorizer
   * to ask.
   */
  hasDefault(domain: Domain | undefined): boolean
  /** Whether a request brings credentials of custom authentication. */
  areBrought(request: RequestCredentials): boolean
  /** @param clientId as the connection is called. @returns undefined for who is refused, which was told */
  admit(stranger: Stranger, clientId: string, connect: ConnectCredentials): Promise<Admitted | undefined>
  /**
   * For one request over HTTP.
   * @param connection the same object as long as the connection is kept alive
   * @returns undefined for who is refused, which was told
   */
  admitRequest(stranger: Stranger, connection: object): Promise<Peer | undefined>
}
