import {
  GetBucketsAggregationCommand,
  GetCardinalityCommand,
  GetPercentilesCommand,
  GetStatisticsCommand,
  type IoTClient,
  SearchIndexCommand,
  type ThingDocument,
  type ThingIndexingConfiguration,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import type {
  FleetBuckets,
  FleetCount,
  FleetIndexStatus,
  FleetSample,
  FleetThing,
  FleetThingPage,
  TurnOnFleetIndex,
} from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { readFleetIndex, readThingIndexing } from '../../aws/fleet-index.ts'
import { whyUnread } from '../../aws/why-unread.ts'
import { fieldsOf, sampleOf, valuesOf } from './fleet-fields.ts'
import { type FleetFilter, type FleetPageRequest, formatQuery, matchesExactly } from './fleet-query.ts'
import { type JobFilter, thingsOfJob } from './job-things.ts'

/** A search may look through much of a fleet before it finds anything: for so long one request goes on by itself. */
const SEARCH_MS = 2_000

export interface BucketsRequest {
  readonly query?: string
  readonly field: string
  /** As the index has it; without it, no numbers are summed up. */
  readonly type?: 'Number' | 'String' | 'Boolean'
  readonly maxBuckets?: number
}

const DEFAULT_BUCKETS = 12
const PERCENTS = [5, 50, 95]
/** So many things tell which fields there are. */
const SAMPLE_SIZE = 50

/** The fleet as the index of AWS IoT knows it. Errors are AWS's own. */
export interface Fleet {
  status(): Promise<FleetIndexStatus>
  /** Turns the index on, or has it know more; what is indexed already stays so. */
  turnOn(more: TurnOnFleetIndex): Promise<FleetIndexStatus>
  search(filter: FleetFilter, page: FleetPageRequest): Promise<FleetThingPage>
  /** As {@link Fleet.search}, of things that have an execution for a job. */
  searchJob(job: JobFilter, filter: FleetFilter, page: FleetPageRequest): Promise<FleetThingPage>
  count(filter: FleetFilter): Promise<FleetCount>
  buckets(request: BucketsRequest): Promise<FleetBuckets>
  sample(query: string | undefined): Promise<FleetSample>
}

export function createFleet(iot: IoTClient): Fleet {
  return {
    status: () => readFleetIndex(iot),

    async turnOn(more) {
      // An update replaces the whole of this part, so that it repeats what is there; managed fields are AWS's own.
      const { managedFields: _, ...present } = (await readThingIndexing(iot)) ?? { thingIndexingMode: 'OFF' }
      const isOn = present.thingIndexingMode !== undefined && present.thingIndexingMode !== 'OFF'
      await iot.send(
        new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: withMore(isOn ? present : {}, more) }),
      )
      return readFleetIndex(iot)
    },

    async search(filter, { nextToken: start, maxResults, fields = [] }) {
      const queryString = formatQuery(filter)
      const untilMs = performance.now() + SEARCH_MS
      let nextToken = start
      for (;;) {
        const found = await iot.send(new SearchIndexCommand({ queryString, maxResults, nextToken }))
        const things = (found.things ?? [])
          .map((thing) => toFleetThing(thing, fields))
          .filter((thing) => matchesExactly(thing, filter))
        nextToken = found.nextToken
        if (things.length > 0 || nextToken === undefined || performance.now() > untilMs) {
          return { things, ...(nextToken !== undefined && { nextToken }) }
        }
      }
    },

    searchJob: (job, filter, page) =>
      thingsOfJob(iot, job, page, async (named) => {
        const queryString = formatQuery({ ...filter, ...named })
        const { things = [] } = await iot.send(new SearchIndexCommand({ queryString }))
        return things
          .map((thing) => toFleetThing(thing, page.fields ?? []))
          .filter((thing) => matchesExactly(thing, filter))
      }),

    async count(filter) {
      try {
        const { statistics } = await iot.send(new GetStatisticsCommand({ queryString: formatQuery(filter) }))
        return statistics?.count === undefined ? {} : { about: statistics.count }
      } catch (error) {
        // A total is a courtesy: where the operation is not there, or not allowed to the console, there is none.
        if (whyUnread(error)) return {}
        throw error
      }
    },

    async buckets({ query: queryString = '*', field: aggregationField, type, maxBuckets = DEFAULT_BUCKETS }) {
      const input = { queryString, aggregationField }
      const bucketsAggregationType = { termsAggregation: { maxBuckets } }
      // Side by side; what is told beside the buckets is a courtesy, as a total is.
      const [{ totalCount = 0, buckets = [] }, distinct, statistics, percentiles] = await Promise.all([
        iot.send(new GetBucketsAggregationCommand({ ...input, bucketsAggregationType })),
        orNothing(iot.send(new GetCardinalityCommand(input))),
        type === 'Number' ? orNothing(iot.send(new GetStatisticsCommand(input))) : undefined,
        type === 'Number'
          ? orNothing(iot.send(new GetPercentilesCommand({ ...input, percents: PERCENTS })))
          : undefined,
      ])
      const { count, minimum, average, maximum } = statistics?.statistics ?? {}
      return {
        about: totalCount,
        buckets: buckets.map(({ keyValue = '', count: things = 0 }) => ({ value: keyValue, count: things })),
        ...(distinct?.cardinality !== undefined && { distinct: distinct.cardinality }),
        ...(count && {
          statistics: {
            count,
            ...(minimum !== undefined && { minimum }),
            ...(average !== undefined && { average }),
            ...(maximum !== undefined && { maximum }),
            percentiles: (percentiles?.percentiles ?? []).flatMap(({ percent, value }) =>
              percent === undefined || value === undefined ? [] : { percent, value },
            ),
          },
        }),
      }
    },

    async sample(query = '*') {
      const { things = [] } = await iot.send(new SearchIndexCommand({ queryString: query, maxResults: SAMPLE_SIZE }))
      return { fields: sampleOf(things.map(fieldsOf)), lookedAt: things.length }
    },
  }
}

