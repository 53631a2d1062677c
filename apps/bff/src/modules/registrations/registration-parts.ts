import {
  CreateBillingGroupCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeBillingGroupCommand,
  DescribeThingCommand,
  DescribeThingGroupCommand,
  DescribeThingTypeCommand,
  type IoTClient,
} from '@aws-sdk/client-iot'
import type { RegistrationPartFindings, RegistrationParts } from '@thingdeck/contract'
import { unlessGone } from '../../aws/unless-gone.ts'
import { someAtOnce } from '../../some-at-once.ts'

type Finding = RegistrationPartFindings['findings'][number]

/** Requests under way at once; AWS's answers take some tens of milliseconds. */
const CONCURRENCY = 4

/** What AWS IoT has of what things are to be made with. Errors are AWS's own. */
export class RegistrationPartsAws {
  readonly #iot: IoTClient
  readonly #turn: () => Promise<void>

  /** @param turn waits for one's turn before each request */
  constructor(iot: IoTClient, turn: () => Promise<void>) {
    this.#iot = iot
    this.#turn = turn
  }

  /** In the order of the names. */
  async takenNames(thingNames: readonly string[]): Promise<string[]> {
    const found = await this.#each(thingNames, async (thingName) => {
      const thing = await unlessGone(this.#iot.send(new DescribeThingCommand({ thingName })))
      return thing && thingName
    })
    return found.filter((name) => name !== undefined)
  }

  async findings({ thingTypeNames, thingGroupNames, billingGroupNames }: RegistrationParts): Promise<Finding[]> {
    const types = await this.#each(thingTypeNames, async (name): Promise<Finding | undefined> => {
      const type = await unlessGone(this.#iot.send(new DescribeThingTypeCommand({ thingTypeName: name })))
      if (!type) return { kind: 'thing-type', name, state: 'missing' }
      return type.thingTypeMetadata?.deprecated ? { kind: 'thing-type', name, state: 'deprecated' } : undefined
    })
    const groups = await this.#each(thingGroupNames, async (name): Promise<Finding | undefined> => {
      const group = await unlessGone(this.#iot.send(new DescribeThingGroupCommand({ thingGroupName: name })))
      if (!group) return { kind: 'thing-group', name, state: 'missing' }
      return group.queryString === undefined ? undefined : { kind: 'thing-group', name, state: 'dynamic' }
    })
    const billing = await this.#each(billingGroupNames, async (name): Promise<Finding | undefined> => {
      const group = await unlessGone(this.#iot.send(new DescribeBillingGroupCommand({ billingGroupName: name })))
      return group ? undefined : { kind: 'billing-group', name, state: 'missing' }
    })
    return [...types, ...groups, ...billing].filter((finding) => finding !== undefined)
  }

  /** Making what is there already, without properties, is no error of AWS's. */
  async create({ thingTypeNames, thingGroupNames, billingGroupNames }: RegistrationParts): Promise<void> {
    await this.#each(thingTypeNames, (thingTypeName) => this.#iot.send(new CreateThingTypeCommand({ thingTypeName })))
    await this.#each(thingGroupNames, (thingGroupName) =>
      this.#iot.send(new CreateThingGroupCommand({ thingGroupName })),
    )
    await this.#each(billingGroupNames, (billingGroupName) =>
      this.#iot.send(new CreateBillingGroupCommand({ billingGroupName })),
    )
  }

  /** Some at a time, each in its turn. */
  #each<Result>(names: readonly string[], ask: (name: string) => Promise<Result>): Promise<Result[]> {
    return someAtOnce(names, CONCURRENCY, async (name) => {
      await this.#turn()
      return ask(name)
    })
  }
}
