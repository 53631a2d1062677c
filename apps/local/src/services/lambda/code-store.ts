import { createHash, randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ServiceFolder } from '../../foundation/service-folder.ts'
import type { FunctionCode } from './function-version.ts'

/** Names of what is not finished. */
const UNFINISHED = 'unfinished-'

/** The code of functions: each .zip file as it came, and unpacked beside it, both under its hash. */
export class CodeStore {
  readonly #folder: ServiceFolder
  /** Hashes of what is stored and stands in no table yet. */
  readonly #pending = new Map<string, number>()

  constructor(dataDirectory: string | undefined) {
    this.#folder = new ServiceFolder(dataDirectory, 'lambda')
  }

  /**
   * Unpacks a .zip file, and holds it until `use` has noted where it is used.
   * @throws {AwsError} InvalidParameterValueException for what is no such file, or becomes too large
   */
  async store<Result>(zip: Uint8Array, use: (code: FunctionCode) => Result): Promise<Result> {
    const hash = createHash('sha256').update(zip).digest()
    const name = hash.toString('hex')
    this.#pending.set(name, (this.#pending.get(name) ?? 0) + 1)
    try {
      const folder = await this.#folder.make()
      if (!existsSync(join(folder, name))) await this.#unpack(folder, name, zip)
      return use({ kind: 'zip', sha256: hash.toString('base64'), sizeBytes: zip.length })
    } finally {
      const left = (this.#pending.get(name) ?? 1) - 1
      if (left === 0) this.#pending.delete(name)
      else this.#pending.set(name, left)
    }
  }

  /** The folder in which the code is. */
  rootOf(code: FunctionCode): string {
    return code.kind === 'folder' ? code.root : this.#folder.pathOf(nameOf(code.sha256))
  }

  /** The .zip file as it came. */
  async zipOf(sha256: string): Promise<Buffer> {
    return readFile(this.#folder.pathOf(`${nameOf(sha256)}.zip`))
  }

  /** Lets go of all code but that which is used. @param used hashes */
  sweep(used: ReadonlySet<string>): void {
    const names = new Set([...used].map(nameOf))
    for (const entry of this.#folder.entries()) {
      const name = entry.replace(/\.zip$/, '')
      if (names.has(name) || this.#pending.has(name) || (entry.startsWith(UNFINISHED) && this.#pending.size > 0))
        continue
      rmSync(this.#folder.pathOf(entry), { recursive: true, force: true })
    }
  }

  close(): void {
    this.#folder.close()
  }

  async #unpack(folder: string, name: string, zip: Uint8Array): Promise<void> {
    const unfinished = join(folder, `${UNFINISHED}${randomUUID()}`)
    const unfinishedZip = `${unfinished}.zip`
    try {
      await mkdir(unfinished)
      await writeFile(unfinishedZip, zip)
      const { unpack } = await import('./unpack.ts') // with what reads .zip files, which few servers need
      await unpack(unfinishedZip, unfinished)
      await rename(unfinishedZip, join(folder, `${name}.zip`)) // first: where the folder is, the file is
      await rename(unfinished, join(folder, name)).catch((error: unknown) => {
        if (!existsSync(join(folder, name))) throw error // else somebody else has just done the same
      })
    } finally {
      for (const path of [unfinished, unfinishedZip]) await rm(path, { recursive: true, force: true })
    }
  }
}

const nameOf = (sha256: string): string => Buffer.from(sha256, 'base64').toString('hex')
