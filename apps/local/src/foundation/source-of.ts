import type { Socket } from 'node:net'
import { plainAddress } from './plain-address.ts'

/** Where whoever is at the other end of a socket calls from, in the words of `Peer`. */
export function sourceOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): {
  readonly sourceIp: string
  readonly sourcePort: number | undefined
} {
  return { sourceIp: plainAddress(remoteAddress), sourcePort: remotePort }
}
