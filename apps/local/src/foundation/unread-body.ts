import { Readable } from 'node:stream'

/**
 * Lets go of what a client of the SDK was sent and nobody is going to read. Left alone, it is an error of the stream once
 * the connection ends, and one that nobody hears of ends the process.
 * @param body `Body` of an answer of S3, as the SDK has it in Node
 */
export function letGo(body: unknown): void {
  if (!(body instanceof Readable)) return
  body.on('error', () => {})
  body.destroy()
}
