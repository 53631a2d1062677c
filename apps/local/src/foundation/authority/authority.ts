import { hostname } from 'node:os'
import { type Clock, systemClock } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { DeviceIssuer } from './device-issuer.ts'
import { P256 } from './key-kind.ts'
import { folderKeyStore, memoryKeyStore } from './key-store.ts'
import { openRsaIdentity, type RsaIdentity } from './rsa-identity.ts'
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
  /** The same in RSA, with a root of its own. Made when it is first asked for: its keys take a while. */
  rsa(): Promise<RsaIdentity>
  /**
   * What is shown to clients that name a host of another domain: of the same roots, and made when it is first asked for.
   * It is in memory alone.
   */
  identityOf(host: string): Promise<HostIdentity>
  /** Makes certificates for devices. */
  readonly devices: DeviceIssuer
  /** Replaces what of the server's certificates ends within 30 days. */
  renew(): Promise<void>
}

/** The server under the name of one host. */
export interface HostIdentity {
  readonly server: ServerCredentials
  rsa(): Promise<RsaIdentity>
}

/**
 * Opens the authority, making whatever is not there: `root-ca.pem`, `server.pem` and, when the first device's
 * certificate is asked for, `device-ca.pem`; when a client needs RSA, `root-ca-rsa.pem` and
 * `server-rsa.pem`; each with its `-key.pem`.
 * @throws {StartupError} a file is damaged, or a host is no host
 */
export async function openAuthority(options: AuthorityOptions): Promise<Authority> {
  const { clock } = options
  const store = options.folder === undefined ? memoryKeyStore() : folderKeyStore(options.folder)
  const hosts = certificateHosts([...defaultHosts(), ...(options.hosts ?? [])])
  const validity = { notBefore: new Date(clock() - 86_400_000), notAfter: new Date(clock() + ROOT_YEARS * YEAR_MS) }
  const root = await openSigner(store, 'root-ca', {
    subject: [
      ['CN', 'Thingdeck local root CA'],
      ['O', 'Thingdeck'],
    ],
    validity,
  })
  const serverKind = { name: 'server', kind: P256, signer: root, clock }
  const openServer = () => openServerCertificate({ ...serverKind, store, hosts })
  const openRsa = () => lazily(() => openRsaIdentity(root, validity, { rootStore: store, store, hosts, clock }))
  const openHost = async (host: string): Promise<HostIdentity> => {
    // Clients look at it by the machine's clock, which the server's may have left behind.
    const own = { store: memoryKeyStore(), hosts: [host], clock: systemClock }
    return {
      server: await openServerCertificate({ ...serverKind, ...own }),
      rsa: lazily(async () => {
        await rsa() // whose root is then there
        return openRsaIdentity(root, validity, { rootStore: store, ...own })
      }),
    }
  }
  const hostIdentities = new Map<string, () => Promise<HostIdentity>>()
  let server = await openServer()
  let rsa = openRsa()
  return {
    rootCaPem: root.certificatePem,
    rootCaPath: store.path('root-ca.pem'),
    devices: new DeviceIssuer(store, clock),
    get server() {
      return server
    },
    rsa: () => rsa(),
    identityOf: (host) => {
      const identity = hostIdentities.get(host) ?? lazily(() => openHost(host))
      hostIdentities.set(host, identity)
      return identity()
    },
    async renew() {
      server = await openServer()
      hostIdentities.clear() // each is made again for the next client that names it
      rsa = openRsa() // looked at when the next client needs it
    },
  }
}

function defaultHosts(): string[] {
  const own = hostname()
  const usable = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(own)
  return ['localhost', '127.0.0.1', '::1', ...(usable ? [own] : [])]
}
