import type { Socket } from 'node:net'
import { type ClientHello, readClientHello } from './client-hello.ts'

/**
 * Looks at what a client says first, and leaves it in the socket.
 * @param timeoutMs after which a socket that has not said enough is dropped
 * @param onHello told at once when the hello is there, as nothing may be read by others in between; with undefined where
 *   the client speaks something else. Not called for a socket that ends before.
 */
export function peekClientHello(
  socket: Socket,
  timeoutMs: number,
  onHello: (hello: ClientHello | undefined) => void,
): void {
  let seen: Buffer = Buffer.alloc(0)
  const read = (): void => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk])
    const hello = readClientHello(seen)
    if (hello === 'incomplete') return
    stop()
    socket.unshift(seen)
    onHello(hello === 'unreadable' ? undefined : hello)
  }
  const drop = (): void => {
    stop()
    socket.destroy()
  }
  const stop = (): void => {
    clearTimeout(timeout)
    socket.off('readable', read).off('end', drop).off('close', drop)
  }
  const timeout = setTimeout(drop, timeoutMs)
  socket.on('readable', read).on('end', drop).on('close', drop)
}
