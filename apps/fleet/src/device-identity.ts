import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { DeviceCredentials, DeviceFiles, KeptCredentials } from './device-files.ts'
import { createSigningRequest } from './signing-request.ts'

/**
 * A device's keys and certificates: those that it connects with and, while its certificate is rotated, those that follow.
 * No private key leaves it.
 */
export class DeviceIdentity {
  readonly #thingName: string
  readonly #files: DeviceFiles
  #current: KeptCredentials
  #next: KeptCredentials | undefined
  /** The next attempt to connect is made with those that follow. */
  #triesNext: boolean
  /** What is done with the files is done one after the other: a job may be begun anew while it goes on. */
  #last: Promise<unknown> = Promise.resolve()

  /** @param next brought in an earlier run, and not connected with yet */
  constructor(thingName: string, files: DeviceFiles, current: KeptCredentials, next?: KeptCredentials) {
    this.#thingName = thingName
    this.#files = files
    this.#current = current
    this.#next = next
    this.#triesNext = next !== undefined
  }

  /** What the next attempt to connect is made with. */
  get toConnectWith(): DeviceCredentials {
    return this.#triesNext && this.#next ? this.#next : this.#current
  }

  /**
   * A signing request of a key that is made and kept for this rotation; asked again, it is the same.
   * @returns PKCS #10 (DER) in base64 without line ends, as a detail of a job's execution takes it
   */
  signingRequest(rotation: string): Promise<string> {
    return this.#inTurn(async () => {
      const before = await this.#files.awaited()
      const awaited =
        before?.rotation === rotation ? before : { rotation, ...(await createSigningRequest(this.#thingName)) }
      if (awaited !== before) await this.#files.putAwaited(awaited)
      return awaited.request.replace(/-{5}[^-]+-{5}|\s/g, '')
    })
  }

  /**
   * Keeps a certificate for the key that waits for it, and tries it with the next attempt to connect.
   * @returns its id
   * @throws {Error} a sentence: it is of another key, or cannot be read
   */
  install(certificatePem: string): Promise<string> {
    return this.#inTurn(() => this.#install(certificatePem))
  }

  async #install(certificatePem: string): Promise<string> {
    const certificate = certificateOf(certificatePem)
    const certificateId = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
    if (certificateId === this.#current.certificateId) return certificateId // it was brought twice
    const awaited = await this.#files.awaited()
    if (!awaited) throw new Error('This device was not asked for a signing request: it has no key for the certificate.')
    if (!certificate.checkPrivateKey(createPrivateKey(awaited.privateKey))) {
      throw new Error('The certificate is of another key than the one that this device made.')
    }
    this.#next = await this.#files.putNext(awaited.privateKey, { certificateId, certificatePem })
    this.#triesNext = true
    return certificateId
  }

  /** Connected: those that it was done with are the device's from now on. */
  async accepted(): Promise<void> {
    if (!this.#triesNext || !this.#next) return
    this.#current = this.#next
    this.#next = undefined
    this.#triesNext = false
    await this.#inTurn(() => this.#files.promoteNext())
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {}) // whoever asked for it is told
    return done
  }

  /** There are credentials that were brought, and the device connected with its old ones. */
  get isBehind(): boolean {
    return this.#next !== undefined && !this.#triesNext
  }

  /** The next attempt is made with those that follow, where there are any. */
  tryNext(): void {
    this.#triesNext = this.#next !== undefined
  }

  /** Not connected: while there are two, the other ones are tried. */
  refused(): void {
    this.#triesNext = !this.#triesNext && this.#next !== undefined
  }
}

function certificateOf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error('What the document has for this device is no certificate in PEM.')
  }
}
