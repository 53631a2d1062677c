import type { Check } from '../check.ts'

const sessions: Check = {
  id: 'sessions',
  does: 'A persistent session keeps subscriptions and QoS 1 messages, and is not there after a clean start',
  async run({ identity, device, connect, name, settled }) {
    const own = await identity()
    const clientId = name('keeper')
    const topic = name('cmd')
    const persistent = { clientId, clean: false, properties: { sessionExpiryInterval: 300 } }
    const sender = await device({ identity: own, clientId: name('sender') })
    const first = await device({ identity: own, ...persistent })
    await first.subscribe([`${topic}/one`, `${topic}/zero`], 1)
    await first.client.endAsync()
    await sender.publish(`${topic}/one`, 'kept', { qos: 1 })
    await sender.publish(`${topic}/zero`, 'not kept', { qos: 0 })
    await settled(sender)
    const second = await connect(own, persistent)
    if (!second.isOpen) throw new Error(second.why)
    const kept = await second.device.next(`${topic}/one`)
    await settled(second.device)
    const rest = second.device.rest()
    await second.device.client.endAsync()
    const third = await connect(own, { clientId, clean: true })
    if (!third.isOpen) throw new Error(third.why)
    await sender.publish(`${topic}/one`, 'for nobody', { qos: 1 })
    await settled(third.device)
    return {
      ...{ kept, rest },
      'the session is there': second.connack.sessionPresent,
      'after a clean start': [third.connack.sessionPresent, third.device.rest()],
    }
  },
}

const takeover: Check = {
  id: 'takeover',
  does: 'A client id that connects again ends the connection before',
  async run({ identity, device, connect, name }) {
    const own = await identity()
    const clientId = name('device')
    const first = await device({ identity: own, clientId })
    const older = await device({ identity: own, clientId: name('older'), protocolVersion: 4 })
    const second = await connect(own, { clientId })
    await connect(own, { clientId: name('older'), protocolVersion: 4 })
    return {
      second: second.isOpen,
      'reason of the first': await first.closed(),
      'reason in MQTT 3.1.1': (await older.closed()) ?? 'none',
    }
  },
}

const wills: Check = {
  id: 'wills',
  does: 'A will is published when a connection is cut, and not after DISCONNECT',
  async run({ identity, device, name, settled }) {
    const own = await identity()
    const topic = name('will')
    const hearer = await device({ identity: own, clientId: name('hearer') })
    await hearer.subscribe([`${topic}/cut`, `${topic}/over`])
    const will = (suffix: string) => ({
      topic: `${topic}/${suffix}`,
      payload: Buffer.from('gone'),
      qos: 1 as const,
      retain: false,
    })
    const cut = await device({ identity: own, clientId: name('cut'), will: will('cut') })
    const over = await device({ identity: own, clientId: name('over'), will: will('over') })
    await over.client.endAsync()
    cut.client.stream.destroy()
    const heard = await hearer.next(`${topic}/cut`)
    await settled(hearer)
    return { heard, rest: hearer.rest() }
  },
}

/** Of the area `broker`: what outlives a connection, and how one ends. */
export const sessionChecks: readonly Check[] = [sessions, takeover, wills]
