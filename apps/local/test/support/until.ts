import { vi } from 'vitest'

/** Asks until there is an answer. */
export const until = <Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await ask()
      if (answer === undefined) throw new Error('not yet')
      return answer
    },
    { timeout: 20_000, interval: 50 },
  )
