import type { TLSSocket } from 'node:tls'
import type { Logger } from 'pino'
import type { IdentifyCertificate, OnRegistration } from '../foundation/certificates.ts'
import type { Peer } from '../foundation/peer.ts'
import { sourceOf } from '../foundation/source-of.ts'
import { type AuthenticationFailures, CERTIFICATE_REFUSALS } from './authentication-failures.ts'

export interface PeerCertificateOptions {
  readonly identify: IdentifyCertificate
  readonly onRegistration: OnRegistration
  readonly failures: AuthenticationFailures
  readonly log: Logger
}

/**
 * Who is behind the client certificate of a TLS connection: `none` when there is no certificate, `refused` when it is
 * not one of the account's active certificates. (Node cannot refuse a certificate within the handshake; the
 * connection is closed right after it.) `candidate` is one that will be refused, but has something to happen when its
 * client connects.
 * @param onRegistered left out as long as there was a mere handshake; told of a certificate that waits for its activation:
 *   what resolves once all was done for it, and never rejects
 */
export function identifyPeer(
  socket: TLSSocket,
  options: PeerCertificateOptions,
  protocol: 'MQTT' | 'HTTP',
  onRegistered?: (registered: Promise<void>) => void,
): Peer | 'none' | 'candidate' | 'refused' {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return 'none'
  const { identify, onRegistration, failures, log } = options
  const serverName = typeof socket.servername === 'string' && socket.servername !== '' ? socket.servername : undefined
  const identified = identify(certificate.raw, { serverName, connects: onRegistered !== undefined })
  const source = sourceOf(socket)
  if (identified.accepted) {
    const { arn, id } = identified.certificate
    return {
      principal: { kind: 'certificate', arn, certificateId: id, principalId: id },
      // Made when a policy asks for it: what TLS itself keeps is enough for an idle connection.
      get certificate() {
        return socket.getPeerX509Certificate()
      },
      ...source,
    }
  }
  const { certificateId, reason, registration, isCandidate = false } = identified
  if (isCandidate) return 'candidate'
  log.warn(
    { certificateId, reason, sourceIp: source.sourceIp },
    `refused: the client certificate is ${CERTIFICATE_REFUSALS[reason].words}`,
  )
  failures.certificate(socket, protocol, reason, certificateId)
  if (registration) {
    const registered = onRegistration(registration, source).catch((error: unknown) =>
      log.error({ err: error, certificateId }, 'a device could not be provisioned just in time'),
    )
    onRegistered?.(registered)
  }
  return 'refused'
}

/** What there is to do as a `candidate` connects. @returns once it is done, and the connection is to be closed */
export async function registerPeer(
  socket: TLSSocket,
  options: PeerCertificateOptions,
  protocol: 'MQTT' | 'HTTP',
): Promise<void> {
  let done: Promise<void> | undefined
  identifyPeer(socket, options, protocol, (registered) => {
    done = registered
  })
  await done
}
