import { endpoints, MOST_CERTIFICATE_REQUESTS } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import type { KeyPairWithRequest } from '../../../shared/certificate/key-pair.ts'
import { formatCounted } from '../../../shared/format.ts'
import { ApiError } from '../../../shared/http.ts'
import { holdWork, releaseWork } from '../../../shared/unsaved/unsaved-work.ts'
import { namesOfRotation } from '../api.ts'
import type { DeviceFiles } from './rotation-package.ts'

const POLL_MS = 1_000
const PAGE = 500

/** How far keys and certificates of a rotation are, as this tab makes them. */
export type KeysProgress =
  | { readonly phase: 'none' }
  | { readonly phase: 'making'; readonly made: number; readonly total: number }
  /** `trouble` is why the last look told nothing; the next one may. */
  | { readonly phase: 'waiting'; readonly issued: number; readonly total: number; readonly trouble?: ApiError }
  /** All that could be made is here; the private keys are nowhere else. */
  | { readonly phase: 'ready'; readonly devices: readonly DeviceFiles[] }
  /** `held` counts the private keys that this tab has all the same. */
  | { readonly phase: 'failed'; readonly error: Error; readonly held: number }

/** The server is away, or has nobody signed in: the same question may be answered later. */
const passes = ({ status }: ApiError) => status === 0 || status === 401 || status === 429 || status >= 500

/**
 * Makes keys for the things of a rotation that wait for them, and gathers their certificates. Private keys are in this
 * tab's memory alone: leaving the page keeps them, closing the tab loses them.
 */
class RotationKeys {
  readonly #rotationId: string
  readonly #keys = new Map<string, KeyPairWithRequest>()
  readonly #listeners = new Set<() => void>()
  #progress: KeysProgress = { phase: 'none' }

  constructor(rotationId: string) {
    this.#rotationId = rotationId
  }

  get progress(): KeysProgress {
    return this.#progress
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Goes on with what is left where it was begun already. */
  async make(): Promise<void> {
    if (this.#progress.phase === 'making' || this.#progress.phase === 'waiting') return
    try {
      this.#tell({ phase: 'making', made: 0, total: 0 })
      await this.#makeKeys(await namesOfRotation(this.#rotationId, 'chosen'))
      await this.#waitForCertificates()
    } catch (error) {
      // Whatever is thrown here is an error: of the server, or of WebCrypto.
      this.#tell({ phase: 'failed', error: error as Error, held: this.#keys.size })
    }
  }

  /** They are where the person wants them. */
  async activate(devices: readonly DeviceFiles[]): Promise<void> {
    await api(endpoints.noteRotationDelivered, {
      params: { rotationId: this.#rotationId },
      body: { certificateIds: devices.map(({ certificateId }) => certificateId) },
    })
    this.#keys.clear()
    this.#tell({ phase: 'none' })
  }

  async #makeKeys(thingNames: readonly string[]): Promise<void> {
    const { makeKeyPair } = await import('../../../shared/certificate/key-pair.ts') // large, and seldom needed
    for (let at = 0; at < thingNames.length; at += MOST_CERTIFICATE_REQUESTS) {
      const requests = []
      for (const thingName of thingNames.slice(at, at + MOST_CERTIFICATE_REQUESTS)) {
        // A request whose answer was lost may have been taken: another key would not be that of its certificate.
        const key = this.#keys.get(thingName) ?? (await makeKeyPair('EC P-256', thingName))
        this.#keys.set(thingName, key)
        requests.push({ thingName, certificateSigningRequest: key.requestPem })
        this.#tell({ phase: 'making', made: at + requests.length, total: thingNames.length })
      }
      await api(endpoints.requestRotationCertificates, {
        params: { rotationId: this.#rotationId },
        body: { requests },
      })
    }
  }

  /** Until each has its certificate, or it is known why not. */
  async #waitForCertificates(): Promise<void> {
    let issued = 0
    for (;;) {
      try {
        // In this order: what stops waiting for its certificate after the look has it when certificates are read.
        const isOver = await this.#areAllOthersStuck()
        const devices = await this.#certified()
        issued = devices.length
        if (issued === this.#keys.size || isOver) {
          this.#tell({ phase: 'ready', devices })
          return
        }
        this.#tell({ phase: 'waiting', issued, total: this.#keys.size })
      } catch (error) {
        // The keys are nowhere else: a server that is away for a while is waited for.
        if (!(error instanceof ApiError && passes(error))) throw error
        this.#tell({ phase: 'waiting', issued, total: this.#keys.size, trouble: error })
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  async #certified(): Promise<DeviceFiles[]> {
    const devices: DeviceFiles[] = []
    for (let offset = 0; ; offset += PAGE) {
      const { certificates } = await api(endpoints.listRotationCertificates, {
        params: { rotationId: this.#rotationId },
        query: { offset, limit: PAGE },
      })
      for (const certificate of certificates) {
        const key = this.#keys.get(certificate.thingName)
        if (key) devices.push({ ...certificate, privateKeyPem: key.privateKeyPem })
      }
      if (certificates.length < PAGE) return devices
    }
  }

  /** What failed is not waited for: whoever repeats it gets a file of its own. */
  async #areAllOthersStuck(): Promise<boolean> {
    const { things } = await api(endpoints.listRotationThings, {
      params: { rotationId: this.#rotationId },
      query: { stage: 'requested', limit: PAGE },
    })
    return things.every(({ failure }) => failure !== undefined)
  }

  #tell(progress: KeysProgress): void {
    this.#progress = progress
    const key = `rotation keys ${this.#rotationId}`
    if (this.#keys.size > 0) holdWork(key, `the private keys of ${formatCounted(this.#keys.size, 'new certificate')}`)
    else releaseWork(key)
    for (const listener of this.#listeners) listener()
  }
}

const all = new Map<string, RotationKeys>()

/** Those of this tab, whichever page is shown. */
export function rotationKeysOf(rotationId: string): RotationKeys {
  const keys = all.get(rotationId) ?? new RotationKeys(rotationId)
  all.set(rotationId, keys)
  return keys
}
