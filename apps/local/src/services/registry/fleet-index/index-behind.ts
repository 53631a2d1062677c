import type { LocalContext } from '../../../foundation/context.ts'
import { repeat } from '../../../foundation/repeat.ts'
import type { EmissionParts } from '../fleet-metrics/emission.ts'
import type { FleetIndex } from './fleet-index.ts'

/** So much is indexed at a time, which holds up nobody for long. */
const PIECE = { things: 500, shadows: 50 }
/** While nothing is behind. */
const IDLE_MS = 500
/** While changes are: at most this share of the time goes into them. */
const SHARE = 0.05
/** While the index is made: until then searches take longer. */
const SHARE_TO_MAKE = 0.25

/** Writes what the index keeps beside the tables, bit by bit, until it is ended. */
export function indexBehind({ log }: LocalContext, after: EmissionParts['after'], index: FleetIndex): () => void {
  let delayMs = IDLE_MS
  return repeat(
    after,
    log,
    'the fleet index could not be brought further',
    () => delayMs,
    () => {
      const startMs = performance.now()
      delayMs = IDLE_MS
      if (!index.catchUp(PIECE)) return
      const share = index.isMade ? SHARE : SHARE_TO_MAKE
      delayMs = Math.min(IDLE_MS, (performance.now() - startMs) / share)
    },
  )
}
