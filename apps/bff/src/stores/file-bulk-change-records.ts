import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BulkChange, BulkChangeResult } from '@thingdeck/contract'
import type { BulkChangeRecords } from './bulk-change-records.ts'

const MOST_BULK_CHANGES = 50
/** Who else uses the machine need not read who changed what. */
const MODES = { file: 0o600, folder: 0o700 } as const
const ID = /^[a-zA-Z0-9-]{1,64}$/

interface Saved {
  readonly bulkChange: BulkChange
  readonly savedAt: string
  readonly results: Readonly<Record<string, BulkChangeResult>>
}

/**
 * Bulk changes of a single console in a folder, a file each. One that has not ended, and that this process does not run,
 * was interrupted: the process that ran it is gone.
 */
export class FileBulkChangeRecords implements BulkChangeRecords {
  readonly #folder: string
  /** Of those that run: only what changed is handed over. */
  readonly #results = new Map<string, Record<string, BulkChangeResult>>()

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws of the file system, when the folder cannot be made */
  static async open(folder: string): Promise<FileBulkChangeRecords> {
    await mkdir(folder, { recursive: true, mode: MODES.folder })
    return new FileBulkChangeRecords(folder)
  }

  async save(bulkChange: BulkChange, changed: readonly BulkChangeResult[]) {
    const { bulkChangeId, endedAt } = bulkChange
    const results = this.#results.get(bulkChangeId) ?? { ...(await this.#read(bulkChangeId))?.results }
    for (const result of changed) results[result.thingName] = result
    if (endedAt === undefined) this.#results.set(bulkChangeId, results)
    else this.#results.delete(bulkChangeId)
    const saved: Saved = { bulkChange, savedAt: new Date().toISOString(), results }
    const path = this.#path(bulkChangeId)
    await writeFile(`${path}.next`, JSON.stringify(saved), { mode: MODES.file })
    await rename(`${path}.next`, path)
    if (endedAt !== undefined) await this.#forgetOldest()
    return { isCancelWanted: false }
  }

  async find(bulkChangeId: string): Promise<BulkChange | undefined> {
    const saved = await this.#read(bulkChangeId)
    if (!saved || saved.bulkChange.endedAt !== undefined) return saved?.bulkChange
    return { ...saved.bulkChange, state: 'interrupted', endedAt: saved.savedAt }
  }

  async list(): Promise<BulkChange[]> {
    const files = (await readdir(this.#folder)).filter((name) => name.endsWith('.json'))
    const found = await Promise.all(files.map((name) => this.find(name.slice(0, -'.json'.length))))
    return found
      .filter((bulkChange) => bulkChange !== undefined)
      .sort((one, other) => (one.startedAt > other.startedAt ? -1 : 1))
  }

  async results(bulkChangeId: string): Promise<BulkChangeResult[]> {
    const { results = {} } = (await this.#read(bulkChangeId)) ?? {}
    return Object.values(results).sort((one, other) => (one.thingName < other.thingName ? -1 : 1))
  }

  /** What runs here is told directly. */
  async wantCancel(): Promise<void> {}

  async #forgetOldest(): Promise<void> {
    const oldest = (await this.list()).slice(MOST_BULK_CHANGES)
    await Promise.all(oldest.map(({ bulkChangeId }) => rm(this.#path(bulkChangeId), { force: true })))
  }

  async #read(bulkChangeId: string): Promise<Saved | undefined> {
    if (!ID.test(bulkChangeId)) return undefined // none of ours, and no path that leads elsewhere
    try {
      return JSON.parse(await readFile(this.#path(bulkChangeId), 'utf8')) as Saved // written above
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
      throw error
    }
  }

  #path(bulkChangeId: string): string {
    return join(this.#folder, `${bulkChangeId}.json`)
  }
}
