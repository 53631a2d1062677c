import { GetBucketsAggregationCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { ThingsCount } from '@thingdeck/contract'
import type { Clock } from '../clock.ts'
import { isNamed } from './error-name.ts'
import { KeptReads } from './kept-reads.ts'
import { whyUnread } from './why-unread.ts'

/** The most that AWS tells apart (AWS IoT API reference, TermsAggregation). */
const MOST_BUCKETS = 10_000
/** The most names that AWS gives at once (AWS IoT API reference, ListThings). */
export const COUNTED_PAGE = 250
/** What the index said serves everybody for so long; the index itself lags by more. */
const KEPT_MS = 5_000

type Counts = ReadonlyMap<string, number> | 'none'

/**
 * How many things there are of each value of a field, asked of the fleet index by one question for all values; where
 * there is no index, by the first page of a list.
 */
export class ThingCounts {
  readonly #iot: IoTClient
  readonly #field: string
  readonly #reads: KeptReads<Counts>

  /** @param field one that the index manages, as its list of managed fields spells it */
  constructor(iot: IoTClient, clock: Clock, field: 'registry.thingTypeName' | 'registry.thingGroupNames') {
    this.#iot = iot
    this.#field = field
    this.#reads = new KeptReads(clock, KEPT_MS)
  }

  /** @param listed the first {@link COUNTED_PAGE} of them, and whether there are more */
  async of(value: string, listed: () => Promise<ThingsCount>): Promise<ThingsCount> {
    const counts = await this.#reads.read('all', () => this.#read())
    if (counts === 'none') return listed()
    const count = counts.get(value)
    // Where there are as many values as AWS tells apart, what is not among them may be one more.
    if (count === undefined && counts.size >= MOST_BUCKETS) return listed()
    return { count: count ?? 0, isAtLeast: false }
  }

  async #read(): Promise<Counts> {
    try {
      const { buckets = [] } = await this.#iot.send(
        new GetBucketsAggregationCommand({
          queryString: '*',
          aggregationField: this.#field,
          bucketsAggregationType: { termsAggregation: { maxBuckets: MOST_BUCKETS } },
        }),
      )
      return new Map(buckets.map(({ keyValue = '', count = 0 }) => [keyValue, count]))
    } catch (error) {
      // An index that is off, or being built, or that the console may not ask.
      if (whyUnread(error) || isNamed(error, 'ResourceNotFoundException', 'IndexNotReadyException')) return 'none'
      throw error
    }
  }
}

/** As far as one page of names tells. */
export const countOf = (names: readonly unknown[] = [], nextToken: string | undefined): ThingsCount => ({
  count: names.length,
  isAtLeast: nextToken !== undefined && nextToken !== '',
})
