/** Two servers of `CreateThing` for bench/aws-api.ts: this package's, and one written by hand for nothing else. */

import { createServer, type Server } from 'node:http'
import * as iot from '@aws-sdk/client-iot'
import { createAwsApi, defineService, IOT } from '../src/index.ts'

const create = ({ thingName }: { thingName: string }) => ({
  thingName,
  thingArn: `arn:aws:iot:eu-west-1:123456789012:thing/${thingName}`,
  thingId: '00000000-0000-4000-8000-000000000000',
})

const NAME = /^[a-zA-Z0-9:_-]{1,128}$/
const KEY = /^[a-zA-Z0-9_.,@/:#-]{0,128}$/
const VALUE = /^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/

const byHand = createServer(async (request, response) => {
  const thingName = decodeURIComponent(/^\/things\/([^/?]+)$/.exec(request.url ?? '')?.[1] ?? '')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body: { attributePayload?: { attributes?: Record<string, string> } } = JSON.parse(
    Buffer.concat(chunks).toString('utf8'),
  )
  const attributes = Object.entries(body.attributePayload?.attributes ?? {})
  const isValid = NAME.test(thingName) && attributes.every(([key, value]) => KEY.test(key) && VALUE.test(value))
  const text = JSON.stringify(isValid ? create({ thingName }) : { message: 'invalid' })
  response.writeHead(isValid ? 200 : 400, { 'content-type': 'application/json', 'content-length': text.length })
  response.end(text)
})

const fromSchemas = createServer(
  createAwsApi({
    services: [defineService<typeof iot, string>(iot, { ...IOT, handlers: { CreateThing: create } })],
    authenticate: () => 'operator',
  }),
)

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

// what the other side cannot see: how busy this process was, asked for before and after a round
process.on('message', () => process.send?.(process.cpuUsage()))
process.send?.({ byHand: await listen(byHand), fromSchemas: await listen(fromSchemas) })
