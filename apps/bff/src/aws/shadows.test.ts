import { once } from 'node:events'
import { createServer } from 'node:http'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import { createShadows } from './shadows.ts'

test('a refusal is told while the rest of the list is still asked for, and is nobody else to fall over', async () => {
  const server = createServer((request, response) => {
    if (request.url !== '/things/pump-1/shadow') return // the named ones are never answered
    response.writeHead(403, { 'x-amzn-errortype': 'ForbiddenException' }).end('{"message":"Forbidden"}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const data = new IoTDataPlaneClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  try {
    await expect(createShadows(data).list('pump-1')).rejects.toThrow('Forbidden')
  } finally {
    data.destroy()
    server.closeAllConnections()
    server.close()
  }
})
