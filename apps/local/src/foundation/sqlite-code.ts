/** SQLite's own primary result codes (https://www.sqlite.org/rescode.html), as `node:sqlite` gives them. */
export const SQLITE = { BUSY: 5, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const

/** The primary result code of what SQLite says; undefined for any other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return undefined
  // The low byte is the primary code; the rest only refines it.
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}

/** Whether the disk is full or fails: the same may be taken later. */
export function isDiskFault(error: unknown): error is Error {
  const code = sqliteCodeOf(error)
  return code === SQLITE.FULL || code === SQLITE.IOERR
}
