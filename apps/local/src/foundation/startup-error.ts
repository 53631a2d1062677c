import { NewerSchemaError } from './database.ts'
import { DamagedDatabaseError } from './database-seal.ts'
import { SQLITE, sqliteCodeOf } from './sqlite-code.ts'

/**
 * Something outside the program that keeps the server from starting. The message is one plain sentence that
 * names the cause and the option that helps; it is all that the person at the terminal sees.
 */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartupError'
  }
}

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Why the data directory cannot be used, or undefined when the error is about something else. */
export function dataDirectoryProblem(error: unknown, directory: string): StartupError | undefined {
  const elsewhere = 'choose another directory with --data DIR, or --data :memory: to keep nothing'
  const because = (cause: string) => new StartupError(`${cause}; ${elsewhere}.`, { cause: error })
  if (error instanceof NewerSchemaError) {
    return because(`The data directory ${directory} was last used by a newer release of this server: ${error.message}`)
  }
  const damaged = (how: string) =>
    because(`The database in the data directory ${directory} is damaged: ${how}. Put back a copy of the directory`)
  if (error instanceof DamagedDatabaseError) return damaged(error.message)
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return because(`The data directory ${directory} cannot be written to`)
    case 'ENOENT':
      return because(`The data directory ${directory} cannot be made`)
    case 'ENOSPC':
      return because(`The disk of the data directory ${directory} is full`)
    case 'EEXIST':
    case 'ENOTDIR':
      return because(`The data directory ${directory} is not a directory`)
  }
  switch (sqliteCodeOf(error)) {
    case SQLITE.BUSY:
      return because(`The data directory ${directory} is in use by another server`)
    case SQLITE.READONLY:
    case SQLITE.CANTOPEN:
      return because(`The database in the data directory ${directory} cannot be written to`)
    case SQLITE.FULL:
      return because(`The disk of the data directory ${directory} is full`)
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return damaged(error instanceof Error ? error.message : 'SQLite cannot read it')
    case SQLITE.IOERR:
      return because(`The database in the data directory ${directory} cannot be read`)
  }
  return undefined
}

/** Why a port cannot be listened on, or undefined when the error is about something else. */
export function portProblem(error: unknown, port: number, option: string): StartupError | undefined {
  const because = (cause: string) =>
    new StartupError(`${cause}; choose another port with ${option} PORT.`, { cause: error })
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return because(`Port ${port} is taken by another program`)
    case 'EACCES':
      return because(`Port ${port} may not be opened by this user`)
    case 'EADDRNOTAVAIL':
      return new StartupError(`This machine has no such address to listen on; choose another with --listen ADDRESS.`, {
        cause: error,
      })
  }
  return undefined
}
