import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** What is asked to end, and by whom it is asked. */
interface Ending {
  readonly app: Pick<FastifyInstance, 'beginDraining' | 'close'>
  /** How long it goes on answering after it said that it is not ready, for a load balancer to notice. */
  readonly drainMs: number
}

/**
 * Ends the console when the process is asked to (`SIGTERM`, `SIGINT`): first it is not ready any more, then it takes no more
 * requests, those under way are answered, and what its stores still have to keep is kept. Whoever asks again does not wait
 * for the load balancer. Exit code 0.
 */
export function endInOrder({ app, drainMs }: Ending): void {
  const impatient = new AbortController()
  let isEnding = false
  const end = async () => {
    if (isEnding) return impatient.abort()
    isEnding = true
    app.beginDraining()
    await delay(drainMs, undefined, { signal: impatient.signal }).catch(() => {}) // asked again: at once, then
    await app.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
}
