import { GetRetainedMessageCommand, ListRetainedMessagesCommand, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import type { Area, Check } from '../check.ts'
import { connectByKeys } from '../device.ts'
import { sessionChecks } from './broker-sessions.ts'

const policyOf = (...statements: readonly [effect: 'Allow' | 'Deny', action: string, resources: string[]][]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Action, Resource]) => ({ Effect, Action, Resource })),
  })

const delivery: Check = {
  id: 'delivery',
  does: 'Messages at QoS 0 and 1 by filters with wildcards, in order, with the QoS that both sides agreed on',
  async run({ device, name, settled }) {
    const client = await device({ clientId: name('device') })
    const topic = name('dt')
    const granted = await client.subscribe([`${topic}/+/a`, `${topic}/one/#`], 1)
    await client.publish(`${topic}/one/a`, { n: 1 }, { qos: 1 })
    await client.publish(`${topic}/two/a`, { n: 2 }, { qos: 0 })
    await client.publish(`${topic}/two/b`, { n: 3 }, { qos: 1 })
    await client.publish(`${topic}/one`, { n: 4 }, { qos: 1 })
    await settled(client)
    const first = client.rest()
    await client.client.unsubscribeAsync([`${topic}/+/a`, `${topic}/one/#`])
    await client.subscribe(`${topic}/down`, 0)
    await client.publish(`${topic}/down`, 'at QoS 1', { qos: 1 })
    await client.publish(`${topic}/one/a`, { n: 5 }, { qos: 1 })
    await settled(client)
    const told = (messages: typeof first) =>
      messages
        .map(({ topic: at, payload, qos }) => [at, payload, qos])
        .toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
    return { granted, first: told(first), 'after unsubscribing': told(client.rest()) }
  },
}

const refusals: Check = {
  id: 'refusals',
  does: 'What a policy does not allow: CONNECT, PUBLISH, SUBSCRIBE and what is delivered, in MQTT 5 and 3.1.1',
  async run({ identity, device, connect, name, arn, settled }) {
    const topic = name('dt')
    const statement = policyOf(
      ['Allow', 'iot:Connect', [arn(`client/${name('device')}*`)]],
      ['Allow', 'iot:Publish', [arn(`topic/${topic}/*`), arn(`topic/${name('settled')}/*`)]],
      ['Allow', 'iot:Receive', [arn(`topic/${topic}/heard`), arn(`topic/${name('settled')}/*`)]],
      ['Allow', 'iot:Subscribe', [arn(`topicfilter/${topic}/*`), arn(`topicfilter/${name('settled')}/*`)]],
    )
    const own = await identity({ policy: statement })
    const client = await device({ identity: own, clientId: name('device') })
    const other = await connect(own, { clientId: name('other') })
    const other4 = await connect(own, { clientId: name('other'), protocolVersion: 4 })
    const subscribed = await client.subscribe(`${topic}/+`)
    await client.publish(`${topic}/heard`, 'heard')
    await client.publish(`${topic}/unheard`, 'unheard')
    await settled(client)
    const delivered = client.rest().map(({ topic: at }) => at)
    const filter = await client.subscribe(`${name('elsewhere')}/#`)
    const published = await client.publish(name('elsewhere'), 'refused')
    const older = await device({ identity: own, clientId: name('device4'), protocolVersion: 4 })
    const filter4 = await older.subscribe(`${name('elsewhere')}/#`)
    const published4 = await older.publish(name('elsewhere'), 'refused')
    return {
      'connect with another client id': other.isOpen ? 'open' : other.reasonCode,
      'the same in MQTT 3.1.1': other4.isOpen ? 'open' : other4.reasonCode,
      ...{ subscribed, delivered },
      'subscribe elsewhere': filter,
      'publish elsewhere': published,
      'subscribe elsewhere in MQTT 3.1.1': filter4,
      'publish elsewhere in MQTT 3.1.1': published4,
    }
  },
}

const retained: Check = {
  id: 'retained',
  does: 'A retained message: kept, delivered to who subscribes, listed, replaced and removed',
  async run({ device, data, name, note, settled, until }) {
    const topic = name('state')
    note('retained message', topic)
    const client = await device({ clientId: name('device') })
    await client.publish(topic, { n: 1 }, { retain: true, properties: { userProperties: { site: 'north' } } })
    await client.publish(topic, { n: 2 }, { retain: true })
    const kept = await until('the second is kept', async () => {
      const message = await data.send(new GetRetainedMessageCommand({ topic })).catch(() => undefined)
      return Buffer.from(message?.payload ?? []).toString() === '{"n":2}' ? message : undefined
    })
    await client.subscribe(topic)
    const first = await client.next(topic)
    await client.publish(topic, { n: 3 }, { retain: true })
    const while_ = await client.next(topic)
    const listed = await until('it is listed', async () => {
      const { retainedTopics = [] } = await data.send(new ListRetainedMessagesCommand({ maxResults: 200 }))
      return retainedTopics.find((each) => each.topic === topic)
    })
    await client.publish(topic, '', { retain: true })
    const removal = await client.next(topic)
    await client.client.unsubscribeAsync(topic)
    await client.subscribe(topic)
    await settled(client)
    return {
      kept: { qos: kept.qos, payload: kept.payload },
      listed: { qos: listed.qos, size: listed.payloadSize },
      ...{ first, 'while subscribed': while_, removal, 'after the removal': client.rest() },
    }
  },
}

