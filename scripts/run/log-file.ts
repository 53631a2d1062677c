import { appendFileSync, chmodSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Days of an account in use; what was before is kept once more beside it. */
const MOST_BYTES = 16 * 1024 * 1024

export interface LogFileOptions {
  /** At this size the file becomes `PATH.1`, in place of the one before, and a new one begins. */
  readonly mostBytes?: number
  /** Told once of a file that cannot be written, and again only after it could. */
  readonly onFault: (sentence: string) => void
}

/**
 * A log that its owner alone may read, and that never grows without end. A disk that takes no more of it ends nobody: the
 * lines are lost, and that they are is said.
 */
export class LogFile {
  readonly #path: string
  readonly #mostBytes: number
  readonly #onFault: LogFileOptions['onFault']
  #bytes: number | undefined
  #isFaulty = false

  constructor(path: string, { mostBytes = MOST_BYTES, onFault }: LogFileOptions) {
    this.#path = path
    this.#mostBytes = mostBytes
    this.#onFault = onFault
  }

  /** Adds a line; its end is added to it. */
  write(line: string): void {
    try {
      this.#append(Buffer.from(`${line}\n`))
      this.#isFaulty = false
    } catch (error) {
      if (!this.#isFaulty) this.#onFault(`The log ${this.#path} cannot be written: ${(error as Error).message}`)
      this.#isFaulty = true
    }
  }

  #append(bytes: Buffer): void {
    this.#bytes ??= this.#open()
    if (this.#bytes > 0 && this.#bytes + bytes.length > this.#mostBytes) {
      renameSync(this.#path, `${this.#path}.1`)
      this.#bytes = 0
    }
    appendFileSync(this.#path, bytes, { mode: 0o600 })
    this.#bytes += bytes.length
  }

  /** @returns how much is in the file that an earlier start left */
  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true })
    const left = statSync(this.#path, { throwIfNoEntry: false })
    if (left) chmodSync(this.#path, 0o600) // it repeats the audit trail, which nobody else may read either
    return left?.size ?? 0
  }
}
