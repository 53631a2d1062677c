/**
 * What the console's server would be if it did nothing but ask: no session, no rights, no limits, no log, no trail. In a
 * process of its own, which tells its port; `/list` and `/thing` make the calls of the console's list and of its page.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { IoTClient } from '@aws-sdk/client-iot'
import { callsOf } from './calls.ts'

const { config, thingName } = JSON.parse(process.argv[2] ?? '{}')
const calls = callsOf(new IoTClient(config), thingName)
const server = createServer((request, response) => {
  const call = request.url === '/list' ? calls.list : calls.thing
  call().then(
    (answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)),
    () => response.writeHead(502).end(),
  )
})
server.listen(0, 'localhost')
await once(server, 'listening')
process.send?.((server.address() as AddressInfo).port) // it listens on a port
