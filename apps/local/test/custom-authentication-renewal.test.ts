import { SetDefaultAuthorizerCommand, UpdateAuthorizerCommand } from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { startLocal } from '../src/index.ts'
import { AuthorizerClient, answering, closed, connectWithPassword, functionArn } from './support/authorizers.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { until } from './support/until.ts'

/** Lets a client publish to one topic and hear of all. */
const publishingTo = (topic: string, more = '') => `{
  isAuthenticated: true,
  principalId: 'pump7',
  policyDocuments: [{ Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Action: ['iot:Connect', 'iot:Subscribe', 'iot:Receive'], Resource: '*' },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:123456789012:topic/${topic}' },
  ] }],
  ${more}
}`

async function setUp(expression: string) {
  // Nobody is to be late because the clock is put forward.
  const local = await startLocal({ limits: { keepAliveMaxSeconds: Number.POSITIVE_INFINITY } })
  const client = new AuthorizerClient(local)
  await client.create('first', answering(expression))
  await client.iot.send(new SetDefaultAuthorizerCommand({ authorizerName: 'first' }))
  const observer = await connectDevice(local, await makeDevice(local), { clientId: 'observer', keepalive: 0 })
  await observer.mqtt.subscribeAsync('$aws/events/presence/disconnected/+')
  return {
    local,
    client,
    observer,
    [Symbol.asyncDispose]: async () => {
      await observer[Symbol.asyncDispose]()
      client[Symbol.dispose]()
      await local.close()
    },
  }
}

test('what is granted is asked for again after the seconds of the answer, and replaced while messages flow', async () => {
  await using server = await setUp(publishingTo('old', 'refreshAfterInSeconds: 600, disconnectAfterInSeconds: 7200,'))
  const { local, client } = server
  await using pump = await connectWithPassword(local, {
    clientId: 'pump-7',
    keepalive: 0,
    username: 'u',
    password: 'p',
  })
  await pump.mqtt.publishAsync('old', '1', { qos: 1 })
  await client.functions.create('second', answering(publishingTo('new', 'refreshAfterInSeconds: 300,')))
  await client.permit('second', 'authorizer/first')
  await client.iot.send(
    new UpdateAuthorizerCommand({ authorizerName: 'first', authorizerFunctionArn: functionArn('second') }),
  )
  local.advanceClock(599_000)
  await pump.mqtt.publishAsync('old', '2', { qos: 1 }) // decided as before: nobody has asked again
  local.advanceClock(1000)
  await until(() =>
    pump.mqtt.publishAsync('new', '3', { qos: 1 }).then(
      () => true,
      () => undefined,
    ),
  )
  await expect(pump.mqtt.publishAsync('old', '4', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
  expect(local.refusals()[0]).toMatchObject({ principal: 'pump7', action: 'iot:Publish' })
})

test('a refusal at that time closes the connection, and its will is not allowed either', async () => {
  await using server = await setUp(publishingTo('a', 'refreshAfterInSeconds: 300,'))
  const { local, client, observer } = server
  const will = { topic: 'a', payload: Buffer.from('gone'), qos: 1, retain: false } as const
  await using pump = await connectWithPassword(local, { clientId: 'pump-7', keepalive: 0, will })
  await pump.mqtt.publishAsync('a', 'here', { qos: 1 })
  await client.iot.send(new UpdateAuthorizerCommand({ authorizerName: 'first', status: 'INACTIVE' }))
  expect(pump.mqtt.connected).toBe(true)
  const end = closed(pump.mqtt)
  local.advanceClock(300_000)
  await end
  expect(await observer.json('$aws/events/presence/disconnected/pump-7')).toMatchObject({
    principalIdentifier: 'pump7',
    disconnectReason: 'AUTH_ERROR',
    clientInitiatedDisconnect: false,
  })
  expect(local.refusals()[0]).toMatchObject({
    principal: 'pump7',
    action: 'iot:Publish',
    resource: 'arn:aws:iot:us-east-1:123456789012:topic/a',
  })
})

test('the connection ends after the seconds of the first answer, whatever later ones say', async () => {
  await using server = await setUp(publishingTo('a', 'refreshAfterInSeconds: 300, disconnectAfterInSeconds: 700,'))
  const { local, client, observer } = server
  await using pump = await connectWithPassword(local, { clientId: 'pump-7', keepalive: 0 })
  await client.functions.create('second', answering(publishingTo('b', 'disconnectAfterInSeconds: 86400,')))
  await client.permit('second', 'authorizer/first')
  await client.iot.send(
    new UpdateAuthorizerCommand({ authorizerName: 'first', authorizerFunctionArn: functionArn('second') }),
  )
  local.advanceClock(300_000)
  await until(() =>
    pump.mqtt.publishAsync('b', '1', { qos: 1 }).then(
      () => true,
      () => undefined,
    ),
  )
  const end = closed(pump.mqtt)
  local.advanceClock(400_000)
  await end
  expect(await observer.json('$aws/events/presence/disconnected/pump-7')).toMatchObject({
    disconnectReason: 'CUSTOMAUTH_TTL_EXPIRATION',
  })
})
