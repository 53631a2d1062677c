import type { RegistrySearchPage, Thing } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import type { Things } from '../../aws/things.ts'
import { type FleetFilter, matchesExactly } from './fleet-query.ts'

/** At most so many things are looked through: eight calls of ListThings, of which AWS allows ten a second. */
const MOST_THINGS = 2_000
const PAGE_SIZE = 250 // AWS IoT API reference, ListThings
const DEFAULT_RESULTS = 50
/** What was read serves every search for so long, so that typing a name costs one reading. */
const KEPT_MS = 10_000

/** What the registry can be searched by; groups and connections are not in it. */
export type RegistryFilter = Omit<FleetFilter, 'thingGroupName' | 'connected'>

export interface RegistryPageRequest {
  readonly nextToken?: string
  readonly maxResults?: number
}

/** Searching without a fleet index: by looking through the beginning of the registry. Errors are AWS's own. */
export interface RegistrySearch {
  search(filter: RegistryFilter, page: RegistryPageRequest): Promise<RegistrySearchPage>
}

interface Beginning {
  /** By name, so that a name can say where a page begins. */
  readonly things: readonly Thing[]
  readonly isAll: boolean
}

/** @param now a clock in ms that never goes back */
export function createRegistrySearch(
  things: Pick<Things, 'list' | 'describe'>,
  now: () => number = () => performance.now(),
): RegistrySearch {
  let reading: { readonly beginning: Promise<Beginning>; untilMs: number } | undefined

  async function read(): Promise<Beginning> {
    const found: Thing[] = []
    let nextToken: string | undefined
    do {
      const page = await things.list({ maxResults: PAGE_SIZE, ...(nextToken === undefined ? {} : { nextToken }) })
      found.push(...page.things)
      nextToken = page.nextToken
    } while (nextToken !== undefined && found.length < MOST_THINGS)
    return { things: found.sort(byName), isAll: nextToken === undefined }
  }

  /** One reading at a time, whoever searches; one that failed is not kept. */
  function beginning(): Promise<Beginning> {
    if (reading && now() < reading.untilMs) return reading.beginning
    const begun = { beginning: read(), untilMs: Number.POSITIVE_INFINITY }
    reading = begun
    begun.beginning.then(
      () => {
        begun.untilMs = now() + KEPT_MS
      },
      () => {
        if (reading === begun) reading = undefined
      },
    )
    return begun.beginning
  }

  async function named(thingName: string): Promise<Thing[]> {
    try {
      const { thingArn, thingTypeName, attributes, version } = await things.describe(thingName)
      return [{ thingName, thingArn, ...(thingTypeName !== undefined && { thingTypeName }), attributes, version }]
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return []
      throw error
    }
  }

  return {
    async search(filter, { nextToken = '', maxResults = DEFAULT_RESULTS }) {
      if (filter.name !== undefined) return { things: (await named(filter.name)).filter((each) => holds(each, filter)) }
      const { things: all, isAll } = await beginning()
      const matching = all.filter((each) => holds(each, filter))
      // Whoever writes a whole name means that thing, wherever in the registry, and as young as it may be.
      const whole = filter.namePrefix ?? filter.nameContains
      if (whole !== undefined && !matching.some(({ thingName }) => thingName === whole)) {
        matching.push(...(await named(whole)).filter((each) => holds(each, filter)))
        matching.sort(byName)
      }
      const rest = matching.filter(({ thingName }) => thingName > nextToken)
      const page = rest.slice(0, maxResults)
      const last = page.at(-1)
      return {
        things: page,
        ...(rest.length > page.length && last && { nextToken: last.thingName }),
        ...(!isAll && { onlyFirst: all.length }),
      }
    },
  }
}

const byName = (a: Thing, b: Thing): number => (a.thingName < b.thingName ? -1 : 1)

/** As in the fleet index, case does not count. */
function holds(thing: Thing, filter: RegistryFilter): boolean {
  const name = thing.thingName.toLowerCase()
  return (
    name.startsWith(filter.namePrefix?.toLowerCase() ?? '') &&
    name.includes(filter.nameContains?.toLowerCase() ?? '') &&
    (filter.thingTypeName === undefined || thing.thingTypeName?.toLowerCase() === filter.thingTypeName.toLowerCase()) &&
    matchesExactly(thing, filter)
  )
}
