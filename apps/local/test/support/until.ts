import { vi } from 'vitest'

/** Asks until there is an answer. @param timeoutMs how long what is asked for may take where a machine is busy */
export const until = <Answer>(ask: () => Promise<Answer | undefined>, timeoutMs = 20_000): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await ask()
      if (answer === undefined) throw new Error('not yet')
      return answer
    },
    { timeout: timeoutMs, interval: 50 },
  )
