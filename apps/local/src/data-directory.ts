import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Config } from './config.ts'
import { type Authority, openAuthority } from './foundation/authority/authority.ts'
import type { Clock } from './foundation/clock.ts'
import { Database } from './foundation/database.ts'
import { dataDirectoryProblem } from './foundation/startup-error.ts'

/** Everything that outlives the process. */
export interface DataDirectory {
  /** Absolute, or `:memory:`. */
  readonly path: string
  readonly database: Database
  readonly authority: Authority
  /** A file with the root CA; with `:memory:` a temporary one. */
  readonly rootCaPath: string
  close(): void
}

/** @throws {StartupError} when the directory cannot be used */
export async function openDataDirectory(
  { data, host, otherHosts }: Pick<Config, 'data' | 'host' | 'otherHosts'>,
  clock: Clock,
): Promise<DataDirectory> {
  const hosts = [host, ...otherHosts]
  if (data === ':memory:') return openMemory(hosts, clock)
  const path = resolve(data)
  let database: Database | undefined
  try {
    makeDirectory(path)
    // The database first: its lock keeps a second server from writing keys into the same directory.
    database = new Database(join(path, 'account.db'))
    const authority = await openAuthority({ folder: path, hosts, clock })
    const rootCaPath = authority.rootCaPath ?? join(path, 'root-ca.pem')
    return { path, database, authority, rootCaPath, close: () => database?.close() }
  } catch (error) {
    database?.close()
    throw dataDirectoryProblem(error, path) ?? error
  }
}

/**
 * Like `mkdir -p`. Node's own never ends where a parent is there and a directory in it still cannot be made, as in
 * `/proc`.
 */
function makeDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeDirectory(parent)
  mkdirSync(path)
}

async function openMemory(hosts: readonly string[], clock: Clock): Promise<DataDirectory> {
  const authority = await openAuthority({ hosts, clock })
  const database = new Database(':memory:')
  let folder: string | undefined
  return {
    path: ':memory:',
    database,
    authority,
    /** Written when it is asked for: most tests hand the text itself to their clients. */
    get rootCaPath() {
      if (folder === undefined) {
        folder = mkdtempSync(join(tmpdir(), 'thingdeck-'))
        writeFileSync(join(folder, 'root-ca.pem'), authority.rootCaPem)
      }
      return join(folder, 'root-ca.pem')
    },
    close: () => {
      database.close()
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
