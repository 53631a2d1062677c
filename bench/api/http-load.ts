import { connect, type Socket } from 'node:net'

export interface HttpOutcome {
  readonly answered: number
  readonly perSecond: number
}

/**
 * Sends requests, one at a time on each of `connections` kept-alive connections, until all are answered or the time is
 * over.
 * @throws {Error} for an answer that is not a success
 */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  { connections, maxMs }: { connections: number; maxMs: number },
): Promise<HttpOutcome> {
  let next = 0
  let answered = 0
  const startMs = performance.now()
  const work = async () => {
    const connection = new HttpConnection(port)
    while (next < requests.length && performance.now() - startMs < maxMs) {
      const request = requests[next++]
      if (!request) break
      await connection.send(request)
      answered++
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, work))
  return { answered, perSecond: (answered * 1000) / (performance.now() - startMs) }
}

/** The body of the answer to one request. */
export async function sendOne(port: number, request: Buffer): Promise<string> {
  const connection = new HttpConnection(port)
  const body = await connection.send(request)
  connection.close()
  return body
}

/** Just enough of an HTTP/1.1 client: answers have a length, or end with the connection. */
class HttpConnection {
  readonly #port: number
  #socket: Socket | undefined

  constructor(port: number) {
    this.#port = port
  }

  send(request: Buffer): Promise<string> {
    this.#socket ??= connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    const socket = this.#socket
    let data: Buffer = Buffer.alloc(0)
    return new Promise((resolve, reject) => {
      const onData = (chunk: Buffer) => {
        data = data.length === 0 ? chunk : Buffer.concat([data, chunk])
        const end = data.indexOf('\r\n\r\n')
        const length = end < 0 ? undefined : /^content-length: *(\d+)/im.exec(data.toString('latin1', 0, end))?.[1]
        if (length !== undefined && data.length >= end + 4 + Number(length)) done()
      }
      const onClose = () => (data.length > 0 ? done() : failed(new Error('The connection was closed')))
      const failed = (error: Error) => {
        this.close()
        reject(error)
      }
      const done = () => {
        socket.off('data', onData).off('close', onClose).off('error', failed)
        const end = data.indexOf('\r\n\r\n')
        const head = data.toString('latin1', 0, end)
        const body = data.toString('utf8', end + 4)
        if (/^connection: *close/im.test(head) || socket.destroyed) this.close()
        if (/^HTTP\/1\.[01] 2/.test(head)) resolve(body)
        else reject(new Error(`${request.toString('latin1').split(' HTTP', 1)[0]} was answered ${head} ${body}`))
      }
      socket.on('data', onData).once('close', onClose).once('error', failed)
      socket.write(request)
    })
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }
}
