import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the authority keeps its PEM texts. */
export interface KeyStore {
  read(name: string): string | undefined
  write(name: string, pem: string): void
  /** The file behind a name; absent where nothing is written to disk. */
  path(name: string): string | undefined
}

/** Files that only their owner may read; each is replaced whole, so that a crash leaves the old or the new one. */
export function folderKeyStore(folder: string): KeyStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = (name: string) => join(folder, name)
  return {
    path,
    read(name) {
      try {
        return readFileSync(path(name), 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    write(name, pem) {
      const fresh = `${path(name)}.new`
      writeFileSync(fresh, pem, { mode: 0o600 })
      chmodSync(fresh, 0o600) // `mode` is ignored when the file is there already
      renameSync(fresh, path(name))
    },
  }
}

export function memoryKeyStore(): KeyStore {
  const texts = new Map<string, string>()
  return {
    read: (name) => texts.get(name),
    write: (name, pem) => void texts.set(name, pem),
    path: () => undefined,
  }
}
