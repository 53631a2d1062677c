import { GetStatisticsCommand, type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import { type BodyOf, type endpoints, type JobTargetsCount, MOST_JOB_TARGETS } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { askedConnections, hasConnections, indexedConnections } from '../../aws/connected-things.ts'
import { isNamed } from '../../aws/error-name.ts'
import type { Pace } from '../../aws/pace.ts'
import { isRefused } from '../../aws/why-unread.ts'

type Asked = BodyOf<typeof endpoints.countJobTargets>

/** Where there is no index, groups are counted name by name, at most so many. */
const MOST_COUNTED = 10_000

/**
 * How many things a job would be for. Of a query or of one group the index counts; else names are read. Errors are AWS's own.
 * @param pace of questions about connections
 */
export async function countTargets(
  aws: Pick<Aws, 'iot' | 'data' | 'things'>,
  pace: Pace,
  asked: Asked,
  signal?: AbortSignal,
): Promise<JobTargetsCount> {
  if ('query' in asked) return countQuery(aws.iot, asked.query, await hasConnections(aws.iot))
  const { thingNames, thingGroupNames } = asked
  const isIndexed = thingNames.length > 0 && (await hasConnections(aws.iot))
  const found = isIndexed ? await indexedConnections(aws.iot, pace, thingNames, signal) : undefined
  const unfound = thingNames.filter((name) => !found?.has(name))
  const missing = await missingThings(aws.things, pace, unfound, signal)
  if (thingGroupNames.length === 0) {
    const things = found
      ? thingNames.map((name) => found.get(name) ?? { connected: false })
      : await askedConnections(aws.data, pace, thingNames, signal)
    const isKnown = things.every(({ connected }) => connected !== undefined)
    return {
      count: new Set(thingNames).size,
      isAtLeast: false,
      sample: [...thingNames],
      missing,
      toldBy: 'registry',
      ...(isKnown && { connected: things.filter(({ connected }) => connected).length }),
    }
  }
  const names = new Set(thingNames)
  for (const group of thingGroupNames) {
    for await (const name of aws.things.namesInGroup(group)) {
      if (names.size >= MOST_COUNTED) return inRegistry(names, true, missing)
      names.add(name)
    }
  }
  const [only] = thingGroupNames
  const isOneGroup = thingNames.length === 0 && thingGroupNames.length === 1 && only !== undefined
  const connected =
    isOneGroup && (await hasConnections(aws.iot))
      ? await count(aws.iot, `thingGroupNames:"${only}" AND connectivity.connected:true`)
      : undefined
  return { ...inRegistry(names, false, missing), ...(connected !== undefined && { connected }) }
}

/** Those of a few things, which the index did not find, that the registry does not have: the index lags, and has no last word. */
async function missingThings(
  things: Aws['things'],
  pace: Pace,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const missing: string[] = []
  for (const name of new Set(names)) {
    await pace.turn(signal)
    try {
      await things.registered(name)
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) missing.push(name)
      else if (!isRefused(error)) throw error
    }
  }
  return missing
}

const inRegistry = (names: ReadonlySet<string>, isAtLeast: boolean, missing: string[]): JobTargetsCount => ({
  count: names.size,
  isAtLeast,
  missing,
  sample: [...names].slice(0, MOST_JOB_TARGETS),
  toldBy: 'registry',
})

async function countQuery(iot: IoTClient, queryString: string, isIndexed: boolean): Promise<JobTargetsCount> {
  const [total, connected, { things = [] }] = await Promise.all([
    count(iot, queryString),
    isIndexed ? count(iot, `(${queryString}) AND connectivity.connected:true`) : undefined,
    iot.send(new SearchIndexCommand({ queryString, maxResults: MOST_JOB_TARGETS })),
  ])
  return {
    count: total,
    isAtLeast: false,
    sample: things.flatMap(({ thingName }) => thingName ?? []),
    missing: [],
    toldBy: 'index',
    ...(connected !== undefined && { connected }),
  }
}

async function count(iot: IoTClient, queryString: string): Promise<number> {
  const { statistics } = await iot.send(new GetStatisticsCommand({ queryString }))
  return statistics?.count ?? 0
}
