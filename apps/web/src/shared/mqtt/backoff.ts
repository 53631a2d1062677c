const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/**
 * How long to wait before attempt `attempt + 1`, in ms: doubling from 1 s to 30 s, of which the second half is drawn
 * at random, so that a thousand consoles do not come back in one moment after a broker's restart.
 * `random` is from [0, 1). AWS admits one CONNECT a second per client id, hence no less than half a second.
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
