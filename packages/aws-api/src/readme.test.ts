import { once } from 'node:events'
import http, { type Server } from 'node:http'
import * as iot from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { AwsError, createAwsApi, defineService, type Handlers, IOT } from './index.ts'

const region = 'eu-west-1'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }

function urlOf(server: Server): string {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen')
  return `http://127.0.0.1:${address.port}`
}

test('the example of the README', async () => {
  const things: Handlers<typeof iot, string> = {
    DescribeThing({ thingName }, call) {
      if (thingName !== 'pump-7') throw new AwsError('ResourceNotFoundException', `No thing is named ${thingName}`)
      return { thingName, thingTypeName: 'pump', attributes: { askedBy: call.caller } }
    },
  }
  const api = createAwsApi({
    services: [defineService<typeof iot, string>(iot, { ...IOT, handlers: { ...things } })],
    authenticate: () => 'operator', // verify the signature here
  })
  const server = http.createServer(api).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const client = new iot.IoTClient({ endpoint: urlOf(server), region, credentials, maxAttempts: 1 })
  const describe = (thingName: string) => client.send(new iot.DescribeThingCommand({ thingName }))
  expect(await describe('pump-7')).toMatchObject({ thingName: 'pump-7', attributes: { askedBy: 'operator' } })
  await expect(describe('pump-8')).rejects.toBeInstanceOf(iot.ResourceNotFoundException)
  await expect(describe('no blanks')).rejects.toBeInstanceOf(iot.InvalidRequestException)
  await expect(client.send(new iot.ListThingsCommand())).rejects.toMatchObject({
    name: 'NotImplementedException',
    $metadata: { httpStatusCode: 501 },
  })
  client.destroy()
  server.close()
})
