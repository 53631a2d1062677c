import type { IoTClient } from '@aws-sdk/client-iot'
import type { ThingKind } from '@thingdeck/contract'
import { hasConnections } from '../../aws/connected-things.ts'
import { isNamed } from '../../aws/error-name.ts'
import { KeptReads } from '../../aws/kept-reads.ts'
import type { Clock } from '../../clock.ts'
import type { Fleet } from './fleet.ts'
import type { FleetFilter } from './fleet-query.ts'

/** Counts of a whole fleet change slowly: pages that are opened one after the other share them for so long. */
const KEPT_MS = 10_000
const MOST_KINDS = 64

/**
 * How many things there are of a type, and how many of them are not connected, as the fleet index counts. Without an
 * index there is no count; errors are AWS's own.
 */
export function createThingKinds(iot: IoTClient, fleet: Pick<Fleet, 'count'>, clock: Clock) {
  const kept = new KeptReads<ThingKind>(clock, KEPT_MS, MOST_KINDS)

  async function count(thingTypeName: string): Promise<ThingKind> {
    const [all, disconnected, isIndexed] = await Promise.all([
      counted({ thingTypeName }),
      counted({ thingTypeName, connected: false }),
      hasConnections(iot),
    ])
    return {
      thingTypeName,
      ...(all !== undefined && { things: all }),
      ...(isIndexed && disconnected !== undefined && { disconnected }),
    }
  }

  /** Undefined: there is no index, or none yet. */
  async function counted(filter: FleetFilter): Promise<number | undefined> {
    try {
      return (await fleet.count(filter)).about
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException', 'IndexNotReadyException')) return undefined
      throw error
    }
  }

  return {
    of: async (thingTypeName: string | undefined): Promise<ThingKind> =>
      thingTypeName === undefined ? {} : kept.read(thingTypeName, () => count(thingTypeName)),
  }
}
