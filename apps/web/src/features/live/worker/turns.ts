/** Work that goes on in another turn of the event loop, so that messages and questions get in between. */
export interface Turns {
  /** Runs `action` in a turn to come, as soon as possible. */
  next(action: () => void): void
  /** A clock for measuring spans, in ms. */
  nowMs(): number
}

/** How long one turn of a long search may take. A message that comes meanwhile waits so long at most. */
export const TURN_MS = 8

/** Turns of this event loop: by a message to itself, because browsers hold timers back by 4 ms. */
export function eventLoopTurns(): Turns {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  return {
    next(action) {
      waiting.push(action)
      port2.postMessage(undefined)
    },
    nowMs: () => performance.now(),
  }
}
