import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { createBroker, type TransportInfo } from '../src/index.ts'

function transportOf(socket: Socket): TransportInfo {
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket
  return { kind: 'tcp', remoteAddress, remotePort, localAddress, localPort, identity: undefined }
}

test('the example of the README', async () => {
  const lines: string[] = []
  const log = (line: string) => lines.push(line)

  const broker = createBroker<{ thingName: string }>({
    hooks: {
      authenticate: ({ clientId }) => ({ ok: true, context: { thingName: clientId } }),
      authorizePublish: ({ context }, topic, retain) => !retain && topic.startsWith(`dt/${context.thingName}/`),
      authorizeSubscribe: () => true,
      authorizeReceive: () => true,
      onMessage: (message) => (message.topic.startsWith('$aws/rules/') ? 'consume' : 'deliver'),
      onDisconnected: ({ clientId }, { reason }) => log(`${clientId} left: ${reason}`),
    },
    limits: { keepAliveMaxSeconds: 230, inboundPublishesPerSecond: Number.POSITIVE_INFINITY },
  })
  const server = createServer((socket) => broker.accept(socket, transportOf(socket)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const client = await mqtt.connectAsync({ port, clientId: 'pump-7', protocolVersion: 5, reconnectPeriod: 0 })
  await client.subscribeAsync('cmd/pump-7', { qos: 1 })
  const command = new Promise((resolve) => client.once('message', (_, payload) => resolve(String(payload))))
  await broker.publish({ topic: 'cmd/pump-7', payload: Buffer.from('open'), qos: 1 })
  expect(await command).toBe('open')
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  broker.reauthorize(({ context }) => context.thingName !== 'pump-7')
  await closed
  expect(lines).toEqual(['pump-7 left: FORBIDDEN_ACCESS'])
  await broker.close()
  server.close()
})
