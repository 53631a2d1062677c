interface Turn {
  /** There is news: it is looked, unless that is under way or about to be. */
  news(): void
  /** No more looks begin. */
  stop(): void
}

/**
 * Looks anew when there is news, one look after the other: news that come while one is under way have another one
 * follow it. None is given up for the next, so that what takes longer than news take to come is seen all the same.
 * @param look may fail: the next news have it tried again
 * @param gatherMs how long news are gathered before it is looked
 */
export function oneAtATime(look: () => Promise<unknown>, gatherMs = 0): Turn {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLooking = false
  let isTold = false
  let isOver = false
  const begin = async () => {
    timer = undefined
    isLooking = true
    isTold = false
    await look().catch(() => {}) // whoever shows what is looked for shows this, too
    isLooking = false
    if (isTold) plan()
  }
  const plan = () => {
    if (isOver) return
    if (gatherMs > 0) timer ??= setTimeout(() => void begin(), gatherMs)
    else void begin()
  }
  return {
    news() {
      if (isLooking) isTold = true
      else plan()
    },
    stop() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
