import { CreateThingCommand } from '@aws-sdk/client-iot'
import {
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  ListNamedShadowsForThingCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import type { Area, Check } from '../check.ts'

const overRest: Check = {
  id: 'rest',
  does: "A shadow over REST: versions, conflicts, null, sections, and AWS's words for what is no update",
  async run({ data, iot, name, refused }) {
    const thingName = name('pump')
    await iot.send(new CreateThingCommand({ thingName }))
    const update = (document: unknown) => {
      const payload = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
      return data.send(new UpdateThingShadowCommand({ thingName, payload }))
    }
    const none = await refused(data.send(new GetThingShadowCommand({ thingName })))
    const first = await update({
      state: { desired: { on: true, level: 3 }, reported: { on: false } },
      clientToken: 'a',
    })
    const document = await data.send(new GetThingShadowCommand({ thingName }))
    const second = await update({ state: { desired: { level: null } }, version: 1 })
    const conflict = await refused(update({ state: { desired: { on: false } }, version: 1 }))
    await update({ state: { desired: null } })
    const cleared = await data.send(new GetThingShadowCommand({ thingName }))
    const deep = Array.from({ length: 9 }).reduce<object>((inner) => ({ a: inner }), {})
    const refusals = {
      'no JSON': await refused(update('{')),
      'no state': await refused(update({})),
      'a state that is no object': await refused(update({ state: 1 })),
      'desired that is no object': await refused(update({ state: { desired: 1 } })),
      'reported that is no object': await refused(update({ state: { reported: 1 } })),
      'a section that is none': await refused(update({ state: { wanted: {} } })),
      'a version that is no number': await refused(update({ state: {}, version: 'x' })),
      'a client token of 65 bytes': await refused(update({ state: {}, clientToken: 'c'.repeat(65) })),
      'nine levels': await refused(update({ state: { desired: deep } })),
      'more than 8 KB': await refused(update({ state: { desired: { a: 'x'.repeat(9_000) } } })),
    }
    const deleted = await data.send(new DeleteThingShadowCommand({ thingName }))
    const again = await update({ state: { desired: { on: true } } })
    const text = ({ payload }: { payload?: Uint8Array | undefined }) => payload
    return {
      ...{ none, first: text(first), document: text(document), second: text(second), conflict, refusals },
      ...{ cleared: text(cleared), deleted: text(deleted), 'after the deletion': text(again) },
    }
  },
}

const overMqtt: Check = {
  id: 'mqtt',
  does: 'A shadow over MQTT: accepted, delta, documents, rejected with code and message, get and delete',
  async run({ device, iot, name, settled }) {
    const thingName = name('pump')
    await iot.send(new CreateThingCommand({ thingName }))
    const client = await device({ clientId: name('pump') })
    const shadow = `$aws/things/${thingName}/shadow`
    await client.subscribe([`${shadow}/get/+`, `${shadow}/update/+`, `${shadow}/delete/+`])
    const answers = async (topic: string, payload: object | string, ...tails: string[]) => {
      await client.publish(`${shadow}/${topic}`, payload)
      const heard: Record<string, unknown> = {}
      for (const tail of tails) heard[tail] = await client.payload(`${shadow}/${topic}/${tail}`)
      return heard
    }
    const rejected = (payload: object | string) => answers('update', payload, 'rejected')
    const observations = {
      'get of none': await answers('get', '', 'rejected'),
      'desired and reported': await answers(
        'update',
        { state: { desired: { on: true, l: [1] }, reported: { on: false } }, clientToken: 't' },
        ...['accepted', 'documents', 'delta'],
      ),
      reported: await answers('update', { state: { reported: { on: true, l: [1] } } }, 'accepted', 'documents'),
      get: await answers('get', { clientToken: 'g' }, 'accepted'),
      conflict: await rejected({ state: { desired: { on: false } }, version: 1, clientToken: 'c' }),
      'no JSON': await rejected('{'),
      'no state': await rejected({ clientToken: 'n' }),
      'a state that is no object': await rejected({ state: [] }),
      'a section that is none': await rejected({ state: { wanted: {} } }),
      'a client token that is none': await rejected({ state: {}, clientToken: 'c'.repeat(65) }),
      'more than 8 KB': await rejected({ state: { desired: { a: 'x'.repeat(9_000) } } }),
      delete: await answers('delete', { clientToken: 'd' }, 'accepted'),
      'delete of none': await answers('delete', '', 'rejected'),
    }
    await settled(client)
    return { ...observations, rest: client.rest().map(({ topic }) => topic) }
  },
}

const named: Check = {
  id: 'named',
  does: 'Named shadows: their topics, their list, and names that are none',
  async run({ data, device, iot, name, refused, until }) {
    const thingName = name('pump')
    await iot.send(new CreateThingCommand({ thingName }))
    const client = await device({ clientId: name('pump') })
    const shadow = `$aws/things/${thingName}/shadow/name/config`
    await client.subscribe([`${shadow}/update/accepted`, `${shadow}/update/delta`])
    const payload = Buffer.from('{"state":{"desired":{"unit":"bar"}}}')
    await data.send(new UpdateThingShadowCommand({ thingName, shadowName: 'config', payload }))
    const accepted = await client.payload(`${shadow}/update/accepted`)
    const delta = await client.payload(`${shadow}/update/delta`)
    await data.send(new UpdateThingShadowCommand({ thingName, shadowName: 'other', payload }))
    const listed = await until('two are listed', async () => {
      const { results = [] } = await data.send(new ListNamedShadowsForThingCommand({ thingName }))
      return results.length === 2 ? results : undefined
    })
    await data.send(new DeleteThingShadowCommand({ thingName, shadowName: 'other' }))
    return {
      ...{ accepted, delta, listed: listed.toSorted() },
      'none of this name': await refused(data.send(new GetThingShadowCommand({ thingName, shadowName: 'other' }))),
      'a name with a blank': await refused(data.send(new GetThingShadowCommand({ thingName, shadowName: 'a b' }))),
    }
  },
}

export const shadows: Area = { name: 'shadows', checks: [overRest, overMqtt, named] }
