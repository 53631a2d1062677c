import { GetBucketsAggregationCommand, GetStatisticsCommand, type IoTClient } from '@aws-sdk/client-iot'
import { type PackageLook, type PackageThings, packageVersionField } from '@thingdeck/contract'
import { readThingIndexing } from '../../aws/fleet-index.ts'
import { KeptReads } from '../../aws/kept-reads.ts'
import { type Counted, orUncounted, packageIndex, versionQuery } from '../../aws/package-versions.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import type { Clock } from '../../clock.ts'
import type { Packages } from './packages.ts'
import type { Versions } from './versions.ts'

/** What the index said serves everybody for so long; the index itself lags by more. */
const KEPT_MS = 5_000
/** Where the index does not tell versions apart by itself, it is asked for each of so many. */
const MOST_ASKED = 50
/** So many versions the index tells apart in one answer. */
const MOST_BUCKETS = 1_000
/** The most that AWS lists at once (AWS IoT API reference, ListPackageVersions). */
const PAGE_SIZE = 100

/** Which things run what, as they say it in their shadow `$package` and the fleet index has it. */
export class RunningThings {
  readonly #iot: IoTClient
  readonly #packages: Pick<Packages, 'get'>
  readonly #versions: Pick<Versions, 'list'>
  readonly #index: KeptReads<Counted>
  readonly #counts: KeptReads<number>
  readonly #things: KeptReads<PackageThings>

  constructor(iot: IoTClient, clock: Clock, packages: Pick<Packages, 'get'>, versions: Pick<Versions, 'list'>) {
    this.#iot = iot
    this.#packages = packages
    this.#versions = versions
    this.#index = new KeptReads(clock, KEPT_MS)
    this.#counts = new KeptReads(clock, KEPT_MS, 256)
    this.#things = new KeptReads(clock, KEPT_MS, 64)
  }

  /** What a list says of a package; undefined where it is gone. Errors are AWS's own. */
  async look(packageName: string): Promise<PackageLook | undefined> {
    const found = await unlessGone(this.#packages.get(packageName))
    if (!found) return undefined
    const { description, defaultVersionName } = found
    const [{ versions, nextToken }, things] = await Promise.all([
      this.#versions.list(packageName, { maxResults: PAGE_SIZE }),
      this.#sums(packageName, defaultVersionName),
    ])
    return {
      packageName,
      ...(description !== undefined && { description }),
      versions: { count: versions.length, isAtLeast: nextToken !== undefined },
      ...things,
    }
  }

  /** How the things that run a package are spread over its versions. Errors are AWS's own. */
  async of(packageName: string): Promise<PackageThings> {
    return this.#things.read(packageName, async () => {
      const counted = await orUncounted(() => this.#spread(packageName))
      return { versions: [], isAll: false, ...counted }
    })
  }

  async #sums(packageName: string, defaultVersionName: string | undefined) {
    return orUncounted(async () => {
      const index = await this.#indexed()
      if (index.outcome !== 'counted') return index
      const [things, onDefault] = await Promise.all([
        this.#count(versionQuery(packageName)),
        defaultVersionName === undefined ? undefined : this.#count(versionQuery(packageName, defaultVersionName)),
      ])
      return { ...index, things, ...(onDefault !== undefined && { onDefault }) }
    })
  }

  async #spread(packageName: string) {
    const index = await this.#indexed()
    if (index.outcome !== 'counted') return index
    const about = await this.#count(versionQuery(packageName))
    if (about === 0) return { ...index, about, versions: [], isAll: true }
    return {
      ...index,
      about,
      ...((await this.#isTold(packageName)) ? await this.#told(packageName) : await this.#asked(packageName)),
    }
  }

  /**
   * Whether the index tells the versions of a package apart by itself: for that it needs a custom field for each package
   * (AWS IoT developer guide, "Collecting package version distribution through getBucketsAggregation").
   */
  async #isTold(packageName: string): Promise<boolean> {
    const { customFields = [] } = (await readThingIndexing(this.#iot)) ?? {}
    return customFields.some(({ name, type }) => name === packageVersionField(packageName) && type === 'String')
  }

  async #told(packageName: string): Promise<Pick<PackageThings, 'versions' | 'isAll'>> {
    const { buckets = [] } = await this.#iot.send(
      new GetBucketsAggregationCommand({
        queryString: versionQuery(packageName),
        aggregationField: packageVersionField(packageName),
        bucketsAggregationType: { termsAggregation: { maxBuckets: MOST_BUCKETS } },
      }),
    )
    const versions = buckets.map(({ keyValue = '', count = 0 }) => ({ versionName: keyValue, count }))
    return { versions: byCount(versions), isAll: buckets.length < MOST_BUCKETS }
  }

  async #asked(packageName: string): Promise<Pick<PackageThings, 'versions' | 'isAll'>> {
    const { versions, nextToken } = await this.#versions.list(packageName, { maxResults: PAGE_SIZE })
    const names = versions.map(({ versionName }) => versionName).slice(-MOST_ASKED)
    const counts = await Promise.all(
      names.map(async (versionName) => ({
        versionName,
        count: await this.#count(versionQuery(packageName, versionName)),
      })),
    )
    return {
      versions: byCount(counts.filter(({ count }) => count > 0)),
      isAll: nextToken === undefined && names.length === versions.length,
    }
  }

  #indexed(): Promise<Counted> {
    return this.#index.read('index', () => packageIndex(this.#iot))
  }

  #count(queryString: string): Promise<number> {
    return this.#counts.read(queryString, async () => {
      const { statistics } = await this.#iot.send(new GetStatisticsCommand({ queryString }))
      return statistics?.count ?? 0
    })
  }
}

const byCount = (versions: PackageThings['versions']): PackageThings['versions'] =>
  versions.toSorted((one, other) => other.count - one.count || (one.versionName < other.versionName ? -1 : 1))
