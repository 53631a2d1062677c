import { type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import { GetConnectionCommand, type IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { isNamed } from './error-name.ts'
import { readFleetIndex } from './fleet-index.ts'
import type { Pace } from './pace.ts'
import { isRefused } from './why-unread.ts'

/** A query has at most so many terms (AWS IoT Device Management quotas, fleet indexing). */
const TERMS_A_QUERY = 12

/** Whether a thing's device is connected, and by which client id. */
export interface ConnectedThing {
  readonly thingName: string
  readonly clientId?: string
  /** Absent: nobody could tell. */
  readonly connected?: boolean
  /** When it connected or disconnected last (ISO 8601); absent: the index has no connection of it. */
  readonly changedAt?: string
}

export interface ConnectedThings {
  /** `connection`: the client ids that are equal to the names were asked for, as there is no index of connections. */
  readonly toldBy: 'index' | 'connection'
  /** In the order of the names. */
  readonly things: readonly ConnectedThing[]
}

/**
 * Which of a few things are connected: by the fleet index, a few questions for all, else by a question for each.
 * Errors are AWS's own; that the console may not ask is none.
 * @param isIndexed for who asks often: {@link hasConnections}, kept for a while
 */
export async function connectedThings(
  { iot, data }: { readonly iot: IoTClient; readonly data: IoTDataPlaneClient },
  pace: Pace,
  names: readonly string[],
  signal?: AbortSignal,
  isIndexed: () => Promise<boolean> = () => hasConnections(iot),
): Promise<ConnectedThings> {
  const found = names.length > 0 && (await isIndexed()) ? await indexedConnections(iot, pace, names, signal) : undefined
  if (found) {
    const things = names.map((thingName) => ({ connected: false, thingName, ...found.get(thingName) }))
    return { toldBy: 'index', things }
  }
  return { toldBy: 'connection', things: await askedConnections(data, pace, names, signal) }
}

/** The same by a question for each. */
export async function askedConnections(
  data: IoTDataPlaneClient,
  pace: Pace,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ConnectedThing[]> {
  const things: ConnectedThing[] = []
  for (const thingName of names) {
    await pace.turn(signal)
    things.push(await byConnection(data, thingName))
  }
  return things
}

/**
 * Whether the fleet index knows who is connected. While it is rebuilt it answers by what it had, which may be from before
 * it was told to know connections, so that nobody would be connected by it. Errors are AWS's own; that the console
 * may not ask is none.
 */
export async function hasConnections(iot: IoTClient): Promise<boolean> {
  try {
    const { status, connectivity } = await readFleetIndex(iot)
    return status === 'ACTIVE' && connectivity
  } catch (error) {
    if (isRefused(error)) return false
    throw error
  }
}

/** What the index knows of those of these things that there are; undefined: it may not be asked. */
export async function indexedConnections(
  iot: IoTClient,
  pace: Pace,
  names: readonly string[],
  signal: AbortSignal | undefined,
) {
  const found = new Map<string, Omit<ConnectedThing, 'thingName'>>()
  for (const queryString of queriesFor(names)) {
    await pace.turn(signal)
    try {
      const { things = [] } = await iot.send(new SearchIndexCommand({ queryString, maxResults: 100 }))
      for (const { thingName = '', connectivity } of things) {
        const { connected = false, clientId, timestamp } = connectivity ?? {}
        found.set(thingName, {
          connected,
          ...(connected && clientId && { clientId }),
          ...(timestamp && { changedAt: new Date(timestamp).toISOString() }), // 0 where it never connected
        })
      }
    } catch (error) {
      if (isRefused(error) || isNamed(error, 'IndexNotReadyException', 'ResourceNotFoundException')) return undefined
      throw error
    }
  }
  return found
}

/** `thingName:"a" OR thingName:"b"`; names of things need no escaping within quotation marks. */
export function queriesFor(names: readonly string[]): readonly string[] {
  const parts = Math.ceil(names.length / TERMS_A_QUERY)
  return Array.from({ length: parts }, (_, index) =>
    names
      .slice(index * TERMS_A_QUERY, (index + 1) * TERMS_A_QUERY)
      .map((name) => `thingName:"${name}"`)
      .join(' OR '),
  )
}

async function byConnection(data: IoTDataPlaneClient, thingName: string): Promise<ConnectedThing> {
  try {
    const { connected = false } = await data.send(new GetConnectionCommand({ clientId: thingName }))
    return { thingName, connected, ...(connected && { clientId: thingName }) }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { thingName, connected: false }
    if (isRefused(error)) return { thingName }
    throw error
  }
}
