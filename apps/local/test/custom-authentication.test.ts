import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { AuthorizerClient, BY_PASSWORD, connectWithPassword } from './support/authorizers.ts'

test('by user name and password over TLS with ALPN: the policies of the answer are held', async () => {
  await using local = await startLocal()
  using client = new AuthorizerClient(local)
  await client.create('passwords', BY_PASSWORD)
  const username = 'ada?x-amz-customauthorizer-name=passwords&SDK=NodeJSv2'
  await using pump = await connectWithPassword(local, { clientId: 'pump-7', username, password: 'secret' })
  await pump.mqtt.subscribeAsync('own/pump-7/+', { qos: 1 })
  await pump.mqtt.publishAsync('own/pump-7/a', 'x', { qos: 1 })
  expect(await pump.inbox.take()).toMatchObject({ topic: 'own/pump-7/a' })
  await expect(pump.mqtt.publishAsync('own/pump-8/a', 'x', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  expect(local.refusals()[0]).toMatchObject({ principal: 'pump7', clientId: 'pump-7', action: 'iot:Publish' })
})