/** What is refused to the console, or not there, is not told. */
async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (whyUnread(error) || isNamed(error, 'InvalidAggregationException')) return undefined
    throw error
  }
}

/** The configuration with what is to be indexed too. Named shadows are those of before and the new ones. */
function withMore(present: Partial<ThingIndexingConfiguration>, more: TurnOnFleetIndex): ThingIndexingConfiguration {
  const { connectivity, shadows, namedShadows = [], violations, customFields = [] } = more
  const names = new Set([...(present.filter?.namedShadowNames ?? []), ...namedShadows])
  const isNew = ({ name }: { readonly name: string }) => !present.customFields?.some((field) => field.name === name)
  return {
    ...present,
    thingIndexingMode: shadows ? 'REGISTRY_AND_SHADOW' : (present.thingIndexingMode ?? 'REGISTRY'),
    ...(connectivity && { thingConnectivityIndexingMode: 'STATUS' }),
    ...(violations && { deviceDefenderIndexingMode: 'VIOLATIONS' }),
    ...(namedShadows.length > 0 && {
      namedShadowIndexingMode: 'ON',
      filter: { ...present.filter, namedShadowNames: [...names] },
    }),
    ...(customFields.length > 0 && {
      customFields: [...(present.customFields ?? []), ...customFields.filter(isNew)],
    }),
  }
}

function toFleetThing(thing: ThingDocument, fields: readonly string[]): FleetThing {
  const { connectivity } = thing
  const values = fields.length === 0 ? {} : valuesOf(fieldsOf(thing), fields)
  return {
    thingName: thing.thingName ?? '',
    ...(thing.thingTypeName && { thingTypeName: thing.thingTypeName }),
    attributes: thing.attributes ?? {},
    thingGroupNames: thing.thingGroupNames ?? [],
    ...(connectivity && {
      connectivity: {
        connected: connectivity.connected ?? false,
        ...(connectivity.timestamp && { changedAt: new Date(connectivity.timestamp).toISOString() }),
        ...(connectivity.disconnectReason &&
          !connectivity.connected && { disconnectReason: connectivity.disconnectReason }),
        ...(connectivity.clientId && { clientId: connectivity.clientId }),
      },
    }),
    ...(Object.keys(values).length > 0 && { values }),
  }
}
