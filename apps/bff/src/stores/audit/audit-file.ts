import { appendFile, chmod, open, readFile, rename, stat } from 'node:fs/promises'

/** Who else uses the machine need not read who did what. */
const MODE = 0o600

/** A file of JSON lines that only grows; when it has grown to its size it becomes `PATH.1`, in place of the one before. */
export class AuditFile {
  readonly path: string
  readonly #rotateBytes: number
  #sizeBytes = 0
  /** The last line may lack its end: a disk that fills takes some of what it is given. */
  #isCutOff = false
  /** One write after the other, in the order of the ids. */
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(path: string, rotateBytes: number) {
    this.path = path
    this.#rotateBytes = rotateBytes
  }

  get #earlier(): string {
    return `${this.path}.1`
  }

  /** @throws of the file system: no permission, a folder in its place, … */
  static async open(path: string, rotateBytes: number): Promise<AuditFile> {
    const file = new AuditFile(path, rotateBytes)
    await file.#endLastLine()
    await chmod(file.#earlier, MODE).catch(ifAbsent)
    return file
  }

  /** A line that was cut off, as by a full disk, must not swallow the next. Finds out, too, that the file can be written. */
  async #endLastLine(): Promise<void> {
    const file = await open(this.path, 'a+', MODE)
    try {
      const { size, mode } = await file.stat()
      // One that was there before, or was put back from a copy.
      if ((mode & 0o777) !== MODE) await file.chmod(MODE)
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
    for (const file of [this.#earlier, this.path]) {
      for (const line of (await textOf(file)).split('\n')) if (line !== '') yield { file, line }
    }
  }

  async append(line: string): Promise<void> {
    const written = this.#writing.then(() => this.#write(`${this.#isCutOff ? '\n' : ''}${line}\n`))
    this.#writing = written.catch(() => {}) // told to whoever added it
    await written
  }

  async #write(line: string): Promise<void> {
    const sizeBytes = Buffer.byteLength(line)
    if (this.#sizeBytes > 0 && this.#sizeBytes + sizeBytes > this.#rotateBytes) {
      await rename(this.path, this.#earlier)
      this.#sizeBytes = 0
    }
    this.#isCutOff = true // it must not swallow the next
    await appendFile(this.path, line, { mode: MODE })
    this.#isCutOff = false
    this.#sizeBytes += sizeBytes
  }

  async close(): Promise<void> {
    await this.#writing
  }
}

async function textOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(ifAbsent)) ?? ''
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
