import { RSA2048 } from './key-kind.ts'
import type { KeyStore } from './key-store.ts'
import { openServerCertificate, type ServerCertificateOptions, type ServerCredentials } from './server-certificate.ts'
import { AUTHORITY_EXTENSIONS, openSigner, type Signer, type Validity } from './signer.ts'

/** What the server shows to clients that take no ECDSA certificate. */
export interface RsaIdentity {
  /** A root whose signature is RSA, and everything below it too: for clients that can check nothing else. */
  readonly rootCaPem: string
  readonly server: ServerCredentials
  /** With `rootCaPem`'s key as the server's other root vouches for it: for clients that trust that one. */
  readonly crossSigned: ServerCredentials
}

export interface RsaIdentityOptions extends Pick<ServerCertificateOptions, 'store' | 'hosts' | 'clock'> {
  /** Where the root is kept; `store` has the server's certificate. */
  readonly rootStore: KeyStore
}

/**
 * Opens, or makes, `root-ca-rsa.pem` and `server-rsa.pem`. AWS has a root of each kind as well, and the older of them is
 * vouched for by one that is older still.
 * @param root the root that every client trusts which can check ECDSA
 * @throws {StartupError} a file is damaged
 * @see AWS IoT Core developer guide, "Server authentication"
 */
export async function openRsaIdentity(
  root: Signer,
  validity: Validity,
  options: RsaIdentityOptions,
): Promise<RsaIdentity> {
  const rsaRoot = await openSigner(options.rootStore, 'root-ca-rsa', {
    subject: [
      ['CN', 'Thingdeck local root CA (RSA)'],
      ['O', 'Thingdeck'],
    ],
    validity,
    kind: RSA2048,
  })
  const [cross, server] = await Promise.all([
    root.sign({ ...rsaRoot.identity, extensions: AUTHORITY_EXTENSIONS }),
    openServerCertificate({ ...options, name: 'server-rsa', kind: RSA2048, signer: rsaRoot }),
  ])
  return {
    rootCaPem: rsaRoot.certificatePem,
    server,
    crossSigned: { ...server, certificatePem: server.certificatePem + cross.toString() },
  }
}
