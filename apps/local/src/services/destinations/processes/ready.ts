import type { AddressInfo } from 'node:net'

/** Tells the parent where the server is, and ends with the parent. */
export function ready({ port }: AddressInfo, stop: () => Promise<void>): void {
  process.once('disconnect', () => {
    stop().finally(() => process.exit())
  })
  process.send?.({ port })
}

/** @throws {Error} where the parent has not said it */
export function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

// Ctrl+C reaches every process of a terminal: this one ends when its parent has finished with it.
process.on('SIGINT', () => {})
