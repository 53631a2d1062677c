import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Every address of the machine, of IPv6 and IPv4 alike; where there is no IPv6, the other. */
const EVERY_ADDRESS = ['::', '0.0.0.0'] as const

/**
 * A port that nobody has at the moment at any address: what is for `localhost` listens at two, and somebody's connection to
 * elsewhere may have it at one of them.
 */
export async function freePort(): Promise<number> {
  const [all, ofIpv4] = EVERY_ADDRESS
  return (await freePortAt(all)) ?? (await freePortAt(ofIpv4)) ?? Promise.reject(new Error('No port is free'))
}

/** Undefined where the machine has no such addresses. */
async function freePortAt(host: string): Promise<number | undefined> {
  const probe = createServer().listen(0, host)
  try {
    await once(probe, 'listening')
  } catch {
    return undefined
  }
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
