import { setTimeout as delay } from 'node:timers/promises'
import { Finding } from './attack.ts'

const LOOK_EVERY_MS = 25
/** How long what goes on by itself may take, on a machine that does much else: then it does not. */
const PATIENCE_MS = 120_000

/**
 * Looks until something is seen.
 * @param what it is, as a finding says it
 * @throws {Finding} where it is not seen at all
 */
export async function eventually<Seen>(
  what: string,
  look: () => Promise<Seen | undefined> | Seen | undefined,
): Promise<Seen> {
  const untilMs = performance.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (performance.now() > untilMs) throw new Finding(`It never came about that ${what}`)
    await delay(LOOK_EVERY_MS)
  }
}
