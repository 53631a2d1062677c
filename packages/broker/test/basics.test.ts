import { describe, expect, test } from 'vitest'
import { TestBroker } from './test-broker.ts'

const VERSIONS = [4, 5] as const

describe.each(VERSIONS)('protocol level %i', (version) => {
  test('a message reaches its subscribers, at the lower of both QoS', async () => {
    await using test = new TestBroker()
    const subscriber = await test.connect(version, 'subscriber')
    expect(await subscriber.subscribe('dt/+/temp')).toMatchObject({ cmd: 'suback', granted: [1] })
    const publisher = await test.connect(version, 'publisher')
    publisher.publish('dt/p7/temp', '21', { qos: 1, messageId: 7 })
    expect(await publisher.receive()).toMatchObject({ cmd: 'puback', messageId: 7 })
    const received = await subscriber.receive()
    expect(received).toMatchObject({ cmd: 'publish', topic: 'dt/p7/temp', qos: 1, retain: false, dup: false })
    expect(String((received as { payload: unknown }).payload)).toBe('21')
    publisher.publish('dt/p7/temp', '22')
    expect(await subscriber.receive()).toMatchObject({ cmd: 'publish', qos: 0 })
  })
})
