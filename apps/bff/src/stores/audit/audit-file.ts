import { appendFile, open, readFile, rename, stat } from 'node:fs/promises'

/** Who else uses the machine need not read who did what. */
const MODE = 0o600

/** A file of JSON lines that only grows; when it has grown to its size it becomes `PATH.1`, in place of the one before. */
export class AuditFile {
  readonly path: string
  readonly #rotateBytes: number
  #sizeBytes = 0
  /** One write after the other, in the order of the ids. */
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(path: string, rotateBytes: number) {
    this.path = path
    this.#rotateBytes = rotateBytes
  }

  /** @throws of the file system: no permission, a folder in its place, … */
  static async open(path: string, rotateBytes: number): Promise<AuditFile> {
    const file = new AuditFile(path, rotateBytes)
    await file.#endLastLine()
    return file
  }

  /** A line that was cut off, as by a full disk, must not swallow the next. Finds out, too, that the file can be written. */
  async #endLastLine(): Promise<void> {
    const file = await open(this.path, 'a+', MODE)
    try {
      const { size } = await file.stat()
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
      if (size > 0 && buffer.toString() !== '\n') await file.appendFile('\n')
    } finally {
      await file.close()
    }
    this.#sizeBytes = (await stat(this.path)).size
  }

  /** The older file first; each line with the file that it stands in. */
  async *lines(): AsyncGenerator<{ readonly file: string; readonly line: string }> {
    await this.#writing
    for (const file of [`${this.path}.1`, this.path]) {
      for (const line of (await textOf(file)).split('\n')) if (line !== '') yield { file, line }
    }
  }

  async append(line: string): Promise<void> {
    const written = this.#writing.then(() => this.#write(`${line}\n`))
    this.#writing = written.catch(() => {}) // told to whoever added it
    await written
  }

  async #write(line: string): Promise<void> {
    const sizeBytes = Buffer.byteLength(line)
    if (this.#sizeBytes > 0 && this.#sizeBytes + sizeBytes > this.#rotateBytes) {
      await rename(this.path, `${this.path}.1`)
      this.#sizeBytes = 0
    }
    await appendFile(this.path, line, { mode: MODE })
    this.#sizeBytes += sizeBytes
  }

  async close(): Promise<void> {
    await this.#writing
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}
