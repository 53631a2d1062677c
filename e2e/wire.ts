import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { BrowserContext } from '@playwright/test'
import { stack } from './stack.ts'

/** The cable between a browser and the broker. */
export interface Wire extends AsyncDisposable {
  /** Nobody reaches the broker any more: what is open breaks off, what is tried is refused. */
  pull(): void
  /** What the browser sends is lost on the way, though it still hears. */
  deafen(): void
  plug(): void
  /** Breaks off what is open; what is tried next gets through. */
  cut(): void
}

type State = 'plugged' | 'pulled' | 'deaf'

/**
 * Lays a cable of one's own between the pages of a context and the broker: the BFF's answer names it as the endpoint,
 * and it hands on bytes, so that the signature over the `Host` header holds. The worker's security policy, which names
 * the real endpoint only, is widened by it.
 */
export async function layWire(context: BrowserContext): Promise<Wire> {
  const broker = new URL(stack.http)
  const open = new Set<Socket>()
  let state: State = 'plugged'
  const server = createServer((near) => {
    if (state === 'pulled') {
      near.destroy()
      return
    }
    const far = connect(Number(broker.port), broker.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes) => {
      if (state !== 'deaf') far.write(bytes)
    })
    far.on('data', (bytes) => near.write(bytes))
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  // An answer that a test hands on counts as one from the public network, which may not reach this machine unasked.
  await context.grantPermissions(['local-network-access'])
  await context.route('**/api/session/mqtt*', async (route) => {
    const response = await route.fetch()
    const session = await response.json()
    const url = new URL(session.url)
    url.port = String(port)
    await route.fulfill({ response, json: { ...session, url: url.href } })
  })
  await context.route('**/mqtt.worker*.js', async (route) => {
    const response = await route.fetch()
    const policy = response.headers()['content-security-policy'] ?? ''
    const wider = policy.replace('connect-src', `connect-src ws://localhost:${port}`)
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': wider } })
  })
  const breakOff = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    pull: () => {
      state = 'pulled'
      breakOff()
    },
    deafen: () => {
      state = 'deaf'
    },
    plug: () => {
      state = 'plugged'
    },
    cut: () => {
      state = 'plugged'
      breakOff()
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      breakOff()
      await closed
    },
  }
}
