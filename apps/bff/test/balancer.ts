import { Agent, createServer, request as forward } from 'node:http'

/** What stands before several consoles. */
export interface Balancer extends AsyncDisposable {
  /** How many requests got no answer from the console that they were sent to. */
  readonly failed: () => number
  /** How many requests wait for what the console at a port answers. */
  readonly underWay: (port: number) => number
}

/**
 * Sends each request to the port that is chosen for it, over connections that are kept, as proxies do; none is sent a second
 * time. A request that gets no answer is answered 502.
 */
export async function startBalancer(port: number, choose: () => number): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  let failed = 0
  const underWay = new Map<number, number>()
  const underWayAt = (at: number) => underWay.get(at) ?? 0
  const server = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming
    const chosen = choose()
    underWay.set(chosen, underWayAt(chosen) + 1)
    const passed = forward({ agent, port: chosen, host: 'localhost', method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    passed.on('error', () => {
      failed += 1
      answer.writeHead(502).end()
    })
    passed.on('close', () => underWay.set(chosen, underWayAt(chosen) - 1))
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  return {
    failed: () => failed,
    underWay: underWayAt,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