const mqtt5: Check = {
  id: 'mqtt5',
  does: 'Properties of MQTT 5: what CONNACK says, what is passed on, and expiry',
  async run({ identity, device, connect, name }) {
    const own = await identity()
    await device({ identity: own, clientId: name('first') })
    const connection = await connect(own, { clientId: name('device'), keepalive: 10 })
    if (!connection.isOpen) throw new Error(connection.why)
    const topic = name('dt')
    const client = connection.device
    await client.subscribe(topic)
    await client.publish(topic, '{"t":1}', {
      properties: {
        contentType: 'application/json',
        responseTopic: `${topic}/answer`,
        correlationData: Buffer.from('7'),
        payloadFormatIndicator: true,
        messageExpiryInterval: 3_600,
        userProperties: { site: 'north' },
      },
    })
    const message = await client.next(topic)
    const { messageExpiryInterval, ...properties } = (message.properties ?? {}) as Record<string, unknown>
    const { assignedClientIdentifier: _none, ...connack } = connection.connack.properties as Record<string, unknown>
    return {
      ...{ connack, properties },
      // It is counted down while the message is under way.
      'the expiry is passed on': Number(messageExpiryInterval) > 3_500,
      'no subscribers': await client.publish(`${topic}/nobody`, 'x'),
    }
  },
}

const sharedSubscriptions: Check = {
  id: 'shared',
  does: 'Of a shared subscription one client gets each message',
  async run({ identity, device, name, settled }) {
    const own = await identity()
    const topic = name('dt')
    const members = [
      await device({ identity: own, clientId: name('one') }),
      await device({ identity: own, clientId: name('two') }),
    ]
    const granted = []
    for (const member of members) granted.push(await member.subscribe(`$share/group/${topic}`))
    const sender = await device({ identity: own, clientId: name('sender') })
    for (let count = 0; count < 10; count += 1) await sender.publish(topic, { count })
    for (const member of members) await settled(member)
    const got = members.flatMap((member) => member.rest().map(({ payload }) => payload))
    return { granted, 'each once': got.map((each) => JSON.stringify(each)).toSorted() }
  },
}

const limits: Check = {
  id: 'limits',
  does: 'Topics of more than seven slashes, more than 128 KiB, eight filters at once, and nobody who pings',
  async run({ identity, device, name, settled }) {
    const own = await identity()
    await device({ identity: own, clientId: name('first') })
    const attempt = async (suffix: string, use: (client: Awaited<ReturnType<typeof device>>) => Promise<unknown>) =>
      use(await device({ identity: own, clientId: name(suffix) }))
    const topic = name('dt')
    return {
      'eight levels': await attempt('eight', (client) => client.publish(`${topic}/2/3/4/5/6/7/8`, 'x')),
      'nine levels': await attempt('nine', (client) => client.publish(`${topic}/2/3/4/5/6/7/8/9`, 'x')),
      'a filter of nine levels': await attempt('filter', (client) => client.subscribe(`${topic}/2/3/4/5/6/7/8/9`)),
      'a topic of 257 bytes': await attempt('topic', (client) =>
        client.publish(`${topic}${'t'.repeat(257 - topic.length)}`, 'x'),
      ),
      '128 KiB': await attempt('large', async (client) => {
        await client.subscribe(topic)
        const code = await client.publish(topic, Buffer.alloc(128 * 1_024, 'x'))
        await settled(client)
        return [code, client.rest().map(({ payload }) => String(payload).length)]
      }),
      '129 KiB': await attempt('larger', (client) => client.publish(topic, Buffer.alloc(129 * 1_024, 'x'))),
      'eight filters': await attempt('filters', (client) =>
        client.subscribe(Array.from({ length: 8 }, (_, index) => `${topic}/${index}`)),
      ),
      'nine filters': await attempt('more', (client) =>
        client.subscribe(Array.from({ length: 9 }, (_, index) => `${topic}/${index}`)),
      ),
    }
  },
}

const webSocket: Check = {
  id: 'websocket',
  does: 'MQTT over WebSocket, signed by the keys of the caller, hears what a device says',
  async run({ device, iot, name, opened, target, counter }) {
    const clientId = name('page')
    const credentials = await iot.config.credentials()
    const connection = await opened(connectByKeys(target, credentials, { clientId }, counter))
    const wrong = { ...credentials, secretAccessKey: 'wrong' }
    const refused = await opened(connectByKeys(target, wrong, { clientId: name('wrong') }, counter))
    if (!connection.isOpen) throw new Error(connection.why)
    const topic = name('dt')
    const granted = await connection.device.subscribe(topic)
    const sender = await device({ clientId: name('device') })
    await sender.publish(topic, { t: 1 })
    return { granted, heard: await connection.device.next(topic), 'a wrong signature': refused.isOpen }
  },
}

const overHttps: Check = {
  id: 'publish',
  does: 'A message that is published by the API reaches a device with its properties',
  async run({ device, data, name, refused }) {
    const topic = name('cmd')
    const client = await device({ clientId: name('device') })
    await client.subscribe(topic)
    const userProperties = Buffer.from(JSON.stringify([{ site: 'north' }])).toString()
    await data.send(
      new PublishCommand({
        topic,
        qos: 1,
        payload: Buffer.from('{"on":true}'),
        contentType: 'application/json',
        userProperties,
      }),
    )
    return {
      heard: await client.next(topic),
      'a wildcard': await refused(data.send(new PublishCommand({ topic: `${topic}/#`, payload: Buffer.from('x') }))),
      'nine levels': await refused(
        data.send(new PublishCommand({ topic: `${topic}/2/3/4/5/6/7/8/9`, payload: Buffer.from('x') })),
      ),
    }
  },
}

export const broker: Area = {
  name: 'broker',
  checks: [delivery, refusals, retained, ...sessionChecks, mqtt5, sharedSubscriptions, limits, webSocket, overHttps],
}
