import {
  CreateDynamicThingGroupCommand,
  CreateThingCommand,
  DeleteDynamicThingGroupCommand,
  DeleteThingCommand,
  DescribeIndexCommand,
  GetIndexingConfigurationCommand,
  paginateListThingsInThingGroup,
  SearchIndexCommand,
  UpdateIndexingConfigurationCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { Finding } from '../attack.ts'
import { eventually } from '../patience.ts'
import type { Account, Clients } from '../visit.ts'
import type { Writer } from '../writers.ts'
import { compareSets } from './sets.ts'

const PREFIX = 'indexed-'
const GROUP = 'of-part-1'
/** What is there before: shadows are indexed so many at a time that it takes several steps. */
const FIRST = 60
const PARTS = ['0', '1', '2', 'changed']

/** Has things found by attribute, by shadow and by a dynamic group, while the index of them is made over and over. */
export class Searches implements Writer {
  /** The part that each thing has, by its name. */
  readonly #parts = new Map<string, string>()
  /** Of whose last change nobody knows: they are not compared. */
  readonly #doubtful = new Set<string>()
  #isRemaking = false

  async begin(account: Account): Promise<void> {
    await this.#on(account)
    const first = Array.from({ length: FIRST }, (_, index) => `${PREFIX}first-${index}`)
    for (const [index, thingName] of first.entries()) await this.#make(account, thingName, String(index % 3))
  }

  async write(clients: Clients, index: number): Promise<void> {
    await this.#make(clients, `${PREFIX}${index}`, String(index % 3))
    if (index % 3 === 2) await this.#change(clients, `${PREFIX}${index - 1}`)
    if (index % 5 === 4) await this.#delete(clients, `${PREFIX}${index - 2}`)
    if (index % 4 === 0) await this.#remake(clients)
  }

  async check(account: Account): Promise<void> {
    const { iot } = account
    const { thingIndexingConfiguration: now } = await iot.send(new GetIndexingConfigurationCommand({}))
    if (!this.#isRemaking && now?.thingIndexingMode !== 'REGISTRY_AND_SHADOW') {
      throw new Finding(`Things are indexed by ${now?.thingIndexingMode}, and were to be by REGISTRY_AND_SHADOW`)
    }
    if (this.#isRemaking) await this.#on(account)
    this.#isRemaking = false
    await eventually('the index is made', async () => {
      const { indexStatus } = await iot.send(new DescribeIndexCommand({ indexName: 'AWS_Things' }))
      return indexStatus === 'ACTIVE' || undefined
    })
    for (const part of PARTS) {
      this.#compare(`attributes.part:${part}`, part, await this.#search(account, `attributes.part:${part}`))
      const byShadow = `shadow.reported.part:${part}`
      this.#compare(byShadow, part, await this.#search(account, byShadow))
    }
    const members = new Set<string>()
    for await (const page of paginateListThingsInThingGroup(
      { client: iot, pageSize: 250 },
      { thingGroupName: GROUP },
    )) {
      for (const thing of page.things ?? []) members.add(thing)
    }
    this.#compare(`the group ${GROUP}`, '1', members)
  }

  get size(): number {
    return this.#parts.size
  }

  async #on({ iot }: Account): Promise<void> {
    const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY_AND_SHADOW' } as const
    await iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
    await iot.send(new CreateDynamicThingGroupCommand({ thingGroupName: GROUP, queryString: 'attributes.part:1' }))
  }

  async #remake(account: Account): Promise<void> {
    this.#isRemaking = true
    await account.iot.send(new DeleteDynamicThingGroupCommand({ thingGroupName: GROUP }))
    const thingIndexingConfiguration = { thingIndexingMode: 'OFF' } as const
    await account.iot.send(new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
    await this.#on(account)
    this.#isRemaking = false
  }

  async #make({ iot, data }: Account, thingName: string, part: string): Promise<void> {
    this.#doubtful.add(thingName)
    await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { part } } }))
    await data.send(new UpdateThingShadowCommand({ thingName, payload: reported(part) }))
    this.#parts.set(thingName, part)
    this.#doubtful.delete(thingName)
  }

  async #change({ iot, data }: Account, thingName: string): Promise<void> {
    if (!this.#parts.has(thingName)) return
    this.#doubtful.add(thingName)
    await iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes: { part: 'changed' } } }))
    await data.send(new UpdateThingShadowCommand({ thingName, payload: reported('changed') }))
    this.#parts.set(thingName, 'changed')
    this.#doubtful.delete(thingName)
  }

  async #delete({ iot }: Account, thingName: string): Promise<void> {
    if (!this.#parts.has(thingName)) return
    this.#doubtful.add(thingName)
    await iot.send(new DeleteThingCommand({ thingName }))
    this.#parts.delete(thingName)
    this.#doubtful.delete(thingName)
  }

  async #search({ iot }: Account, queryString: string): Promise<Set<string>> {
    const found = new Set<string>()
    for (let token: string | undefined; ; ) {
      const page = await iot.send(new SearchIndexCommand({ queryString, nextToken: token }))
      for (const { thingName = '' } of page.things ?? []) {
        if (found.has(thingName)) throw new Finding(`${queryString} finds ${thingName} twice`)
        found.add(thingName)
      }
      token = page.nextToken
      if (token === undefined) return found
    }
  }

  #compare(what: string, part: string, found: ReadonlySet<string>): void {
    const due = new Set([...this.#parts].filter(([, each]) => each === part).map(([thingName]) => thingName))
    const sure = { asked: due.union(this.#doubtful), acknowledged: due.difference(this.#doubtful) }
    compareSets(`things of ${what}`, found, sure)
  }
}

const reported = (part: string) => Buffer.from(JSON.stringify({ state: { reported: { part } } }))
