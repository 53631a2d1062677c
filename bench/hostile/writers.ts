import {
  CreatePolicyCommand,
  CreateThingCommand,
  DeletePolicyCommand,
  DeleteThingCommand,
  paginateListPolicies,
  paginateListThings,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import {
  GetRetainedMessageCommand,
  GetThingShadowCommand,
  ListSubscriptionsCommand,
  paginateListRetainedMessages,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { Ledger } from './ledger.ts'
import { type Account, type Clients, FICKLE } from './visit.ts'

/** One kind of write, over and over. */
export interface Writer {
  /** What it needs of an account that is new. */
  begin?(account: Account): Promise<void>
  /** `index` goes on from round to round. */
  write(clients: Clients, index: number): Promise<void>
  /** @throws {Finding} where the server lost or invented something */
  check(account: Account): Promise<void>
  /** Lets go of what {@link begin} took on this side. */
  end?(): void
  /** How much there is to compare: a comparison of nothing shows nothing. */
  readonly size: number
}

/** A policy that nothing follows from. */
export const NO_RIGHTS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'iot:*', Resource: '*' }],
})

/** Creates two things, changes one of them and deletes the other. */
function things(): Writer {
  const ledger = new Ledger('things')
  return {
    write: async ({ iot }, index) => {
      const thingName = `thing-${index - (index % 4)}-${index % 4 === 1 || index % 4 === 3}`
      const attributes = { index: String(index) }
      const value = index % 4 === 3 ? undefined : JSON.stringify(attributes)
      // A creation that was not answered may not have happened.
      if (index % 4 >= 2 && ledger.get(thingName) === undefined) return
      await ledger.write(thingName, value, async () => {
        if (value === undefined) await iot.send(new DeleteThingCommand({ thingName }))
        else if (index % 4 === 2)
          await iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes } }))
        else await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }))
      })
    },
    check: async ({ iot }) => {
      const found = new Map<string, string>()
      for await (const page of paginateListThings({ client: iot, pageSize: 250 }, {})) {
        for (const { thingName = '', attributes } of page.things ?? []) found.set(thingName, JSON.stringify(attributes))
      }
      ledger.compare(found)
    },
    get size() {
      return ledger.size
    },
  }
}

/** Creates policies and deletes every second one. */
function policies(): Writer {
  const ledger = new Ledger('policies')
  const isOwn = (name: string) => name.startsWith('kept-')
  return {
    write: async ({ iot }, index) => {
      const isDeletion = index % 3 === 2
      const policyName = `kept-${isDeletion ? index - 1 : index}`
      if (isDeletion && ledger.get(policyName) === undefined) return
      await ledger.write(policyName, isDeletion ? undefined : 'there', () =>
        isDeletion
          ? iot.send(new DeletePolicyCommand({ policyName }))
          : iot.send(new CreatePolicyCommand({ policyName, policyDocument: NO_RIGHTS })),
      )
    },
    check: async ({ iot }) => {
      const found = new Map<string, string>()
      for await (const page of paginateListPolicies({ client: iot, pageSize: 250 }, {})) {
        for (const { policyName = '' } of page.policies ?? []) if (isOwn(policyName)) found.set(policyName, 'there')
      }
      ledger.compare(found)
    },
    get size() {
      return ledger.size
    },
  }
}

/** Counts in one shadow, whose version counts with it. */
function shadow(): Writer {
  const ledger = new Ledger('shadow')
  const thingName = 'shadowed'
  return {
    write: async ({ data }, index) => {
      const version = Number(ledger.get('version') ?? 0) + 1
      const payload = Buffer.from(JSON.stringify({ state: { reported: { index } } }))
      // Version and value move together: the ledger holds one, the other is derived from it.
      await ledger.write('version', String(version), async () => {
        const answer = await data.send(new UpdateThingShadowCommand({ thingName, payload }))
        const accepted = JSON.parse(Buffer.from(answer.payload ?? []).toString())
        if (accepted.version !== version)
          throw new Error(`Version ${accepted.version} was given where ${version} is due`)
      })
    },
    check: async ({ data }) => {
      const { payload } = await data.send(new GetThingShadowCommand({ thingName }))
      const { version } = JSON.parse(Buffer.from(payload ?? []).toString())
      ledger.compare(new Map([['version', String(version)]]))
    },
    get size() {
      return ledger.size
    },
  }
}

/** Replaces the retained messages of five topics, and removes one now and then. */
function retained(): Writer {
  const ledger = new Ledger('retained messages')
  return {
    write: async ({ publisher }, index) => {
      const topic = `retained/${index % 5}`
      const value = index % 7 === 6 ? undefined : String(index)
      await ledger.write(topic, value, () => publisher.publishAsync(topic, value ?? '', { qos: 1, retain: true }))
    },
    check: async ({ data }) => {
      const found = new Map<string, string>()
      for await (const page of paginateListRetainedMessages({ client: data }, {})) {
        for (const { topic = '' } of page.retainedTopics ?? []) {
          const { payload } = await data.send(new GetRetainedMessageCommand({ topic }))
          found.set(topic, Buffer.from(payload ?? []).toString())
        }
      }
      ledger.compare(found)
    },
    get size() {
      return ledger.size
    },
  }
}

/** Subscribes a persistent session to a filter and ends the subscription before. */
function subscriptions(): Writer {
  const ledger = new Ledger('subscriptions')
  return {
    write: async ({ fickle }, index) => {
      const isEnd = index % 2 === 1
      const filter = `kept/${isEnd ? index - 3 : index}/+`
      if (isEnd && ledger.get(filter) === undefined) return
      await ledger.write(filter, isEnd ? undefined : '1', () =>
        isEnd ? fickle.unsubscribeAsync(filter) : fickle.subscribeAsync(filter, { qos: 1 }),
      )
    },
    check: async ({ data }) => {
      const { subscriptions } = await data.send(new ListSubscriptionsCommand({ clientId: FICKLE }))
      ledger.compare(new Map((subscriptions ?? []).map(({ topicFilter = '', qos }) => [topicFilter, String(qos)])))
    },
    get size() {
      return ledger.size
    },
  }
}

export const WRITERS: readonly (() => Writer)[] = [things, policies, shadow, retained, subscriptions]
