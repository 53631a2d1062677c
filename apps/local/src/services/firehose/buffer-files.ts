import { rmSync } from 'node:fs'
import { appendFile, readFile, rename, rm, stat } from 'node:fs/promises'
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

  constructor(dataDirectory: string | undefined) {
    this.#folder = new ServiceFolder(dataDirectory, 'firehose')
  }

  /** @param name of the buffer, which has no slash in it */
  async append(name: string, records: readonly Uint8Array[]): Promise<void> {
    const folder = await this.#folder.make()
    const pieces = records.flatMap((record) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(record.length)
      return [length, record]
    })
    await appendFile(join(folder, `${name}.open`), Buffer.concat(pieces), { mode: 0o600 })
  }

  /** Puts a buffer away; nothing is added to it any more. @param key orders those of a stream */
  async seal(name: string, key: string): Promise<string> {
    const folder = await this.#folder.make()
    const path = join(folder, `${name}.${key}.sealed`)
    await rename(join(folder, `${name}.open`), path)
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
  }

  close(): void {
    this.#folder.close()
  }
}
