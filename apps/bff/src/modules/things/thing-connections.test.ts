import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { ThingConnection } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { createThingConnections } from './thing-connections.ts'

interface Answer {
  readonly status?: number
  readonly error?: string
  readonly body?: object
}

/** AWS's two endpoints on the wire, as far as they are asked here: what they answer after the times that nobody waits for. */
async function aws(answers: { readonly connection: Answer; readonly index: Answer }) {
  const server = createServer((request, response) => {
    const {
      status = 200,
      error,
      body = {},
    } = request.url?.startsWith('/connections/') ? answers.connection : answers.index
    response.writeHead(status, { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) })
    response.end(JSON.stringify(body))
  })
  return listening(server)
}

async function listening(server: Server) {
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const sdk = {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  }
  return {
    connections: createThingConnections(new IoTClient(sdk), new IoTDataPlaneClient(sdk)),
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const NONE = { status: 404, error: 'ResourceNotFoundException' }
const AT_MS = Date.parse('2026-03-09T12:00:00Z')
const AT = new Date(AT_MS).toISOString()
const indexed = (connectivity: object) => ({
  body: { things: [{ thingName: 'PUMP-1' }, { thingName: 'pump-1', connectivity }] },
})

test.each<[connection: Answer, index: Answer, expected: ThingConnection, why: string]>([
  [
    { body: { connected: true, connectedSince: AT_MS, sourceIp: '198.51.100.7' } },
    NONE,
    { connected: true, toldBy: 'connection', clientId: 'pump-1', connectedSince: AT, sourceIp: '198.51.100.7' },
    'the data plane knows it',
  ],
  [
    NONE,
    indexed({ connected: false, timestamp: AT_MS, disconnectReason: 'CONNECTION_LOST' }),
    {
      connected: false,
      toldBy: 'index',
      isIndexed: true,
      disconnectedSince: AT,
      disconnectReason: 'CONNECTION_LOST',
    },
    'dropped so long ago that the index alone has it',
  ],
  [
    NONE,
    indexed({ connected: true, timestamp: AT_MS, clientId: 'gateway-9', disconnectReason: 'NONE' }),
    { connected: true, toldBy: 'index', isIndexed: true, clientId: 'gateway-9', connectedSince: AT },
    'connected under another client id',
  ],
  [NONE, indexed({ connected: false }), { connected: false, toldBy: 'nobody', isIndexed: true }, 'on no record'],
  [
    NONE,
    { status: 404, error: 'ResourceNotFoundException' },
    { connected: false, toldBy: 'nobody', isIndexed: false },
    'without an index',
  ],
  [
    { body: { connected: false, cleanSession: false } },
    indexed({ connected: false }),
    { connected: false, toldBy: 'connection', clientId: 'pump-1' },
    'a session is there, of a connection that is told of no more',
  ],
])('%j and %j: %j (%s)', async (connection, index, expected) => {
  await using account = await aws({ connection, index })
  expect(await account.connections.of('pump-1')).toEqual(expected)
})

test('that AWS throttles is no knowledge', async () => {
  const throttled = { status: 429, error: 'ThrottlingException' }
  await using account = await aws({ connection: NONE, index: throttled })
  await expect(account.connections.of('pump-1')).rejects.toMatchObject({ name: 'ThrottlingException' })
})

test('without the permission to know addresses, the connection is told without them', async () => {
  const server = createServer((request, response) => {
    const isRefused = request.url?.includes('includeSocketInformation=true')
    response.writeHead(isRefused ? 403 : 200, {
      'content-type': 'application/json',
      ...(isRefused && { 'x-amzn-errortype': 'ForbiddenException' }),
    })
    response.end(JSON.stringify(isRefused ? {} : { connected: true, connectedSince: AT_MS }))
  })
  await using asked = await listening(server)
  expect(await asked.connections.of('pump-1')).toEqual({
    connected: true,
    toldBy: 'connection',
    clientId: 'pump-1',
    connectedSince: AT,
  })
})
