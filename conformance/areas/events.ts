import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import type { RunContext } from '../context.ts'

const policyOf = ({ arn, name }: RunContext, topics: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${name('')}*`) },
      { Effect: 'Allow', Action: 'iot:Receive', Resource: topics.map((topic) => arn(`topic/${topic}`)) },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: topics.map((topic) => arn(`topicfilter/${topic}`)) },
    ],
  })

const lifecycle: Check = {
  id: 'lifecycle',
  does: 'What is published of a client that connects, subscribes and goes',
  async run(context) {
    const { identity, device, name } = context
    const clientId = name('device')
    const events = [
      'presence/connected',
      'subscriptions/subscribed',
      'subscriptions/unsubscribed',
      'presence/disconnected',
    ]
    const topics = events.map((event) => `$aws/events/${event}/${clientId}`)
    const hearer = await device({
      identity: await identity({ policy: policyOf(context, topics) }),
      clientId: name('hearer'),
    })
    const granted = await hearer.subscribe(topics)
    const connected = await device({ clientId })
    const [on, subscribed, unsubscribed, off] = topics as [string, string, string, string]
    const observed: Record<string, unknown> = { granted, connected: told(await hearer.payload(on)) }
    await connected.subscribe(name('topic'))
    observed.subscribed = told(await hearer.payload(subscribed))
    await connected.client.unsubscribeAsync(name('topic'))
    observed.unsubscribed = told(await hearer.payload(unsubscribed))
    await connected.client.endAsync()
    observed.disconnected = told(await hearer.payload(off))
    return observed
  },
}

/** Where the client came from and how its session is called is its own. */
function told(payload: unknown): unknown {
  const { ipAddress, versionNumber, sessionIdentifier, ...rest } = payload as Record<string, unknown>
  return {
    ...rest,
    sessionIdentifier: typeof sessionIdentifier,
    ipAddress: typeof ipAddress,
    versionNumber: typeof versionNumber,
  }
}

const registryEvents: Check = {
  id: 'registry',
  does: 'What is published of a thing that is made, changed and deleted, where the account has these events on',
  async lacks({ iot: client }) {
    const { eventConfigurations = {} } = await client.send(new iot.DescribeEventConfigurationsCommand({}))
    return eventConfigurations.THING?.Enabled ? undefined : 'The account does not publish events of things'
  },
  async run(context) {
    const { iot: client, identity, device, name } = context
    const thingName = name('pump')
    const topics = ['created', 'updated', 'deleted'].map((event) => `$aws/events/thing/${thingName}/${event}`)
    const hearer = await device({
      identity: await identity({ policy: policyOf(context, topics) }),
      clientId: name('hearer'),
    })
    await hearer.subscribe(topics)
    const [created, updated, deleted] = topics as [string, string, string]
    await client.send(new iot.CreateThingCommand({ thingName }))
    const first = await hearer.payload(created)
    await client.send(new iot.UpdateThingCommand({ thingName, attributePayload: { attributes: { line: '7' } } }))
    const second = await hearer.payload(updated)
    await client.send(new iot.DeleteThingCommand({ thingName }))
    return { created: first, updated: second, deleted: await hearer.payload(deleted) }
  },
}

export const events: Area = { name: 'events', checks: [lifecycle, registryEvents] }
