import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lazily } from './lazily.ts'

/**
 * The folder of a service's own files: in the data directory, or a temporary one where nothing outlives the process. It
 * is made when it is first needed.
 */
export class ServiceFolder {
  readonly #isKept: boolean
  #path: string | undefined
  /** Its path; it is there then. */
  readonly make: () => Promise<string>

  /** @param dataDirectory absolute; undefined for a temporary folder */
  constructor(dataDirectory: string | undefined, name: string) {
    this.#isKept = dataDirectory !== undefined
    this.#path = dataDirectory === undefined ? undefined : join(dataDirectory, name)
    this.make = lazily(async () => {
      this.#path ??= await mkdtemp(join(tmpdir(), `thingdeck-${name}-`))
      await mkdir(this.#path, { recursive: true, mode: 0o700 })
      return this.#path
    })
  }

  /** Of a file or a folder in it. */
  pathOf(entry: string): string {
    return join(this.#path ?? '', entry)
  }

  /** The names of what is in it. */
  entries(): readonly string[] {
    return this.#path === undefined || !existsSync(this.#path) ? [] : readdirSync(this.#path)
  }

  /** A temporary one goes, with all that is in it. */
  close(): void {
    if (!this.#isKept && this.#path !== undefined) rmSync(this.#path, { recursive: true, force: true })
  }
}
