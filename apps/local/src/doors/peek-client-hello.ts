import type { Socket } from 'node:net'
import { type ClientHello, readClientHello } from './client-hello.ts'
import { peek } from './peek.ts'

/**
 * Looks at how a client starts TLS, and leaves it in the socket.
 * @param timeoutMs after which a socket that has not said enough is dropped
 * @param onHello told at once when the hello is there; with undefined where the client speaks something else
 */
export function peekClientHello(
  socket: Socket,
  timeoutMs: number,
  onHello: (hello: ClientHello | undefined) => void,
): void {
  peek(socket, timeoutMs, readClientHello, (hello) => onHello(hello === 'unreadable' ? undefined : hello))
}
