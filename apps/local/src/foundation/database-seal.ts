import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** What a database was when it was closed in order. */
interface Seal {
  readonly bytes: number
  readonly crc32: number
}

/** The file of a database cannot be trusted; the message says why, as the end of a sentence in one line. */
export class DamagedDatabaseError extends Error {
  constructor(reason: string) {
    super(reason.replaceAll(/\s*\n\s*/g, ' '))
    this.name = 'DamagedDatabaseError'
  }
}

/** A larger one is not sealed: reading it all would make the start slow. */
const MOST_BYTES = 2 ** 30
const CHUNK_BYTES = 2 ** 20

const sealOf = (path: string) => `${path}.seal`

/** Notes what a database that was closed in order is, beside it; where the disk does not take that, it has no seal. */
export function seal(path: string): void {
  try {
    if (hasLog(path)) return // its end was not in order: not all is in the file
    if (statSync(path).size > MOST_BYTES) return
    writeFileSync(sealOf(path), JSON.stringify(measure(path)), { mode: 0o600 })
  } catch {
    rmSync(sealOf(path), { force: true })
  }
}

/**
 * Holds a database that is to be opened against its seal, which is then gone: from here on it changes.
 * @returns whether there was one
 * @throws {DamagedDatabaseError} where the file is not what it was; the seal stays
 */
export function unseal(path: string): boolean {
  const sealed = hasLog(path) ? undefined : readSeal(path)
  if (sealed) {
    const found = measure(path)
    if (found.bytes !== sealed.bytes || found.crc32 !== sealed.crc32) {
      throw new DamagedDatabaseError(
        `it is not as this server left it; if you have changed it on purpose, delete ${sealOf(path)}`,
      )
    }
  }
  rmSync(sealOf(path), { force: true })
  return sealed !== undefined
}

function readSeal(path: string): Seal | undefined {
  try {
    const { bytes, crc32 } = JSON.parse(readFileSync(sealOf(path), 'utf8'))
    return typeof bytes === 'number' && typeof crc32 === 'number' ? { bytes, crc32 } : undefined
  } catch {
    return undefined // none, or one that was not written whole
  }
}

/** Whether a write-ahead log stands beside it: what was written last is there. */
const hasLog = (path: string) => existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0

function measure(path: string): Seal {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    let [bytes, sum] = [0, 0]
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      sum = crc32(chunk.subarray(0, read), sum)
      bytes += read
    }
    return { bytes, crc32: sum }
  } finally {
    closeSync(file)
  }
}
