// What is kept holds messages of devices, and is written by libraries, which leave it readable to all.
process.umask(0o077)

/** Where the server is to listen: a socket in a folder that is its owner's alone. */
export const SOCKET = setting('SOCKET')

/** Tells the parent that the server listens, and ends with the parent. */
export function ready(stop: () => Promise<void>): void {
  process.once('disconnect', () => {
    stop().finally(() => process.exit())
  })
  process.send?.('ready')
}

/** @throws {Error} where the parent has not said it */
export function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

// Ctrl+C reaches every process of a terminal: this one ends when its parent has finished with it.
process.on('SIGINT', () => {})
