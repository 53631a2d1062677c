/** Searches of the fleet index in the forms of AWS's guide, of what is rare and stored last: the beginning helps nobody. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { IoTClient, SearchIndexCommand, UpdateIndexingConfigurationCommand } from '@aws-sdk/client-iot'
import type { EmbeddedServer } from '../../scripts/run/embedded-server.ts'
import { thingNameOf } from '../measure/fleet.ts'
import { median } from '../measure/statistics.ts'

const ROUNDS = 5

export interface SearchFigure {
  readonly queryString: string
  /** From the call of the SDK to its answer, ms, the median of some. */
  readonly ms: number
  readonly found: number
}

/** @param count things as `seedThings` makes them */
function queriesOf(count: number): readonly string[] {
  const last = thingNameOf(count - 1)
  return [
    '*',
    `thingName:${last}`,
    `thingName:${last.slice(0, -2)}*`,
    `thingName:*${last.slice(-5)}`,
    'thingTypeName:lamp',
    'thingTypeName:lamp AND NOT attributes.site:hall-7',
    `thingTypeName:lamp OR thingName:${last.slice(0, -1)}?`,
    'attributes.site:hall-499',
    `attributes.serial:${count - 1}`,
    `attributes.serial:${String(count - 1).slice(0, -2)}*`,
    'thingGroupNames:nobody',
    'connectivity.connected:true',
    'connectivity.disconnectReason:CONNECTION_LOST',
    'NOT thingTypeName:pump',
    `attributes.serial > ${count - 5}`,
    last,
    `*${last.slice(-6)}`,
    `thingName >= ${last}`,
    `thingId:00000000-0000-4000-8000-${String(count - 1).padStart(12, '0')}`,
    `shadow.reported.mode:${last}`,
  ]
}

/** The first pages of all queries. What has none within a call is read on until there is a thing, or no more. */
export async function measureSearches(sdk: EmbeddedServer['sdk'], count: number): Promise<readonly SearchFigure[]> {
  const iot = new IoTClient(sdk)
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        thingConnectivityIndexingMode: 'STATUS',
      },
    }),
  )
  const figures: SearchFigure[] = []
  for (const queryString of queriesOf(count)) {
    const times: number[] = []
    let found = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const startMs = performance.now()
      let nextToken: string | undefined
      do {
        const page = await iot.send(new SearchIndexCommand({ queryString, maxResults: 50, nextToken }))
        found = page.things?.length ?? 0
        nextToken = page.nextToken
      } while (found === 0 && nextToken !== undefined)
      times.push(performance.now() - startMs)
    }
    figures.push({ queryString, ms: median(times), found })
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
