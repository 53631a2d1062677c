import type { Socket } from 'node:net'

/**
 * Looks at what a client says first, and leaves it in the socket.
 * @param timeoutMs after which a socket that has not said enough is dropped
 * @param read what has been said so far
 * @param onRead told at once, as nothing may be read by others in between. Not called for a socket that ends before.
 */
export function peek<Result>(
  socket: Socket,
  timeoutMs: number,
  read: (seen: Buffer) => Result | 'incomplete',
  onRead: (result: Result) => void,
): void {
  let seen: Buffer = Buffer.alloc(0)
  const look = (): void => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk])
    const result = read(seen)
    if (result === 'incomplete') return
    stop()
    socket.unshift(seen)
    onRead(result)
  }
  const drop = (): void => {
    stop()
    socket.destroy()
  }
  const stop = (): void => {
    clearTimeout(timeout)
    socket.off('readable', look).off('end', drop).off('close', drop).off('error', drop)
  }
  const timeout = setTimeout(drop, timeoutMs)
  socket.on('readable', look).on('end', drop).on('close', drop).on('error', drop)
}
