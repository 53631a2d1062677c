import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateThingCommand, IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import type { MakeService } from '../src/foundation/service.ts'
import { makeDevice } from './support/device.ts'
import { startWithServices } from './support/local-with-services.ts'
import { connectDevice } from './support/mqtt-client.ts'

const failing =
  (name: string, member: 'reset' | 'close'): MakeService =>
  () => ({
    name,
    [member]: () => {
      throw new Error(`${name} fails`)
    },
  })

test('a service that cannot be closed keeps nothing else open', async () => {
  const data = mkdtempSync(join(tmpdir(), 'thingdeck-closing-'))
  const closed: string[] = []
  const closing: MakeService = () => ({ name: 'closing', close: () => void closed.push('closing') })
  try {
    const local = await startWithServices([closing, failing('one', 'close'), failing('other', 'close')], { data })
    const error: unknown = await local.server.close().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ errors: [{ message: 'other fails' }, { message: 'one fails' }] }) // the last made first
    expect(closed).toEqual(['closing'])
    await expect(fetch(local.urls.http)).rejects.toThrow(TypeError)
    await using again = await startWithServices([], { data }) // nobody holds the database
    expect(again.urls.http).toBeTypeOf('string')
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})

test('a service is closed when nobody can reach it any more, and the database is still open', async () => {
  const agent = new Agent({ keepAlive: true })
  const seen: unknown[] = []
  let url = ''
  const watching: MakeService = ({ broker, database }) => ({
    name: 'watching',
    close: async () => {
      const failed: unknown = await get(url, agent).catch((error: unknown) => error)
      seen.push(failed instanceof Error, [...broker.clients()], database.get('SELECT 1 AS one'))
    },
  })
  const local = await startWithServices([watching])
  url = local.urls.http
  await using client = await connectDevice(local, await makeDevice(local))
  expect(await get(url, agent)).toBe(200) // over a connection that is kept
  const goodbye = new Promise((resolve) => client.mqtt.once('disconnect', resolve))
  await local.server.close()
  expect(seen).toEqual([true, [], { one: 1 }])
  expect(await goodbye).toMatchObject({ reasonCode: 0x8b })
  agent.destroy()
})

test('of a service that cannot be reset is told once the others were reset', async () => {
  const reset: string[] = []
  const behind: MakeService = () => ({ name: 'behind', reset: () => void reset.push('behind') })
  await using local = await startWithServices([failing('one', 'reset'), behind, failing('other', 'reset')])
  const iot = new IoTClient(local.sdk)
  await iot.send(new CreateThingCommand({ thingName: 'pump-7' }))
  let error: unknown
  try {
    local.server.reset()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(AggregateError)
  expect(error).toMatchObject({ errors: [{ message: 'one fails' }, { message: 'other fails' }] })
  expect(reset).toEqual(['behind'])
  expect((await iot.send(new ListThingsCommand())).things).toEqual([])
  iot.destroy()
})

/** @returns the status */
function get(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
      .once('error', reject)
      .end()
  })
}
