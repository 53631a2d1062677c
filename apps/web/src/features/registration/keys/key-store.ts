/** A private key as it is kept: under a key that this browser uses and does not hand out. */
interface KeptKey {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly wrapped: ArrayBuffer
  readonly requestPem: string
}

/** A key that was made, and the request for its certificate. */
export interface StoredKey {
  readonly privateKeyPem: string
  readonly requestPem: string
}

/** Keys of new things until they were saved as files. */
export interface KeyStore {
  /** Whether they outlive this tab. */
  readonly lasts: boolean
  /** One that is kept already stays, whichever tab made it. @returns what is kept */
  keep(keySetId: string, thingName: string, key: StoredKey): Promise<StoredKey>
  get(keySetId: string, thingName: string): Promise<StoredKey | undefined>
  /** Names of the things whose keys are here. */
  names(keySetId: string): Promise<string[]>
  delete(keySetId: string): Promise<void>
}

const DATABASE = 'thingdeck-registration'
const [KEYS, WRAPPING] = ['keys', 'wrapping']
const AES = 'AES-GCM'

/** In the browser's database where it has one; else in this tab's memory. */
export async function openKeyStore(): Promise<KeyStore> {
  if (typeof indexedDB === 'undefined') return memoryKeyStore()
  try {
    return new BrowserKeyStore(await openDatabase())
  } catch {
    return memoryKeyStore() // private windows of some browsers forbid it
  }
}

/**
 * Private keys in IndexedDB, each encrypted (AES-GCM) by a key of the set that cannot be exported: whoever copies the
 * browser's files has no use of them without this browser. They have to become text in the end, as devices take them.
 */
class BrowserKeyStore implements KeyStore {
  readonly lasts = true
  readonly #database: IDBDatabase
  readonly #wrapping = new Map<string, Promise<CryptoKey>>()

  constructor(database: IDBDatabase) {
    this.#database = database
  }

  async keep(keySetId: string, thingName: string, key: StoredKey): Promise<StoredKey> {
    const wrapping = await this.#wrappingKey(keySetId)
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const wrapped = await crypto.subtle.encrypt(
      { name: AES, iv },
      wrapping,
      new TextEncoder().encode(key.privateKeyPem),
    )
    const kept: KeptKey = { iv, wrapped, requestPem: key.requestPem }
    if (await this.#add(KEYS, kept, [keySetId, thingName])) return key
    return (await this.get(keySetId, thingName)) ?? this.keep(keySetId, thingName, key)
  }

  async get(keySetId: string, thingName: string): Promise<StoredKey | undefined> {
    const kept = await this.#do<KeptKey | undefined>(KEYS, 'readonly', (store) => store.get([keySetId, thingName]))
    if (!kept) return undefined
    const wrapping = await this.#wrappingKey(keySetId)
    const text = await crypto.subtle.decrypt({ name: AES, iv: kept.iv }, wrapping, kept.wrapped)
    return { privateKeyPem: new TextDecoder().decode(text), requestPem: kept.requestPem }
  }

  async names(keySetId: string): Promise<string[]> {
    const keys = await this.#do(KEYS, 'readonly', (store) => store.getAllKeys(rangeOf(keySetId)))
    return keys.flatMap((key) => (Array.isArray(key) && typeof key[1] === 'string' ? [key[1]] : []))
  }

  async delete(keySetId: string): Promise<void> {
    await this.#do(KEYS, 'readwrite', (store) => store.delete(rangeOf(keySetId)))
    await this.#do(WRAPPING, 'readwrite', (store) => store.delete(keySetId))
    this.#wrapping.delete(keySetId)
  }

  #wrappingKey(keySetId: string): Promise<CryptoKey> {
    const wrapping = this.#wrapping.get(keySetId) ?? this.#keptWrappingKey(keySetId)
    this.#wrapping.set(keySetId, wrapping)
    return wrapping
  }

  async #keptWrappingKey(keySetId: string): Promise<CryptoKey> {
    const read = () => this.#do<CryptoKey | undefined>(WRAPPING, 'readonly', (store) => store.get(keySetId))
    const found = await read()
    if (found) return found
    const made = await crypto.subtle.generateKey({ name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
    if (await this.#add(WRAPPING, made, keySetId)) return made
    return (await read()) ?? this.#keptWrappingKey(keySetId)
  }

  /** @returns whether there was none; one that another tab put there first stays */
  async #add(name: string, value: KeptKey | CryptoKey, key: IDBValidKey): Promise<boolean> {
    try {
      await this.#do(name, 'readwrite', (store) => store.add(value, key))
      return true
    } catch (error) {
      if (error instanceof DOMException && error.name === 'ConstraintError') return false
      throw error
    }
  }

  async #do<Result>(
    name: string,
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> {
    return settled(ask(this.#database.transaction(name, mode).objectStore(name)))
  }
}

const rangeOf = (keySetId: string) => IDBKeyRange.bound([keySetId, ''], [keySetId, '\uffff'])

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(KEYS)
    opening.result.createObjectStore(WRAPPING)
  }
  return settled(opening)
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The browser kept nothing'))
  })
}

const memory = new Map<string, Map<string, StoredKey>>()

/** Of this tab: closing it loses them. */
function memoryKeyStore(): KeyStore {
  const of = (keySetId: string) => memory.get(keySetId) ?? new Map<string, StoredKey>()
  return {
    lasts: false,
    async keep(keySetId, thingName, key) {
      const kept = of(keySetId).get(thingName) ?? key
      memory.set(keySetId, of(keySetId).set(thingName, kept))
      return kept
    },
    get: async (keySetId, thingName) => of(keySetId).get(thingName),
    names: async (keySetId) => [...of(keySetId).keys()],
    async delete(keySetId) {
      memory.delete(keySetId)
    },
  }
}
