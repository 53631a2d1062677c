import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { AwsError } from '@thingdeck/aws-api'
import type { CertificateRefusal } from '../foundation/certificates.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import type { AuthenticationFailure } from '../foundation/traffic.ts'
import type { NoReception } from './reception.ts'

type Protocol = AuthenticationFailure['protocol']

/** What a certificate is refused for, in words, and as the entries of the log have it. */
export const CERTIFICATE_REFUSALS: Readonly<
  Record<CertificateRefusal | 'NONE', { readonly code: string; readonly words: string }>
> = {
  NONE: { code: 'NOT_AUTHENTICATED', words: 'missing' },
  UNKNOWN: { code: 'DEVICE_CERTIFICATE_NOT_REGISTERED', words: 'not registered in this account' },
  EXPIRED: { code: 'NOT_AUTHENTICATED', words: 'expired' },
  SNI_REQUIRED: { code: 'SNI_MISUSED', words: 'only good with a server name (SNI)' },
  INACTIVE: { code: 'DEVICE_CERTIFICATE_INACTIVE', words: 'inactive' },
  REVOKED: { code: 'DEVICE_CERTIFICATE_REVOKED', words: 'revoked' },
  PENDING_TRANSFER: { code: 'DEVICE_CERTIFICATE_INACTIVE', words: 'being transferred' },
  PENDING_ACTIVATION: { code: 'DEVICE_CERTIFICATE_INACTIVE', words: 'not activated yet' },
  REGISTER_INACTIVE: { code: 'DEVICE_CERTIFICATE_INACTIVE', words: 'inactive' },
}

/** By the names of the errors that a signature is refused with. */
const SIGNATURE_CODES: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'SECURITY_TOKEN_EXPIRED',
  InvalidSignatureException: 'SECURITY_TOKEN_SIGNATURE_MISMATCH',
  UnrecognizedClientException: 'SECURITY_TOKEN_INVALID',
  IncompleteSignatureException: 'NOT_AUTHENTICATED',
  MissingAuthenticationTokenException: 'NOT_AUTHENTICATED',
}

export interface AuthenticationFailuresOptions {
  readonly tell: (failure: AuthenticationFailure) => void
  /** Whether a name is that of an endpoint of the account. */
  readonly isEndpoint: (serverName: string) => boolean
}

/**
 * Those whom the doors do not let in, as logs and metrics tell of them: "AWS IoT Core emits the metric only when the
 * server name (SNI) is that of an endpoint of the account", so whoever names none, an address say, is not told of.
 * @see AWS IoT Core developer guide, "Connection.AuthNError"
 */
export class AuthenticationFailures {
  readonly #tell: (failure: AuthenticationFailure) => void
  readonly #isEndpoint: AuthenticationFailuresOptions['isEndpoint']

  constructor({ tell, isEndpoint }: AuthenticationFailuresOptions) {
    this.#tell = tell
    this.#isEndpoint = isEndpoint
  }

  /** A client certificate, or the want of one. `certificateId`: its principal. */
  certificate(
    socket: TLSSocket,
    protocol: Protocol,
    reason: CertificateRefusal | 'NONE',
    certificateId?: string | undefined,
  ): void {
    const { code, words } = CERTIFICATE_REFUSALS[reason]
    const details = `The client certificate is ${words}`
    const subject = { protocol, authenticationType: 'AWS_X509', principalId: certificateId } as const
    this.#tellOf(socket, nameOf(socket), { ...subject, reason: code, details })
  }

  /** That a domain configuration receives nobody, or not in this way. */
  domain(socket: TLSSocket, protocol: Protocol, { authentication, reason, details }: NoReception): void {
    this.#tellOf(socket, nameOf(socket), { protocol, authenticationType: authentication, reason, details })
  }

  /** A signature in a URL or in headers. What was thrown for another reason is not told. */
  signature({ socket, headers }: IncomingMessage, protocol: Protocol, error: unknown): void {
    const reason = error instanceof AwsError ? SIGNATURE_CODES[error.name] : undefined
    if (!(error instanceof AwsError) || reason === undefined) return
    const name = socket instanceof TLSSocket ? nameOf(socket) : (headers.host ?? '').replace(/:\d+$/, '')
    this.#tellOf(socket, name, { protocol, authenticationType: 'AWS_SIGV4', reason, details: error.message })
  }

  #tellOf(
    socket: Socket,
    serverNameIndication: string,
    failure: Pick<AuthenticationFailure, 'protocol' | 'authenticationType' | 'principalId' | 'reason' | 'details'>,
  ): void {
    if (!this.#isEndpoint(serverNameIndication)) return
    this.#tell({
      ...failure,
      sourceIp: plainAddress(socket.remoteAddress),
      sourcePort: socket.remotePort ?? 0,
      targetIp: plainAddress(socket.localAddress),
      targetPort: socket.localPort ?? 0,
      serverNameIndication,
    })
  }
}

const nameOf = ({ servername }: TLSSocket): string => (typeof servername === 'string' ? servername : '')
