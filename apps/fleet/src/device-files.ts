import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SigningRequest } from './signing-request.ts'

/** What a device needs to connect: its own key, never sent anywhere, and its certificate, both PEM. */
export interface DeviceCredentials {
  readonly privateKey: string
  readonly certificate: string
}

/** A certificate that was made of a signing request. */
export interface IssuedCertificate {
  readonly certificateId: string
  readonly certificatePem: string
}

/** Credentials as they are kept. */
export interface KeptCredentials extends DeviceCredentials {
  readonly certificateId: string
}

/** A key whose certificate is still to come. */
export interface AwaitedKey extends SigningRequest {
  /** For what it was made. */
  readonly rotation: string
}

/**
 * What one device keeps between runs, readable by its owner only: the key and the certificate that it connects with, beside
 * them those that are to follow, and a key that waits for its certificate.
 */
export class DeviceFiles {
  readonly #folder: string

  /** @param name of the thing */
  constructor(stateFolder: string, name: string) {
    // A colon is legal in a thing name, and not in a Windows file name.
    this.#folder = join(stateFolder, encodeURIComponent(name))
  }

  /** Those that a device connects with. */
  current(): Promise<KeptCredentials | undefined> {
    return this.#read(this.#folder)
  }

  /** Those that were brought and not connected with yet. */
  next(): Promise<KeptCredentials | undefined> {
    return this.#read(this.#nextFolder)
  }

  /** The key that waits for its certificate. */
  async awaited(): Promise<AwaitedKey | undefined> {
    const text = await readIfThere(join(this.#folder, AWAITED))
    return text === undefined ? undefined : (JSON.parse(text) as AwaitedKey) // written by `putAwaited` alone
  }

  putCurrent(privateKey: string, issued: IssuedCertificate): Promise<KeptCredentials> {
    return this.#write(this.#folder, privateKey, issued)
  }

  putNext(privateKey: string, issued: IssuedCertificate): Promise<KeptCredentials> {
    return this.#write(this.#nextFolder, privateKey, issued)
  }

  async putAwaited(key: AwaitedKey): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await writeWhole(join(this.#folder, AWAITED), JSON.stringify(key))
  }

  /** The next credentials become those that the device connects with. */
  async promoteNext(): Promise<void> {
    const next = await this.next()
    if (!next) return
    await this.putCurrent(next.privateKey, { certificateId: next.certificateId, certificatePem: next.certificate })
    await Promise.all([rm(this.#nextFolder, { recursive: true }), rm(join(this.#folder, AWAITED), { force: true })])
  }

  get #nextFolder(): string {
    return join(this.#folder, 'next')
  }

  async #read(folder: string): Promise<KeptCredentials | undefined> {
    const [privateKey, certificate, certificateId] = await Promise.all(
      [PRIVATE_KEY, CERTIFICATE, CERTIFICATE_ID].map((name) => readIfThere(join(folder, name))),
    )
    return privateKey && certificate && certificateId ? { privateKey, certificate, certificateId } : undefined
  }

  async #write(
    folder: string,
    privateKey: string,
    { certificateId, certificatePem }: IssuedCertificate,
  ): Promise<KeptCredentials> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeWhole(join(folder, PRIVATE_KEY), privateKey)
    await writeWhole(join(folder, CERTIFICATE), certificatePem)
    await writeWhole(join(folder, CERTIFICATE_ID), certificateId)
    return { privateKey, certificate: certificatePem, certificateId }
  }
}

const PRIVATE_KEY = 'private.pem.key'
const CERTIFICATE = 'certificate.pem.crt'
const CERTIFICATE_ID = 'certificate-id'
const AWAITED = 'awaited-key.json'

/** Whoever ends in the middle leaves what was there. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
