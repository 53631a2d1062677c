import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { CognitoIdentityClient, DescribeIdentityCommand } from '@aws-sdk/client-cognito-identity'
import {
  DescribeThingCommand,
  IoTClient,
  ListThingsCommand,
  TagResourceCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import {
  GetThingShadowCommand,
  IoTDataPlaneClient,
  PublishCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient, StartNextPendingJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AccessKey, SigV4Error, verifySignedRequest } from '../src/index.ts'

const KEYS = new Map<string, AccessKey>([
  ['local', { secretAccessKey: 'local' }],
  ['temporary', { secretAccessKey: 'secret', sessionToken: 'to/ken+==', expiresAtMs: Date.now() + 3_600_000 }],
])

/** What the server made of the requests: the signing name, or the error. */
let seen: string[] = []
let endpoint = ''

const server = createServer((request, response) => {
  void answer(request, response)
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request)
  try {
    const { method = '', url = '', headersDistinct: headers } = request
    const { scope } = verifySignedRequest({
      method,
      url,
      headers,
      body,
      lookupSecret: (id) => KEYS.get(id),
      nowMs: Date.now(),
    })
    seen.push(`${scope.service} ${method} ${url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  } catch (error) {
    if (!(error instanceof SigV4Error)) throw error
    response.writeHead(error.statusCode, { 'content-type': 'application/json', 'x-amzn-errortype': error.code })
    response.end(JSON.stringify({ message: error.message }))
  }
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
beforeEach(() => {
  seen = []
})
afterAll(() => {
  server.close()
})

function config(accessKeyId = 'local', key = KEYS.get(accessKeyId)) {
  const { secretAccessKey = '', sessionToken } = key ?? {}
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  return { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 }
}

test.each(['local', 'temporary'])('the requests of the SDK clients verify with the key %s', async (accessKeyId) => {
  const iot = new IoTClient(config(accessKeyId))
  await iot.send(new DescribeThingCommand({ thingName: 'site:a_1-2' }))
  await iot.send(new UpdateThingCommand({ thingName: 'ü/../x', attributePayload: { attributes: { a: 'ü' } } }))
  await iot.send(new ListThingsCommand({ attributeName: 'a b+c', attributeValue: "~!'()*&=/?", maxResults: 5 }))
  await iot.send(new TagResourceCommand({ resourceArn: 'arn:aws:iot:eu-west-1:1:thing/a', tags: [] }))

  const data = new IoTDataPlaneClient(config(accessKeyId))
  const payload = Buffer.from('{"state":{"desired":{"name":"ü"}}}')
  await data.send(new UpdateThingShadowCommand({ thingName: 'a:b', shadowName: '$x', payload }))
  await data.send(
    new PublishCommand({ topic: 'dt/a b//+', qos: 1, payload: Uint8Array.of(0, 255), userProperties: 'W10=' }),
  )
  await data.send(new GetThingShadowCommand({ thingName: 'a:b' }))

  const jobs = new IoTJobsDataPlaneClient(config(accessKeyId))
  await jobs.send(new StartNextPendingJobExecutionCommand({ thingName: 'a', statusDetails: { k: 'v' } }))
  const cognito = new CognitoIdentityClient(config(accessKeyId))
  await cognito.send(new DescribeIdentityCommand({ IdentityId: 'eu-west-1:1' }))

  expect(seen).toEqual([
    'iot GET /things/site%3Aa_1-2',
    'iot PATCH /things/%C3%BC%2F..%2Fx',
    'iot GET /things?attributeName=a%20b%2Bc&attributeValue=~%21%27%28%29%2A%26%3D%2F%3F&maxResults=5',
    'iot POST /tags',
    'iotdata POST /things/a%3Ab/shadow?name=%24x',
    'iotdata POST /topics/dt%2Fa%20b%2F%2F%2B?qos=1',
    'iotdata GET /things/a%3Ab/shadow',
    'iot-jobs-data PUT /things/a/jobs/$next',
    'cognito-identity POST /',
  ])
})

test.each([
  ['local', { secretAccessKey: 'wrong' }, 'InvalidSignatureException'],
  ['nobody', { secretAccessKey: 'local' }, 'UnrecognizedClientException'],
  ['temporary', { secretAccessKey: 'secret', sessionToken: 'old' }, 'UnrecognizedClientException'],
])('the SDK knows the refusal of key %s, %j as %s', async (accessKeyId, key, name) => {
  const iot = new IoTClient(config(accessKeyId, key))
  const refused = expect(iot.send(new DescribeThingCommand({ thingName: 'a' }))).rejects
  await refused.toMatchObject({ name, $metadata: { httpStatusCode: 403 } })
})

test('the SDK corrects its clock by the Date header when it is told that it is wrong', async () => {
  const iot = new IoTClient({ ...config(), maxAttempts: 2, systemClockOffset: -3_600_000 })
  await iot.send(new DescribeThingCommand({ thingName: 'a' }))
  expect(seen).toEqual(['iot GET /things/a'])
})
