import { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'

/** RFC 6455 §7.4.1: a frame of a kind that the endpoint cannot accept. */
const UNSUPPORTED_DATA = 1003

/** RFC 6455 §7.1.5: the connection ended without a Close frame. */
const ABNORMAL_CLOSURE = 1006

/** Sent bytes that may wait in the socket before the writer is told to wait. */
const MAX_BUFFERED_BYTES = 1024 * 1024

/** As long as a peer has to answer a Close frame once nobody needs the connection any more. */
const CLOSE_TIMEOUT_MS = 2_000

/**
 * The byte stream of MQTT over WebSocket (MQTT 5.0 §6): binary frames whose borders mean nothing. A text frame ends
 * the connection [MQTT-6.0.0-1]. Without a Close frame at its end the stream is
 * destroyed.
 */
export class WebSocketStream extends Duplex {
  readonly #socket: WebSocket

  /** @param onPeerClose called when the peer sends a Close frame, before the stream ends */
  constructor(socket: WebSocket, onPeerClose: () => void) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.once('close', (code) => {
      if (code === ABNORMAL_CLOSURE) {
        this.destroy()
        return
      }
      onPeerClose()
      this.push(null)
    })
    socket.once('error', (error) => this.destroy(error))
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return // what follows the reason to close is not looked at
    if (!isBinary) {
      this.#socket.close(UNSUPPORTED_DATA)
      this.push(null)
      return
    }
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)
    if (!this.push(bytes)) this.#socket.pause()
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) {
      callback(new Error('The WebSocket is not open'))
      return
    }
    if (this.#socket.bufferedAmount < MAX_BUFFERED_BYTES) {
      this.#socket.send(chunk)
      callback()
    } else {
      this.#socket.send(chunk, callback)
    }
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', callback)
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#socket.close()
    callback()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#socket.readyState === this.#socket.CLOSING) this.#awaitClose()
    else this.#socket.terminate()
    callback(error)
  }

  /** A Close frame is on its way: to cut the connection now would take from the peer what it says (RFC 6455 §7.1.1). */
  #awaitClose(): void {
    const socket = this.#socket
    socket.resume() // its answer is read, and what is before that thrown away
    const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
    socket.once('close', () => clearTimeout(timer))
  }
}
