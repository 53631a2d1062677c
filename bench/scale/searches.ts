/** Searches of the fleet index in the forms of AWS's guide, of what is rare and stored last: the beginning helps nobody. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import type { EmbeddedServer } from '../../scripts/run/embedded-server.ts'
import { thingIdOf, thingNameOf } from '../measure/fleet.ts'
import { median } from '../measure/statistics.ts'

const ROUNDS = 20
/** What takes long is not asked for as often. */
const MAX_MS = 2000

export interface SearchFigure {
  readonly queryString: string
  /** From the call of the SDK to its answer, ms, the median of some, and the longest of them. */
  readonly ms: number
  readonly worstMs: number
  readonly found: number
}

/**
 * Each form of the guide's "Example thing queries", of what hardly any thing has where it can be so.
 * @param count things as `seedThings` makes them
 */
function queriesOf(count: number): readonly string[] {
  const last = thingNameOf(count - 1)
  const serial = String(count - 1)
  return [
    '*',
    `thingName:${last}`,
    `thingName:${last.slice(0, -2)}*`,
    `thingName:*${last.slice(-5)}`,
    `thingName:*${last.slice(-5, -1)}*`,
    `thingName:${last.slice(0, -1)}?`,
    'thingTypeName:lamp',
    'thingTypeName:*am*',
    'thingTypeName:lamp AND NOT attributes.site:hall-7',
    `thingTypeName:lamp OR thingName:${last.slice(0, -1)}?`,
    'thingTypeName:pump AND shadow.reported.mode:eco',
    'attributes.site:hall-499',
    'attributes.site:*l-499',
    `attributes.serial:${serial}`,
    `attributes.serial:${serial.slice(0, -2)}*`,
    `attributes.serial:${serial[0]}*${serial.slice(-4)}`,
    `attributes.serial > ${count - 5}`,
    `attributes.serial:[${count - 5} TO ${count}]`,
    'attributes.serial:{75 TO 80]',
    'attributes.site:h*-499',
    'attributes.site:hall-7 AND attributes.serial<5 NOT attributes.serial>10',
    'attributes.site > hall-998',
    'attributes.site:["hall-998" TO "hall-9999"]',
    'NOT attributes.site:*',
    'NOT attributes.model:*',
    'NOT attributes.model:legacy',
    'NOT attributes.site:hall*',
    'NOT thingTypeName:*',
    'thingGroupNames:nobody',
    'connectivity.connected:true',
    'connectivity.connected:false',
    'connectivity.connected:*',
    'connectivity.connected:true AND connectivity.timestamp:[1557651600000 TO 1557867600000]',
    'connectivity.connected:false AND connectivity.timestamp:[1557651600000 TO 1557867600000]',
    'connectivity.connected:true AND connectivity.timestamp > 1557651600000',
    'connectivity.disconnectReason:*',
    'connectivity.disconnectReason:CONNECTION_LOST',
    'connectivity.timestamp > 1557651600000',
    'NOT thingTypeName:pump',
    'abc',
    last,
    `${serial.slice(0, -1)}*`,
    `*${last.slice(-6)}`,
    'hall*499',
    `thingName >= ${last}`,
    `thingId:${thingIdOf(count - 1)}`,
    'shadow.reported.mode:eco',
    'shadow.reported.mode:*co',
    'shadow.reported.mode:nothing',
    'shadow.reported.battery > 100',
    'shadow.reported.battery:[99 TO 100]',
    'shadow.reported.battery > 500',
    'shadow.reported.battery:10*',
    `shadow.reported.temperature < 0.00${count % 7}`,
    'shadow.reported.firmware:1.6.12',
    'shadow.reported.net.address:10.0.0.*',
    'shadow.reported.nowhere:*',
    'NOT shadow.reported.mode:*',
    'shadow.reported.mode:* NOT shadow.desired.mode:*',
    'shadow.reported.mode:eco AND shadow.reported.battery:5 AND attributes.site:hall-7',
    'shadow.reported.battery:{70 TO 100} (v2 OR v3) NOT attributes.model:legacy',
    'shadow.reported.battery:{70 TO 100} (eco OR boost) NOT attributes.model:legacy',
    'shadow.hasDelta:true',
    'shadow.delta.mode:boost AND thingTypeName:lamp',
    'shadow.metadata.reported.battery.timestamp > 1',
    'shadow.metadata.reported.battery.timestamp > 1999999999',
    'boost',
    'bo*t',
  ]
}

/** The first pages of all queries. What has none within a call is read on until there is a thing, or no more. */
export async function measureSearches(sdk: EmbeddedServer['sdk'], count: number): Promise<readonly SearchFigure[]> {
  const iot = new IoTClient(sdk)
  const figures: SearchFigure[] = []
  for (const queryString of queriesOf(count)) {
    const times: number[] = []
    let found = 0
    for (let round = 0, spentMs = 0; round < ROUNDS && spentMs < MAX_MS; round += 1) {
      const startMs = performance.now()
      let nextToken: string | undefined
      do {
        const page = await iot.send(new SearchIndexCommand({ queryString, maxResults: 50, nextToken }))
        found = page.things?.length ?? 0
        nextToken = page.nextToken
      } while (found === 0 && nextToken !== undefined)
      const ms = performance.now() - startMs
      times.push(ms)
      spentMs += ms
    }
    figures.push({ queryString, ms: median(times), worstMs: Math.max(...times), found })
  }
  iot.destroy()
  return figures
}

/** What SQLite itself takes to look through all names of the same file for a text, ms: the peer of all searches. */
export function scanNames(directory: string, count: number): number {
  const database = new DatabaseSync(join(directory, 'account.db'), { readOnly: true })
  const select = database.prepare('SELECT name FROM things WHERE name LIKE ? LIMIT 50')
  const times = Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now()
    select.all(`%${thingNameOf(count - 1).slice(-5)}`)
    return performance.now() - startMs
  })
  database.close()
  return median(times)
}
