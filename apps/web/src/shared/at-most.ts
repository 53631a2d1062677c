/** Runs what it is given, in the order of asking; who gives up by the signal makes room for the next. */
export type Limited = <Result>(signal: AbortSignal, action: () => Promise<Result>) => Promise<Result>

/** So many actions at a time; the others wait for one of them to end. */
export function atMost(most: number): Limited {
  let running = 0
  const waiting: (() => void)[] = []
  return async (signal, action) => {
    if (running < most) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve)) // with the place of the one that ended
    try {
      signal.throwIfAborted()
      return await Promise.race([action(), givenUp(signal)])
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

const givenUp = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
