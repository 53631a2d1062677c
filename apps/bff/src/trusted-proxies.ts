import { isIP } from 'node:net'

/** How many proxies there are before us, or at which addresses and networks; `false`: none. */
export type TrustedProxies = number | string[] | false

/** Names of networks that Fastify knows. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal'])

/**
 * `2` → the nearest two; `10.0.0.0/8, ::1` → those at these addresses.
 * @returns undefined when it is neither
 */
export function readTrustedProxies(text: string | undefined): TrustedProxies | undefined {
  const input = text?.trim() ?? ''
  if (input === '' || input === '0') return false
  if (/^\d$/.test(input)) return Number(input)
  const networks = input.split(',').map((each) => each.trim())
  return networks.every(isNetwork) ? networks : undefined
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  if (prefix === undefined) return NETWORKS.has(text) || isIP(address) !== 0
  const bits = isIP(address) === 6 ? 128 : 32
  // A network of everybody is no network of proxies.
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && +prefix >= 1 && +prefix <= bits
}

/** Fastify believes nobody for a number, since whoever reaches the port is the nearest: that is for the operator to say. */
export const trustOf = (proxies: TrustedProxies) =>
  typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : proxies
