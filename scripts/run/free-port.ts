import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Every address of the machine, of IPv6 and IPv4 alike; where there is no IPv6, the other. */
const EVERY_ADDRESS = ['::', '0.0.0.0'] as const

/**
 * Of these no system gives any to whoever asks for just one, or connects to elsewhere: Linux begins at 32768, others at
 * 49152 (RFC 6335). What is free here is not handed to a server that starts in the time until somebody listens at it.
 */
const PORTS = { first: 20_000, end: 30_000 } as const
const MOST_TRIED = 200

/** That this process was given already, and may not listen at yet. */
const given = new Set<number>()

/**
 * A port that nobody has at the moment at any address: what is for `localhost` listens at two, and somebody may have it
 * at one of them.
 * @throws {Error} where none is found
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < MOST_TRIED; tried += 1) {
    const port = randomInt(PORTS.first, PORTS.end)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`None of ${MOST_TRIED} ports from ${PORTS.first} to ${PORTS.end - 1} is free`)
}

async function isFree(port: number): Promise<boolean> {
  const [all, ofIpv4] = EVERY_ADDRESS
  return (await isFreeAt(port, all)) ?? (await isFreeAt(port, ofIpv4)) ?? false
}

/** Undefined where the machine has no such addresses. */
async function isFreeAt(port: number, host: string): Promise<boolean | undefined> {
  const probe = createServer().listen(port, host)
  try {
    await once(probe, 'listening')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? false : undefined
  }
  probe.close()
  await once(probe, 'close')
  return true
}
