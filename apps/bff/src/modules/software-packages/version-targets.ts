import { GetStatisticsCommand, type IoTClient, SearchIndexCommand } from '@aws-sdk/client-iot'
import {
  type BodyOf,
  DEFAULT_VERSION,
  type DestinationPackageVersion,
  type endpoints,
  NO_VERSION,
  PACKAGE_SHADOW,
  type VersionTargets,
} from '@thingdeck/contract'
import { formatCondition } from '@thingdeck/fleet-query'
import { queriesFor } from '../../aws/connected-things.ts'
import type { Pace } from '../../aws/pace.ts'
import { orUncounted, packageIndex, versionQuery } from '../../aws/package-versions.ts'
import type { Packages } from './packages.ts'

type Asked = BodyOf<typeof endpoints.countVersionTargets>

/**
 * How many of the things of a job run the versions already that it is to bring; of one that it is to take off, how many do
 * not have the package. Errors are AWS's own, but for what cannot be counted.
 * @param pace of questions about things by name
 */
export async function countVersionTargets(
  iot: IoTClient,
  packages: Pick<Packages, 'get'>,
  pace: Pace,
  { packageVersions, targets }: Asked,
  signal?: AbortSignal,
): Promise<VersionTargets> {
  const counted = await orUncounted(async () => {
    const index = await packageIndex(iot)
    if (index.outcome !== 'counted') return index
    const wanted = await Promise.all(packageVersions.map((version) => wantedOf(packages, version)))
    const names = 'thingNames' in targets ? targets.thingNames : []
    const running = await runningOf(iot, pace, names, signal)
    const query = queryOf(targets)
    const versions = await Promise.all(
      wanted.map(async ({ asked, named }) => {
        const byName = running.filter((packagesOfThing) => isAlready(packagesOfThing, named)).length
        return { ...asked, already: byName + (query === undefined ? 0 : await count(iot, query, named)) }
      }),
    )
    return { ...index, versions }
  })
  return { versions: [], ...counted }
}

interface Wanted {
  readonly asked: DestinationPackageVersion
  /** With the name of the default version; undefined where there is none. */
  readonly named: DestinationPackageVersion | undefined
}

async function wantedOf(packages: Pick<Packages, 'get'>, asked: DestinationPackageVersion): Promise<Wanted> {
  if (asked.versionName !== DEFAULT_VERSION) return { asked, named: asked }
  const { packageName } = asked
  const { defaultVersionName: versionName } = await packages.get(packageName)
  return { asked, named: versionName === undefined ? undefined : { packageName, versionName } }
}

/** By package the version that a thing says it runs. */
type Running = ReadonlyMap<string, string>

function isAlready(running: Running, named: DestinationPackageVersion | undefined): boolean {
  if (!named) return false
  const { packageName, versionName } = named
  return versionName === NO_VERSION ? !running.has(packageName) : running.get(packageName) === versionName
}

async function runningOf(
  iot: IoTClient,
  pace: Pace,
  thingNames: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Running[]> {
  const found: Running[] = []
  for (const queryString of queriesFor([...new Set(thingNames)])) {
    await pace.turn(signal)
    const { things = [] } = await iot.send(new SearchIndexCommand({ queryString, maxResults: 100 }))
    found.push(...things.map(({ shadow }) => reportedIn(shadow)))
  }
  return found
}

/** What stands in the shadows of a thing as the index gives them: a JSON text, with the named ones below `name`. */
function reportedIn(shadow: string | undefined): Running {
  // The index gives what the service has checked: of this shadow nothing but versions and attributes.
  const { name } = JSON.parse(shadow || '{}') as {
    name?: Readonly<Record<string, { reported?: Readonly<Record<string, { version?: string }>> } | undefined>>
  }
  return new Map(
    Object.entries(name?.[PACKAGE_SHADOW]?.reported ?? {}).flatMap(([packageName, { version }]) =>
      version === undefined ? [] : [[packageName, version] as const],
    ),
  )
}

/** The things of groups, or that a query finds; undefined: there are none beside those by name. */
function queryOf(targets: Asked['targets']): string | undefined {
  if ('query' in targets) return `(${targets.query})`
  const groups = targets.thingGroupNames.map((value) =>
    formatCondition({ field: 'thingGroupNames', operator: '=', value }),
  )
  return groups.length === 0 ? undefined : `(${groups.join(' OR ')})`
}

async function count(iot: IoTClient, query: string, named: DestinationPackageVersion | undefined): Promise<number> {
  if (!named) return 0
  const { packageName, versionName } = named
  const running =
    versionName === NO_VERSION ? `NOT ${versionQuery(packageName)}` : versionQuery(packageName, versionName)
  const { statistics } = await iot.send(new GetStatisticsCommand({ queryString: `${query} AND ${running}` }))
  return statistics?.count ?? 0
}
