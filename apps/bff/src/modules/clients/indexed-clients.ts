import { type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import type { ClientPage, ClientRow } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { readFleetIndex } from '../../aws/fleet-index.ts'
import type { Pace } from '../../aws/pace.ts'
import { isRefused } from '../../aws/why-unread.ts'

/** What of clients can be asked of the fleet index, which knows the connections of things by the things' names. */
export interface IndexQuestion {
  readonly clientId?: string | undefined
  readonly startsWith?: string | undefined
  readonly state?: 'connected' | 'disconnected' | undefined
  readonly disconnectReason?: string | undefined
  /** Those that are not connected count from then on. */
  readonly fromMs: number
}

/** The names that things may have; of another client id the index knows nothing. */
const THING_NAME = /^[a-zA-Z0-9:_-]+$/

export const isThingName = (name: string): boolean => name.length <= 128 && THING_NAME.test(name)

/** What stands between quotation marks is checked before: names above, reasons by the contract. Undefined: nothing in the index can be meant. */
export function indexQuery({
  clientId,
  startsWith,
  state,
  disconnectReason,
  fromMs,
}: IndexQuestion): string | undefined {
  if (clientId !== undefined && !isThingName(clientId)) return undefined
  if (startsWith !== undefined && !isThingName(startsWith)) return undefined
  if (state === 'connected' && disconnectReason !== undefined) return undefined
  const gone = `(connectivity.connected:false AND connectivity.timestamp >= ${fromMs})`
  const terms = [
    clientId !== undefined && `thingName:"${clientId}"`,
    startsWith !== undefined && `thingName:${startsWith.replaceAll(/[:-]/g, '\\$&')}*`,
    disconnectReason !== undefined && `connectivity.disconnectReason:"${disconnectReason}"`,
    state === 'connected'
      ? 'connectivity.connected:true'
      : state === 'disconnected' || disconnectReason !== undefined
        ? gone
        : `(connectivity.connected:true OR ${gone})`,
  ]
  return terms.filter((term) => term !== false).join(' AND ')
}

/** Whether the index can be asked for connections. That the console may not ask is an answer; errors are AWS's own. */
export async function indexOutcome(iot: IoTClient): Promise<ClientPage['index']> {
  try {
    const { status, connectivity } = await readFleetIndex(iot)
    return { outcome: status === 'ACTIVE' && connectivity ? 'read' : 'off' }
  } catch (error) {
    if (!isRefused(error)) throw error
    return { outcome: 'not-allowed', message: `${error.name}: ${error.message}` }
  }
}

/** A page of them; undefined: the index may not be asked after all. Other errors are AWS's own. */
export async function indexedPage(
  iot: IoTClient,
  pace: Pace,
  request: { readonly queryString: string; readonly maxResults: number; readonly nextToken?: string | undefined },
  signal: AbortSignal,
): Promise<{ readonly clients: readonly ClientRow[]; readonly nextToken?: string } | undefined> {
  await pace.turn(signal)
  try {
    const found = await iot.send(new SearchIndexCommand(request), { abortSignal: signal })
    return {
      clients: (found.things ?? []).map(({ thingName = '', connectivity = {} }): ClientRow => {
        const { connected = false, timestamp, disconnectReason } = connectivity
        return {
          clientId: connectivity.clientId || thingName,
          toldBy: 'index',
          connected,
          thingName,
          ...(timestamp && { changedAt: new Date(timestamp).toISOString() }),
          ...(!connected && disconnectReason && { disconnectReason }),
        }
      }),
      ...(found.nextToken && { nextToken: found.nextToken }),
    }
  } catch (error) {
    if (isRefused(error) || isNamed(error, 'IndexNotReadyException', 'ResourceNotFoundException')) return undefined
    throw error
  }
}
