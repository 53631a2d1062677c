import { rmSync } from 'node:fs'
import { appendFile, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { ServiceFolder } from '../../foundation/service-folder.ts'

/** A record stands behind its length. */
const LENGTH_BYTES = 4

/** Records that were gathered, and are to become an object. */
export interface SealedBuffer {
  readonly path: string
  readonly stream: string
  /** When the first of them came. */
  readonly sinceMs: number
  readonly bytes: number
}

/**
 * What delivery streams gather: a file for each, to which records are added, and which is put away under another name when
 * it is to be delivered. A record that was acknowledged is in one, and outlives the process.
 */
export class BufferFiles {
  readonly #folder: ServiceFolder
  /** By the names of buffers: how much of a file is whole, where the last write to it failed. */
  readonly #wholeBytes = new Map<string, number>()

  constructor(dataDirectory: string | undefined) {
    this.#folder = new ServiceFolder(dataDirectory, 'firehose')
  }

  /**
   * Adds records, all or none. A disk that fills takes some of what it is given: what came behind that would be read as
   * the rest of it.
   * @param name of the buffer, which has no slash in it
   */
  async append(name: string, records: readonly Uint8Array[]): Promise<void> {
    const folder = await this.#folder.make()
    const pieces = records.flatMap((record) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(record.length)
      return [length, record]
    })
    const path = join(folder, `${name}.open`)
    await this.#cut(name, path)
    const before = await sizeOf(path)
    try {
      await appendFile(path, Buffer.concat(pieces), { mode: 0o600 })
    } catch (error) {
      this.#wholeBytes.set(name, before)
      await this.#cut(name, path).catch(() => {}) // it is tried again before anything else is done to the file
      throw error
    }
  }

  /** Takes away what a write that failed has left at the end of a file. */
  async #cut(name: string, path: string): Promise<void> {
    const bytes = this.#wholeBytes.get(name)
    if (bytes === undefined) return
    if ((await sizeOf(path)) > bytes) await truncate(path, bytes)
    this.#wholeBytes.delete(name)
  }

  /** Puts a buffer away; nothing is added to it any more. @param key orders those of a stream */
  async seal(name: string, key: string): Promise<string> {
    const folder = await this.#folder.make()
    const open = join(folder, `${name}.open`)
    await this.#cut(name, open)
    const path = join(folder, `${name}.${key}.sealed`)
    await rename(open, path)
    return path
  }

  /** The records of a sealed buffer, one behind the other; one that was not written whole was not acknowledged. */
  async content(path: string): Promise<Buffer> {
    const file = await readFile(path)
    const records: Buffer[] = []
    for (let at = 0; at + LENGTH_BYTES <= file.length; ) {
      const end = at + LENGTH_BYTES + file.readUInt32BE(at)
      if (end > file.length) break
      records.push(file.subarray(at + LENGTH_BYTES, end))
      at = end
    }
    return Buffer.concat(records)
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true })
  }

  /** What an earlier process has left: names of buffers, with the size and the age of each. */
  async left(): Promise<{ readonly file: string; readonly bytes: number; readonly modifiedAtMs: number }[]> {
    return Promise.all(
      this.#folder.entries().map(async (file) => {
        const { size, mtimeMs } = await stat(this.pathOf(file))
        return { file, bytes: size, modifiedAtMs: mtimeMs }
      }),
    )
  }

  pathOf(file: string): string {
    return this.#folder.pathOf(file)
  }

  /** Forgets all of those whose names begin so. */
  removeAll(begin = ''): void {
    for (const file of this.#folder.entries()) if (file.startsWith(begin)) rmSync(this.pathOf(file), { force: true })
    for (const name of [...this.#wholeBytes.keys()]) if (`${name}.`.startsWith(begin)) this.#wholeBytes.delete(name)
  }

  close(): void {
    this.#folder.close()
  }
}

/** 0 where there is no such file. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  return found?.size ?? 0
}
