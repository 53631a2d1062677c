import type { IncomingMessage } from 'node:http'
import { BodyBudget, type BodyShare } from './body-budget.ts'
import { AwsError } from './types.ts'

/** So much beyond the limit is still read and dropped, so that the client hears the answer instead of a reset. */
const DRAIN_BYTES = 4 * 1024 * 1024

/** Of the process, whose memory it is. */
const ALL_BODIES = new BodyBudget()

/**
 * Reads a request's body of at most `maxBytes`. What goes beyond is not kept, and after 4 MiB more not read either.
 * `budget`: of all that are being read
 * @throws {AwsError} RequestEntityTooLargeException where it is larger; ServiceUnavailableException where there is no room
 * @throws {Error} where the client goes away meanwhile
 */
export const readBody = (request: IncomingMessage, maxBytes: number, budget = ALL_BODIES): Promise<Uint8Array> =>
  holdBody(request, maxBytes, (body) => body, budget)

/**
 * Reads a body as {@link readBody} does, and does something with it. Until that is done it counts among those that are
 * being read: who hands it on to somebody slow keeps it that long.
 * @throws {AwsError} as readBody; whatever `work` throws
 */
export async function holdBody<Result>(
  request: IncomingMessage,
  maxBytes: number,
  work: (body: Uint8Array) => Result | Promise<Result>,
  budget = ALL_BODIES,
): Promise<Result> {
  const share = budget.share()
  try {
    return await work(await gather(request, maxBytes, share))
  } finally {
    share.letGo()
  }
}

async function gather(request: IncomingMessage, maxBytes: number, share: BodyShare): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + DRAIN_BYTES) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk
    sizeBytes += bytes.byteLength
    if (sizeBytes > maxBytes) {
      chunks.length = 0
      share.letGo()
    } else {
      if (!share.hold(bytes.byteLength)) throw crowded()
      chunks.push(bytes)
    }
    if (sizeBytes > maxBytes + DRAIN_BYTES) break
  }
  if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
  return asBytes(Buffer.concat(chunks))
}

/** Reads a body that nobody wants, within the same bounds, so that the connection can go on. */
export async function dropBody(request: IncomingMessage): Promise<void> {
  await readBody(request, 0).catch(() => undefined) // too large, or its client went away: nobody wanted it
}

/** What a body is answered that is larger than it may be. */
export function tooLarge(maxBytes: number): AwsError {
  return new AwsError('RequestEntityTooLargeException', `The request body is larger than ${maxBytes} bytes`)
}

const crowded = () =>
  new AwsError('ServiceUnavailableException', 'Too much is being sent to the server at once. Send it again later')

/** Handlers see plain bytes: a Buffer would print, compare and become JSON in its own way. */
export function asBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
