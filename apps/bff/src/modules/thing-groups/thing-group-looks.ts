import { type IoTClient, ListThingGroupsCommand } from '@aws-sdk/client-iot'
import type { ThingGroupLook } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { Pace } from '../../aws/pace.ts'
import { SharedReads } from '../../aws/shared-reads.ts'
import { COUNTED_PAGE, countOf, ThingCounts } from '../../aws/thing-counts.ts'
import type { Clock } from '../../clock.ts'
import type { ThingGroups } from './thing-groups.ts'

/** AWS takes 10 ListThingGroups a second of an account: some are left to others. */
const LOOKS_PER_SECOND = 8

/** Asks AWS for what a tree says of its groups, one after the other; who asks for the same at once shares an answer. */
export class ThingGroupLooks {
  readonly #iot: IoTClient
  readonly #groups: ThingGroups
  readonly #pace: Pace
  readonly #counts: ThingCounts
  readonly #shared = new SharedReads<ThingGroupLook | undefined>()

  constructor(iot: IoTClient, groups: ThingGroups, clock: Clock) {
    this.#iot = iot
    this.#groups = groups
    this.#pace = new Pace(clock, LOOKS_PER_SECOND)
    this.#counts = new ThingCounts(iot, clock, 'registry.thingGroupNames')
  }

  /** In the order of the names, without those that are gone. Errors are AWS's own. */
  async of(thingGroupNames: readonly string[]): Promise<ThingGroupLook[]> {
    const looks = thingGroupNames.map((name) => this.#shared.read(name, (signal) => this.#read(name, signal)))
    return (await Promise.all(looks)).filter((look) => look !== undefined)
  }

  async #read(thingGroupName: string, signal: AbortSignal): Promise<ThingGroupLook | undefined> {
    await this.#pace.turn(signal)
    try {
      const group = await this.#groups.find(thingGroupName)
      const { description, parents, queryString, status } = group
      const [hasChildren, things] = await Promise.all([
        queryString === undefined && this.#hasChildren(thingGroupName),
        this.#counts.of(thingGroupName, async () => {
          const page = { recursive: queryString === undefined, maxResults: COUNTED_PAGE }
          const { thingNames, nextToken } = await this.#groups.things(thingGroupName, page)
          return countOf(thingNames, nextToken)
        }),
      ])
      return {
        thingGroupName,
        parents,
        hasChildren,
        things,
        ...(description !== undefined && { description }),
        ...(queryString !== undefined && { queryString }),
        ...(status !== undefined && { status }),
      }
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return undefined
      throw error
    }
  }

  async #hasChildren(parentGroup: string): Promise<boolean> {
    const { thingGroups = [] } = await this.#iot.send(new ListThingGroupsCommand({ parentGroup, maxResults: 1 }))
    return thingGroups.length > 0
  }
}
