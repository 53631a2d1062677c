import { hostname } from 'node:os'
import type { Clock } from '../clock.ts'
import { DeviceIssuer } from './device-issuer.ts'
import { folderKeyStore, memoryKeyStore } from './key-store.ts'
import { certificateHosts, openServerCertificate, type ServerCredentials } from './server-certificate.ts'
import { openSigner } from './signer.ts'

const YEAR_MS = 365.25 * 86_400_000
const ROOT_YEARS = 20

export interface AuthorityOptions {
  /** Folder of keys and certificates, made when missing, readable by its owner only. Absent: all is in memory. */
  readonly folder?: string
  /** Names and addresses that the server certificate holds besides `localhost`, the loopbacks and the host's name. */
  readonly hosts?: readonly string[]
  readonly clock: Clock
}

/** The server's own certificate authority: a root for its TLS listeners, and another one that signs devices' certificates. */
export interface Authority {
  /** What a client must trust to connect. */
  readonly rootCaPem: string
  /** The file with the root; absent in memory. */
  readonly rootCaPath: string | undefined
  /** The present server certificate and its key. */
  readonly server: ServerCredentials
  /** Makes certificates for devices. */
  readonly devices: DeviceIssuer
  /** Replaces the server certificate if it ends within 30 days; true when `server` is new and listeners must take it. */
  renew(): Promise<boolean>
}

/**
 * Opens the authority, making whatever is not there: `root-ca.pem`, `server.pem` and, when the first device's
 * certificate is asked for, `device-ca.pem`, each with its `-key.pem`.
 * @throws {StartupError} a file is damaged, or a host is no host
 */
export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  const { clock } = options
  const store = options.folder === undefined ? memoryKeyStore() : folderKeyStore(options.folder)
  const hosts = certificateHosts([...defaultHosts(), ...(options.hosts ?? [])])
  const root = await openSigner(store, 'root-ca', {
    subject: [
      ['CN', 'Thingdeck local root CA'],
      ['O', 'Thingdeck'],
    ],
    validity: { notBefore: new Date(clock() - 86_400_000), notAfter: new Date(clock() + ROOT_YEARS * YEAR_MS) },
  })
  let server = await openServerCertificate(store, root, hosts, clock)
  return {
    rootCaPem: root.certificatePem,
    rootCaPath: store.path('root-ca.pem'),
    devices: new DeviceIssuer(store, clock),
    get server() {
      return server
    },
    async renew() {
      const before = server
      server = await openServerCertificate(store, root, hosts, clock)
      return server.certificatePem !== before.certificatePem
    },
  }
}

function defaultHosts(): string[] {
  const own = hostname()
  const usable = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(own)
  return ['localhost', '127.0.0.1', '::1', ...(usable ? [own] : [])]
}
